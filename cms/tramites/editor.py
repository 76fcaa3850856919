"""The editor's screen of a ficha: Wagtail's, with side panels that parts of this project register."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Revision

from cms.tramites.models import FichaPage
from cms.tramites.workflow import check_shown

# (page, request) -> a wagtail.admin.ui.side_panels.BaseSidePanel
SidePanel = Callable[[FichaPage, HttpRequest], Any]

_panels: list[SidePanel] = []


def register_side_panel(panel: SidePanel) -> None:
    """Adds a side panel to the screen of every ficha; its `order` says where. Drawn anew after every autosave."""
    if panel not in _panels:
        _panels.append(panel)


def _with_ours(panels: Any, page: Any, request: HttpRequest) -> Any:
    ours = [panel(page, request) for panel in _panels] if isinstance(page, FichaPage) else []
    return MediaContainer(sorted([*panels, *ours], key=lambda panel: getattr(panel, "order", 1000)))


class WithOurPanels:
    """For Wagtail's views of one page."""

    page: Any
    request: HttpRequest

    def get_side_panels(self) -> Any:
        return _with_ours(super().get_side_panels(), self.page, self.request)  # type: ignore[misc]


class FichaEditView(WithOurPanels, EditView):
    def perform_workflow_action(self) -> HttpResponse:
        """Who approves with this form approves what it showed, also where the tab was opened yesterday."""
        if self.workflow_action == "approve" and isinstance(self.page, FichaPage):
            check_shown(self.page.current_workflow_task_state, self._shown())
        answer: HttpResponse = super().perform_workflow_action()
        return answer

    def _shown(self) -> Revision | None:
        """What the browser says it read, or saved by itself; None where it does not say, or that has changed since."""
        sent = self.request.POST
        own, read = sent.get("overwrite_revision_id"), sent.get("loaded_revision_id")
        shown = self.page.revisions.filter(pk=own or read).first() if (own or read or "").isdigit() else None
        same = own or (shown and shown.created_at.isoformat() == sent.get("loaded_revision_created_at"))
        return shown if same else None


class FichaRevertView(WithOurPanels, RevisionsRevertView):
    pass


class FichaCreateView(WithOurPanels, CreateView):
    pass
