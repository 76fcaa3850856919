"""The door of every screen of translation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from cms.accounts.models import User
from cms.editing.translation.rights import can_translate

View = Callable[..., HttpResponse]


def translators_only(view: View) -> View:
    """Refuses, as Wagtail does, whoever translates nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_translate(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def signed_in(request: HttpRequest) -> User:
    """Who asks; behind Wagtail's own door there is always somebody."""
    assert isinstance(request.user, User)
    return request.user


def may(request: HttpRequest, entidad: str) -> None:
    """Raises PermissionDenied where the ficha's entity is not the translator's."""
    if not can_translate(request.user, entidad):
        raise PermissionDenied
