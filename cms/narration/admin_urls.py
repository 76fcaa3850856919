"""The screens of recorded voices, inside Wagtail's admin."""

from django.urls import path

from cms.narration import screens

app_name = "narration_admin"
urlpatterns = [
    path("", screens.listing, name="list"),
    path("ficha/<slug:codigo>/", screens.ficha, name="ficha"),
    path("<int:pk>/decidir/", screens.decide, name="decide"),
    path("<int:pk>.mp3", screens.hear, name="hear"),
]
