"""The addresses of these screens, under `/admin/publicacion/`."""

from django.urls import path

from cms.tramites.views import emergency, following, people, withdrawing

app_name = "publicacion"
urlpatterns = [
    path("<int:page_id>/urgencia/", emergency.publish_now, name="urgencia"),
    path("segunda-mirada/<int:pk>/", emergency.look, name="segunda_mirada"),
    path("urgencias/", emergency.waiting, name="urgencias"),
    path("<int:page_id>/retiro/", withdrawing.ask_for, name="retiro"),
    path("pedidos/", withdrawing.requests, name="pedidos"),
    path("pedidos/<int:pk>/", withdrawing.decide, name="pedido"),
    path("<int:page_id>/seguimiento/", following.followed, name="seguimiento"),
    path("seguimiento/<int:pk>/reintentar/", following.retry, name="reintentar"),
    path("personas/", people.everybody, name="personas"),
    path("personas/dar/", people.give, name="dar_rol"),
    path("personas/quitar/", people.take, name="quitar_rol"),
]
