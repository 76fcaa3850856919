"""The screens of translation, below the address of Wagtail's admin."""

from django.urls import path

from cms.editing.translation.views import desk, files, listing

app_name = "translation"
urlpatterns = [
    path("", listing.index, name="index"),
    path("resultados/", listing.results, name="results"),
    path("exportar/", files.export, name="export"),
    path("importar/", files.upload, name="upload"),
    path("importar/<int:pk>/", files.report, name="report"),
    path("ficha/<slug:codigo>/", desk.show, name="desk"),
    path("ficha/<slug:codigo>/guardar/", desk.save, name="save"),
]
