"""Who may come to the desk: agents and supervisors, and nobody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import is_valid_path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from cms.accounts.models import User
from cms.accounts.roles import Role, has_role
from cms.conversations.signs_of_life import show_life

View = Callable[..., HttpResponseBase]


def may_enter(user: object) -> bool:
    return isinstance(user, User) and has_role(user, Role.AGENT, Role.SUPERVISOR)


def desk_view(view: View) -> View:
    """Lets agents and supervisors in; others are told why not, strangers are sent to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in(request)
        if not may_enter(request.user):
            return render(request, "desk/forbidden.html", status=403)
        show_life(signed_in(request))
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


def supervisor_view(view: View) -> View:
    """Lets supervisors in; agents are told that this is not theirs."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_role(signed_in(request), Role.SUPERVISOR):
            return render(request, "desk/forbidden.html", {"supervision": True}, status=403)
        return view(request, *args, **kwargs)

    return desk_view(guarded)


def back_to(request: HttpRequest, otherwise: str = "/desk/") -> str:
    """The page of the desk a form says it came from; no other site, and no other part of this one."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return target if safe and target.startswith("/desk/") else otherwise


def address_of(request: HttpRequest) -> str:
    """Where the page that is shown can be opened again.

    What answers a form stands under an address that takes forms only, below the address of its page.
    """
    if request.method != "POST":
        return request.get_full_path()
    above = request.path.rstrip("/").rpartition("/")[0]
    while above and not is_valid_path(f"{above}/"):
        above = above.rpartition("/")[0]
    return f"{above}/"
