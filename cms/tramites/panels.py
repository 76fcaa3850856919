"""The side panel «Publicación» of a ficha: what is public, what has followed from it, who wrote the draft."""

from typing import Any

from wagtail.admin.ui.side_panels import BaseSidePanel

from cms.accounts.models import User
from cms.publishing.models import RowState
from cms.tramites.authorship import authors_of_draft
from cms.tramites.following import followed_by
from cms.tramites.models import Pedido
from cms.tramites.workflow import published_alone


class PublicationSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Mostrar u ocultar la publicación"
        icon_name = "upload"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            last = self.panel.last
            return context | {
                "count": sum(step.state == RowState.FAILED for step in last.steps) if last else 0
            }

    name = "publicacion"
    title = "Publicación"
    template_name = "tramites/publicacion/side_panel.html"
    order = 160

    def __init__(self, object: Any, request: Any) -> None:
        super().__init__(object, request)
        self.last = next(iter(followed_by(object.codigo, at_most=1)), None)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = self.object
        waiting = Pedido.objects.filter(tramite__codigo=page.codigo, estado=Pedido.Estado.PENDIENTE)
        authors = authors_of_draft(page) if page.pk else set()
        return context | {
            "last": self.last,
            "open": waiting.first(),
            "alone": published_alone().filter(codigo=page.codigo).first(),
            "authors": [
                user.get_username() for user in User.objects.filter(pk__in=authors).order_by("username")
            ],
        }
