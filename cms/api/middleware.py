"""What every answer of the API carries: errors as problems; of the content API, an ETag and leave to be read."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers

from cms.api.problems import as_problem, locale_of

PREFIX = "/api/v1/"
# Conversations belong to somebody: they have rules of their own (see cms.channels.web).
PRIVATE = "/api/v1/conversations"


class ContentApiMiddleware:
    """Only touches the API. The content API reads no cookie, so that any cache may keep what it answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.conditional = ConditionalGetMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        if request.path.startswith(PRIVATE):
            return as_problem(request, self.get_response(request))
        response = self._answer(request)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
        response["Access-Control-Expose-Headers"] = "ETag, Content-Language, Content-Disposition"
        response["Access-Control-Max-Age"] = "86400"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Access-Control-Allow-Methods": "GET, HEAD, OPTIONS"})
        response = self._head(request) if request.method == "HEAD" else self._read(request)
        if not response.has_header("Cache-Control"):
            # Any cache may keep it, and asks each time whether it still holds: a fee changes at any moment, and
            # what is in force changes at midnight.
            patch_cache_control(response, public=True, no_cache=True)
        patch_vary_headers(response, ["Accept"])
        return response

    def _read(self, request: HttpRequest) -> HttpResponseBase:
        response = as_problem(request, self.get_response(request))
        response.headers.setdefault("Content-Language", locale_of(request))
        if "no-store" in response.get("Cache-Control", ""):
            return response
        return self.conditional.process_response(request, response)

    def _head(self, request: HttpRequest) -> HttpResponseBase:
        """What GET would say, without the body: django-ninja routes no HEAD of its own."""
        request.method = "GET"
        try:
            response = self._read(request)
        finally:
            request.method = "HEAD"
        if isinstance(response, StreamingHttpResponse):
            return _without_stream(response)
        if isinstance(response, HttpResponse) and response.status_code != HTTPStatus.NOT_MODIFIED:
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


def _without_stream(response: StreamingHttpResponse) -> HttpResponse:
    """Its status and headers; how long the body would be is not known. Nothing of it has been made yet."""
    return HttpResponse(status=response.status_code, headers=dict(response.items()))
