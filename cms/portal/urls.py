"""The pages of `/`, `/es/` and `/qu/`; which language is spoken is read from the address."""

from django.urls import include, path

from cms.portal import aloud, choosing, feeds, framing, machines, planning, views

pages = [
    path("", views.home, name="home"),
    path("tramites/", views.tramites, name="tramites"),
    path("tramites/<str:codigo>/", views.tramite, name="tramite"),
    path("entidades/", views.entidades_list, name="entidades"),
    path("entidades/<str:codigo>/", views.entidad_page, name="entidad"),
    path("entidades/<slug:codigo>/cambios.xml", feeds.changes, name="entidad-changes"),
    path("cambios.xml", feeds.changes, name="changes"),
    path("sedes/", views.sedes_list, name="sedes"),
    path("sedes/<slug:codigo>/", views.sede_page, name="sede"),
    path("buscar/", views.buscar, name="buscar"),
    path("sugerencias/", planning.sugerencias, name="sugerencias"),
    path("momentos/<slug:moment>/", planning.momento, name="momento"),
    path("escuchar-momento/<slug:moment>.<slug:form>", aloud.moment, name="momento-aloud"),
    path("escuchar-pagina/<slug:page>.<slug:form>", aloud.page, name="page-aloud"),
    path("escuchar-region.<slug:form>", aloud.region, name="region-aloud"),
    path("escuchar-aviso/<int:number>.<slug:form>", aloud.notice, name="notice-aloud"),
    path("insertar/", framing.search, name="framed-search"),
    path("insertar/<str:codigo>/", framing.tramite, name="framed-tramite"),
    path("visita/", planning.visita, name="visita"),
]

urlpatterns = [
    path("", choosing.choose_language, name="choose-language"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("insertar.js", framing.script, name="framing-script"),
    path("robots.txt", machines.robots, name="robots"),
    path("es/", include((pages, "portal"), namespace="es")),
    path("qu/", include((pages, "portal"), namespace="qu")),
]
