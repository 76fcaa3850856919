"""The summary of the preflight, for the answer to an autosave."""

from django import template
from django.template.loader import render_to_string

from cms.tramites.forms import FichaForm

register = template.Library()


@register.simple_tag
def preflight_summary(form: object) -> str:
    """Empty for the form of another kind of page."""
    from cms.tramites.preflight.panels import summary_context  # tags are loaded before the models are

    if not isinstance(form, FichaForm):
        return ""
    return render_to_string("tramites/preflight/summary.html", summary_context(form.report))
