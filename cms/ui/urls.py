"""The gallery of the design system, in both languages."""

from django.urls import path

from cms.ui.gallery import gallery

urlpatterns = [
    path("es/diseno/", gallery, name="gallery-es"),
    path("qu/diseno/", gallery, name="gallery-qu"),
]
