"""The directory in Wagtail's admin."""

from collections.abc import Sequence
from typing import Any

from django.forms.models import model_to_dict
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.accounts.models import User
from cms.audit.operations import record
from cms.directory.metas import forget
from cms.directory.models import DiaEspecial, Entidad, Feriado, MetasDeAtencion, Sede, Tramo


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
    list_display = (
        "sede",
        Column("dias_en_palabras", label="Días"),
        BooleanColumn("en_feriados", label="En feriados"),
        "abre",
        "cierra",
    )
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


class DiaEspecialViewSet(SnippetViewSet):
    model = DiaEspecial
    icon = "date"
    list_display = ("fecha", "sede", "abre", "cierra", "motivo")
    list_filter = ("sede",)
    panels = [
        FieldPanel("sede"),
        FieldRowPanel([FieldPanel("fecha"), FieldPanel("abre"), FieldPanel("cierra")]),
        FieldPanel("motivo"),
        FieldPanel("norma"),
    ]


class MetasViewSet(SnippetViewSet):
    model = MetasDeAtencion
    icon = "time"
    menu_label = "Metas de atención"
    list_display = ("__str__", "respuesta", "aviso", "alarma", "abandono")
    panels = [
        FieldPanel("respuesta"),
        FieldRowPanel([FieldPanel("aviso"), FieldPanel("alarma")]),
        FieldPanel("abandono"),
    ]


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = "Directorio"
    menu_icon = "site"
    items = (EntidadViewSet, SedeViewSet, TramoViewSet, FeriadoViewSet, DiaEspecialViewSet, MetasViewSet)


def keep_metas(request: HttpRequest, instance: Any) -> None:
    """Who set which targets stays in the audit."""
    if isinstance(instance, MetasDeAtencion):
        forget()
        by = request.user if isinstance(request.user, User) else None
        record("targets.set", "metas de atención", by=by, **model_to_dict(instance, exclude=["id"]))


def keep_end_of_metas(request: HttpRequest, instances: Sequence[Any]) -> None:
    for instance in instances:
        if isinstance(instance, MetasDeAtencion):
            forget()
            by = request.user if isinstance(request.user, User) else None
            record("targets.dropped", "metas de atención", by=by)


hooks.register("after_create_snippet", keep_metas)
hooks.register("after_edit_snippet", keep_metas)
hooks.register("after_delete_snippet", keep_end_of_metas)
register_snippet(DirectoryGroup)
