"""Where a ficha of a package is read and edited."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(addresses: Mapping[str, str], codigo: str) -> str:
    """The address of this code among these; empty for one that has none."""
    return addresses.get(codigo, "")
