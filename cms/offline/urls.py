"""The worker stands at the root: it may keep pages of both languages."""

from django.urls import path

from cms.offline import views

urlpatterns = [
    path("sw.js", views.worker, name="worker"),
    path("es/sin-linea/", views.offline, name="offline-es"),
    path("qu/sin-linea/", views.offline, name="offline-qu"),
    path("es/guardado/", views.kept, name="kept-es"),
    path("qu/guardado/", views.kept, name="kept-qu"),
]
