"""The screens of packages, below the address of Wagtail's admin."""

from django.urls import path

from cms.editing.packages.views import deciding, drafting, showing

app_name = "packages"
urlpatterns = [
    path("", showing.index, name="index"),
    path("nuevo/", drafting.new, name="new"),
    path("plantilla/<slug:codigo>.xlsx", showing.template, name="template"),
    path("ficha/<int:page_id>/", drafting.add_draft, name="add_draft"),
    path("<int:pk>/", showing.show, name="detail"),
    path("<int:pk>/datos/", drafting.edit, name="edit"),
    path("<int:pk>/hoja/", drafting.sheet, name="sheet"),
    path("<int:pk>/columnas/", drafting.columns, name="columns"),
    path("<int:pk>/respuestas/", drafting.answer, name="answer"),
    path("<int:pk>/quitar/", drafting.remove, name="remove"),
    path("<int:pk>/aceptar/", drafting.accept, name="accept"),
    path("<int:pk>/duda/", drafting.clear_doubt, name="clear_doubt"),
    path("<int:pk>/comparar/", drafting.compare, name="compare"),
    path("<int:pk>/enviar/", deciding.submit, name="submit"),
    path("<int:pk>/aprobar/", deciding.approve, name="approve"),
    path("<int:pk>/rechazar/", deciding.reject, name="reject"),
    path("<int:pk>/detener/", deciding.stop, name="stop"),
    path("<int:pk>/reabrir/", deciding.reopen, name="reopen"),
    path("<int:pk>/deshacer/", deciding.undo, name="undo"),
    path("<int:pk>/mirar/", deciding.look, name="look"),
    path("<int:pk>/reintentar/", deciding.retry, name="retry"),
    path("<int:pk>/informe.csv", showing.table, name="table"),
    path("<int:pk>/acta/<slug:tipo>/", showing.acta, name="acta"),
    path("<int:pk>/resolucion/", showing.resolution, name="resolution"),
    path("<int:pk>/hoja/archivo/", showing.sheet_file, name="sheet_file"),
]
