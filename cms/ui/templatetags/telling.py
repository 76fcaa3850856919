"""What templates need to show blocks, dates and addresses."""

from datetime import date
from urllib.parse import urlencode, urlparse

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.ui import formats
from lenguas import dates

register = template.Library()


@register.filter
def host(url: str) -> str:
    """`www.gob.pe` of an address: what a reader needs to know of where a link leads."""
    return urlparse(url).netloc or url


@register.filter
def lang(code: str) -> SafeString | str:
    """The attribute that names a language other than the page's; nothing where it is the page's."""
    return format_html(' lang="{}"', code) if code else ""


@register.filter
def day(value: date) -> str:
    """A date in words, in the language in force."""
    return dates.date_text(value, get_language() or "es")


@register.filter
def source_date(text: str) -> str:
    """A source's date, as precise as the source is."""
    return formats.partial_date(text, get_language() or "es")


@register.filter
def source_name(text: str) -> str:
    """A source as people name it, with month and year."""
    return formats.source_name(text)


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, number: int) -> str:
    """The query of this address with another page number."""
    request: HttpRequest = context["request"]
    kept = [(name, request.GET[name]) for name in request.GET if name != "pagina" and request.GET[name]]
    return "?" + urlencode([*kept, ("pagina", number)])
