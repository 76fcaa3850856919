"""Who may come to the desk: agents and supervisors, and nobody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role

View = Callable[..., HttpResponse]


def may_enter(user: object) -> bool:
    return isinstance(user, User) and has_role(user, Role.AGENT, Role.SUPERVISOR)


def desk_view(view: View) -> View:
    """Lets agents and supervisors in; others are told why not, strangers are sent to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _sign_in(request)
        if not may_enter(request.user):
            return render(request, "desk/forbidden.html", status=403)
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def _sign_in(request: HttpRequest) -> HttpResponse:
    # A poll that outlives the session reloads the page: redirected, it would draw the form inside the queue.
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    target = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
    return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': target})}")


def signed_in(request: HttpRequest) -> User:
    """The account behind a request that `desk_view` let through."""
    assert isinstance(request.user, User)
    return request.user
