"""What every answer of the content API carries: an ETag, and leave to be read from any origin."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers

PREFIX = "/api/v1/"
# Conversations belong to somebody: they have rules of their own (see cms.channels.web).
PRIVATE = "/api/v1/conversations"


class ContentApiMiddleware:
    """Only touches the content API. The API reads no cookie, so that any cache may keep what it answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.conditional = ConditionalGetMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX) or request.path.startswith(PRIVATE):
            return self.get_response(request)
        response: HttpResponseBase
        if request.method == "OPTIONS":
            response = HttpResponse(
                status=204, headers={"Access-Control-Allow-Methods": "GET, HEAD, OPTIONS"}
            )
        else:
            response = self.conditional.process_response(request, self.get_response(request))
            patch_cache_control(response, public=True, no_cache=True)
            patch_vary_headers(response, ["Accept"])
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
        response["Access-Control-Expose-Headers"] = "ETag"
        return response
