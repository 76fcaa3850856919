"""Listening in both languages."""

from django.urls import include, path

from cms.narration import views

listening = [
    path("escuchar/<str:codigo>/<slug:part>.mp3", views.listen, name="listen"),
    path("escuchar/<str:codigo>/<slug:part>.json", views.times, name="times"),
    path(
        "escuchar/<str:codigo>/<int:revision>/<slug:part>/<slug:digest>.mp3",
        views.recording,
        name="recording",
    ),
    path("escuchar-sede/<slug:codigo>.mp3", views.place, name="place"),
    path("escuchar-sede/<slug:codigo>.json", views.place_times, name="place-times"),
    path("voz/<slug:key>.mp3", views.fixed, name="fixed"),
]

urlpatterns = [
    path("voz/<slug:key>.mp3", views.in_both, name="in-both"),
    path("es/", include((listening, "narration"), namespace="narration-es")),
    path("qu/", include((listening, "narration"), namespace="narration-qu")),
]
