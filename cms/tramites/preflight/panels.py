"""The preflight in the editor, beside the form: a side panel with all that was found."""

from typing import Any

from wagtail.admin.ui.side_panels import BaseSidePanel

from cms.tramites.preflight.drafts import Report
from cms.tramites.preflight.findings import Finding
from cms.tramites.preflight.places import place_of


def shown(found: list[Finding], accepted: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Each finding with its place in the form and who has accepted it."""
    return [
        {"finding": finding, "place": place_of(finding), "accepted": accepted.get(finding.id)}
        for finding in found
    ]


def summary_context(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "errors": shown(report.errors, {}),
        "asked": shown(report.asked, report.accepted),
        "known": shown(report.known, report.accepted),
        "information": shown(report.information, {}),
    }


class PreflightSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = "Mostrar u ocultar la comprobación"
        icon_name = "tasks"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            form = parent_context.get("form")
            count = len(form.report.errors) + len(form.report.pending) if form else 0
            return context | {"count": count}

    name = "comprobacion"
    title = "Comprobación"
    template_name = "tramites/preflight/side_panel.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | summary_context(parent_context["form"].report)
