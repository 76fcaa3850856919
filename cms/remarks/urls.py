"""Citizens' pages in both languages. The addresses are stable: other pages, papers and the assistant lead to them."""

from django.urls import include, path

from cms.remarks import views

pages = [
    path("reclamos/", views.choose, name="choose"),
    path("reclamos/estado/", views.look_up, name="look-up"),
    path("reclamos/mio/", views.mine, name="mine"),
    path("reclamos/mio/cerrar/", views.leave, name="leave"),
    path("reclamos/mio/borrar/", views.erase, name="erase"),
    path("reclamos/<slug:kind>/", views.write, name="write"),
]

urlpatterns = [
    path("es/", include((pages, "remarks"), namespace="remarks-es")),
    path("qu/", include((pages, "remarks"), namespace="remarks-qu")),
]
