"""What the desk's templates say of people."""

from django import template

from cms.accounts.models import User
from cms.audit.labels import label
from cms.conversations.operations.agents import public_name

register = template.Library()


@register.filter
def public(account: User | None) -> str:
    """The name citizens and colleagues know somebody by."""
    return public_name(account) if account is not None else "—"


@register.filter
def what_happened(what: str) -> str:
    """An entry of the audit in words."""
    return label(what)
