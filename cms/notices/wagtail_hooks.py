"""Notices in Wagtail's admin: the list, the form, a button for each ready template, and who did what."""

from collections.abc import Sequence
from typing import Any

from django.forms import CheckboxSelectMultiple, SelectMultiple
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from cms.accounts.models import User
from cms.audit.operations import record
from cms.notices.forms import AvisoForm
from cms.notices.models import Aviso, Tipo
from cms.notices.plantillas import PLANTILLAS


class NewAvisoView(CreateView):
    """Starts from the template named in the address, whose blanks the editor fills in."""

    def get_initial_form_instance(self) -> Aviso:
        instance: Aviso = super().get_initial_form_instance() or Aviso()
        name = self.request.GET.get("plantilla", "")
        template = PLANTILLAS.get(Tipo(name)) if name in PLANTILLAS else None
        if template is not None:
            instance.tipo = Tipo(name)
            for field, value in template.values().items():
                setattr(instance, field, value)
        return instance


class AvisosView(IndexView):
    @property
    def header_more_buttons(self) -> list[Button]:
        """One for each template, before what Wagtail offers."""
        ready = [
            Button(
                f"Nuevo: {tipo.label}", url=f"{self.add_url}?plantilla={tipo}", icon_name="plus", priority=n
            )
            for n, tipo in enumerate(PLANTILLAS)
        ]
        return [*ready, *super().header_more_buttons] if self.add_url else super().header_more_buttons


class AvisoViewSet(SnippetViewSet):
    model = Aviso
    icon = "warning"
    menu_label = "Avisos"
    menu_order = 220
    add_to_admin_menu = True
    add_view_class = NewAvisoView
    index_view_class = AvisosView
    list_display = (
        "titulo",
        "tipo",
        Column("get_severidad_display", label="Severidad"),
        "desde",
        "hasta",
        "fuente",
    )
    list_filter = ("tipo", "severidad")
    search_fields = ("titulo", "texto")
    copy_view_enabled = True
    edit_handler = ObjectList(
        [
            HelpPanel(
                "<p>Un aviso se ve en cada página que toca, al empezar el chat y en la mesa de Aló MAC, y solo entre sus dos "
                "fechas. Sin región, entidad, sede ni trámite, es para todos. Para terminarlo antes, adelanta «hasta».</p>"
            ),
            FieldRowPanel([FieldPanel("tipo"), FieldPanel("severidad")]),
            MultiFieldPanel([FieldPanel("titulo"), FieldPanel("texto")], heading="En castellano"),
            MultiFieldPanel(
                [FieldPanel("titulo_qu"), FieldPanel("texto_qu"), FieldPanel("quechua_vale")],
                heading="En quechua",
            ),
            FieldRowPanel([FieldPanel("desde"), FieldPanel("hasta")], heading="Desde y hasta cuándo se ve"),
            FieldRowPanel(
                [FieldPanel("cierra_desde"), FieldPanel("cierra_hasta")],
                heading="Un centro cerrado: desde y hasta cuándo no atiende",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("regiones", widget=CheckboxSelectMultiple),
                    FieldPanel("entidades", widget=SelectMultiple(attrs={"size": 8})),
                    FieldPanel("sedes", widget=SelectMultiple(attrs={"size": 8})),
                    FieldPanel("tramites", widget=SelectMultiple(attrs={"size": 8})),
                ],
                heading="A quién toca (sin nada elegido: a todos)",
            ),
            MultiFieldPanel(
                [FieldPanel("fuente"), FieldRowPanel([FieldPanel("fuente_fecha"), FieldPanel("fuente_url")])],
                heading="Quién lo dice",
            ),
        ],
        base_form_class=AvisoForm,
    )


def _kept(request: HttpRequest, aviso: Aviso, what: str) -> None:
    by = request.user if isinstance(request.user, User) else None
    record(what, f"aviso {aviso.pk}", by=by, why=aviso.titulo, **_said(aviso))


def _said(aviso: Aviso) -> dict[str, Any]:
    return {
        "desde": aviso.desde.isoformat(),
        "hasta": aviso.hasta.isoformat(),
        **_closure(aviso),
        "texto": aviso.texto,
        "fuente": aviso.fuente,
    }


def _closure(aviso: Aviso) -> dict[str, str]:
    if aviso.tipo != Tipo.CENTRO_CERRADO:
        return {}
    return {"cierra_desde": aviso.closed_from.isoformat(), "cierra_hasta": aviso.closed_until.isoformat()}


def after_create(request: HttpRequest, instance: Any) -> None:
    if isinstance(instance, Aviso):
        _kept(request, instance, "notices.published")


def after_edit(request: HttpRequest, instance: Any) -> None:
    if isinstance(instance, Aviso):
        _kept(request, instance, "notices.changed")


def before_delete(request: HttpRequest, instances: Sequence[Any]) -> None:
    for instance in instances:
        if isinstance(instance, Aviso):
            _kept(request, instance, "notices.deleted")


hooks.register("after_create_snippet", after_create)
hooks.register("after_edit_snippet", after_edit)
hooks.register("before_delete_snippet", before_delete)
register_snippet(AvisoViewSet)
