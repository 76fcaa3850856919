"""The language of a request comes from its path, never from a cookie or a header: pages stay cacheable."""

import re
from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from cms.ui.styles import sources

LOCALES = ("es", "qu")
# Wagtail's admin writes inline scripts and cannot keep the policy of the public pages.
WITHOUT_POLICY = ("/admin/",)
# Where django-csp looks for what an answer adds to the policy.
ADDED = "_csp_update"
NO_ROWS_NUMBER = re.compile(r"/\d{19,}(?:/|$)")

Handler = Callable[[HttpRequest], HttpResponse]


def path_locale(path: str) -> str:
    head = path.split("/", 2)[1] if path.startswith("/") else ""
    return head if head in LOCALES else "es"


def locale_from_path(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        with translation.override(path_locale(request.path)):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
        response.headers.setdefault("Content-Language", path_locale(request.path))
        return response

    return middleware


def refuse_nul(get_response: Handler) -> Handler:
    """PostgreSQL takes no NUL in a text: nothing is under such an address, and no such question is asked.

    Nor is anything under a number that no row can have: SQLite raises OverflowError where it is asked for one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404("NUL in the path")
        if NO_ROWS_NUMBER.search(request.path):
            raise Http404("a number of more than 63 bits in the path")
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the query")
        return get_response(request)

    return middleware


class content_security_policy(CSPMiddleware):
    """django-csp's middleware, silent where the policy cannot be kept; it names the styles written into the page."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(WITHOUT_POLICY):
            # A preview is a public page served inside the admin, with the public page's policy on it. A file somebody
            # else made is served there with a sandbox of its own, and keeps it.
            if not response.headers.get("Content-Security-Policy", "").startswith("sandbox"):
                response.headers.pop("Content-Security-Policy", None)
            return response
        if written := sources(request):
            setattr(response, ADDED, {**getattr(response, ADDED, {}), "style-src": list(written)})
        return super().process_response(request, response)
