"""The preflight in the editor, above the form's tabs: what is to be done before a ficha is sent."""

from typing import Any

from wagtail.admin.panels import TabbedInterface


class CheckedTabs(TabbedInterface):
    """Wagtail's tabs, with the summary of the preflight above them."""

    class BoundPanel(TabbedInterface.BoundPanel):
        template_name = "tramites/preflight/form.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from cms.tramites.preflight.panels import summary_context  # the page's module names these tabs

            context: dict[str, Any] = super().get_context_data(parent_context)
            context |= summary_context(self.form.report)
            if self.form.is_bound and self.form.refused:
                context |= {"refused": True, "refused_fields": list(self.form.refused_fields())}
            return context
