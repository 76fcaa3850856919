"""The periods and the Libro de Reclamaciones in Wagtail's admin; who set them stays in the audit."""

from collections.abc import Sequence
from typing import Any

from django.forms.models import model_to_dict
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.accounts.models import User
from cms.audit.operations import record
from cms.remarks.models import Plazos


class PlazosViewSet(SnippetViewSet):
    model = Plazos
    icon = "comment"
    menu_label = "Reclamos y sugerencias"
    add_to_admin_menu = True
    list_display = ("__str__", "reclamo", "otros", "libro_nombre")
    panels = [
        FieldRowPanel([FieldPanel("reclamo"), FieldPanel("otros")]),
        FieldPanel("libro_nombre"),
        FieldPanel("libro_url"),
    ]


def keep_plazos(request: HttpRequest, instance: Any) -> None:
    """Who told citizens which periods stays in the audit."""
    if isinstance(instance, Plazos):
        by = request.user if isinstance(request.user, User) else None
        record("remarks.periods_set", "plazos", by=by, **model_to_dict(instance, exclude=["id"]))


def keep_end_of_plazos(request: HttpRequest, instances: Sequence[Any]) -> None:
    for instance in instances:
        if isinstance(instance, Plazos):
            by = request.user if isinstance(request.user, User) else None
            record("remarks.periods_dropped", "plazos", by=by)


hooks.register("after_create_snippet", keep_plazos)
hooks.register("after_edit_snippet", keep_plazos)
hooks.register("after_delete_snippet", keep_end_of_plazos)
register_snippet(PlazosViewSet)
