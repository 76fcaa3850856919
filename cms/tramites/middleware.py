"""Publishing in the admin is one transaction: page, version and outbox, or nothing."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from cms.tramites.workflow import PublicationRefused

ADMIN = "/admin/"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class AtomicAdminWrites:
    """Wagtail publishes in autocommit: a version that could not be written would leave the page live without one.

    ATOMIC_REQUESTS would do the same, but on SQLite every page view would then take the write lock.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Not for strangers: signing in hashes a password, and that must not hold the one write lock of SQLite.
        if not _writes(request) or not request.user.is_authenticated:
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            # Django has made an error page of whatever was raised: only the status is left of it.
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal undoes what was begun, and is told where the person came from."""
        if not isinstance(error, PublicationRefused) or not _writes(request):
            return None
        transaction.set_rollback(True)
        messages.error(request, str(error))
        back = _back(request)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # What Wagtail's dialogues understand: they lead to the page, and the page shows the message.
            return JsonResponse({"step": "success", "redirect": back})
        return HttpResponseRedirect(back)


def keeps_its_own(view: View) -> View:
    """Marks a view that thinks long before it writes, and writes through operations: it holds no lock meanwhile."""
    view.keeps_its_own_transactions = True  # type: ignore[attr-defined]
    return view


def _writes(request: HttpRequest) -> bool:
    return (
        request.method == "POST"
        and request.path.startswith(ADMIN)
        and not _view_keeps_its_own(request.path_info)
    )


def _view_keeps_its_own(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "keeps_its_own_transactions", False)
    except Resolver404:
        return False


def _back(request: HttpRequest) -> str:
    came_from = request.headers.get("referer", "")
    hosts = {request.get_host()}
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts=hosts, require_https=request.is_secure())
    return came_from if ours else ADMIN
