"""The addresses of content health, inside Wagtail's admin."""

from django.urls import path

from cms.editing.health.views import screen

app_name = "content_health"
urlpatterns = [
    path("", screen.health, name="health"),
    path("ir/<slug:codigo>/", screen.cure, name="cure"),
]
