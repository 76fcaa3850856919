"""The addresses of learning, inside Wagtail's admin."""

from django.urls import path

from cms.editing.learning import views

app_name = "learning"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.candidate, name="candidate"),
    path("ejemplos/", views.examples, name="examples"),
    path("ejemplos/<int:pk>/quitar/", views.remove, name="remove"),
]
