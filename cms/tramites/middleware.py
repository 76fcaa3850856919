"""Publishing in the admin is one transaction: page, version and outbox, or nothing."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ADMIN = "/admin/"


def atomic_admin_writes(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Wagtail publishes in autocommit: a version that could not be written would leave the page live without one.

    ATOMIC_REQUESTS would do the same, but on SQLite every page view would then take the write lock.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        # Not for strangers: signing in hashes a password, and that must not hold the one write lock of SQLite.
        if (
            request.method != "POST"
            or not request.path.startswith(ADMIN)
            or not request.user.is_authenticated
        ):
            return get_response(request)
        with transaction.atomic():
            response = get_response(request)
            # Django has made an error page of whatever was raised: only the status is left of it.
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    return middleware
