"""The directory in Wagtail's admin."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.directory.models import Entidad, Feriado, Sede, Tramo


class EntidadViewSet(SnippetViewSet):
    model = Entidad
    icon = "group"
    list_display = ("codigo", "nombre", "sigla", "nivel")
    search_fields = ("codigo", "nombre", "sigla")


class SedeViewSet(SnippetViewSet):
    model = Sede
    icon = "home"
    list_display = ("nombre", "modalidad", "region", "estado", "confirmado")
    list_filter = ("modalidad", "estado", "region")
    search_fields = ("codigo", "nombre")


class TramoViewSet(SnippetViewSet):
    model = Tramo
    icon = "time"
    menu_label = "Horarios"
    list_display = ("sede", "dias", "en_feriados", "abre", "cierra")
    list_filter = ("sede",)
    panels = [
        FieldPanel("sede"),
        FieldRowPanel([FieldPanel("dias"), FieldPanel("en_feriados")]),
        FieldRowPanel([FieldPanel("abre"), FieldPanel("cierra")]),
    ]


class FeriadoViewSet(SnippetViewSet):
    model = Feriado
    icon = "calendar"
    list_display = ("fecha", "nombre", "norma")


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = "Directorio"
    menu_icon = "site"
    items = (EntidadViewSet, SedeViewSet, TramoViewSet, FeriadoViewSet)


register_snippet(DirectoryGroup)
