"""The language of a request comes from its path, never from a cookie or a header: pages stay cacheable."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

LOCALES = ("es", "qu")
# Wagtail's admin writes inline scripts and cannot keep the policy of the public pages.
WITHOUT_POLICY = ("/admin/",)

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
    """PostgreSQL takes no NUL in a text: nothing is under such an address, and no such question is asked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404("NUL in the path")
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the query")
        return get_response(request)

    return middleware


class content_security_policy(CSPMiddleware):
    """django-csp's middleware, silent where the policy cannot be kept."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(WITHOUT_POLICY):
            # A preview is a public page served inside the admin, with the public page's policy on it.
            response.headers.pop("Content-Security-Policy", None)
            return response
        return super().process_response(request, response)
