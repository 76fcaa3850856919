"""What the preflight adds to Wagtail's admin; `cms.tramites.wagtail_hooks` imports it."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.tramites.editor import register_side_panel
from cms.tramites.models import Uit
from cms.tramites.preflight.panels import PreflightSidePanel


class UitViewSet(SnippetViewSet):
    model = Uit
    icon = "decimal"
    menu_label = "UIT"
    add_to_admin_menu = True
    list_display = ("anio", "monto", "norma")
    panels = (
        FieldRowPanel([FieldPanel("anio"), FieldPanel("monto")]),
        FieldPanel("norma"),
        FieldPanel("fuente"),
    )


register_snippet(UitViewSet)
register_side_panel(PreflightSidePanel)


def script() -> str:
    return format_html('<script type="module" src="{}"></script>', static("tramites/comprobacion.js"))


def style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("tramites/comprobacion.css"))


hooks.register("insert_editor_js", script)
hooks.register("insert_global_admin_css", style)
