"""`{% style "ui/ui.css" %}`: a style sheet, as fits the page that needs it."""

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.ui import styles
from cms.ui.packing import is_packed

register = template.Library()


@register.simple_tag(takes_context=True)
def style(context: dict[str, Any], name: str) -> SafeString:
    """Written into a page that is compressed, where it is small; a link in any other."""
    request = context.get("request")
    if request is None or not is_packed(request):
        return format_html('<link rel="stylesheet" href="{}">', static(name))
    return mark_safe(f"<style>{styles.write(request, name).text}</style>")  # noqa: S308 - our own file
