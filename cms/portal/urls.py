"""The pages of `/`, `/es/` and `/qu/`; which language is spoken is read from the address."""

from django.urls import include, path

from cms.portal import views

pages = [
    path("", views.home, name="home"),
    path("tramites/", views.tramites, name="tramites"),
    path("tramites/<str:codigo>/", views.tramite, name="tramite"),
    path("entidades/", views.entidades_list, name="entidades"),
    path("entidades/<str:codigo>/", views.entidad_page, name="entidad"),
    path("sedes/", views.sedes_list, name="sedes"),
    path("sedes/<slug:codigo>/", views.sede_page, name="sede"),
    path("buscar/", views.buscar, name="buscar"),
]

urlpatterns = [
    path("", views.choose_language, name="choose-language"),
    path("es/", include((pages, "portal"), namespace="es")),
    path("qu/", include((pages, "portal"), namespace="qu")),
]
