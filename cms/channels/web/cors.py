"""Which other origins may use the conversation API from a browser: those on a list, by token and never by cookie."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

PREFIX = "/api/v1/conversations"
ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "600",
}


def conversation_origins(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answers preflights and marks answers for the origins in settings.CONVERSATION_ORIGINS."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return get_response(request)
        preflight = request.method == "OPTIONS"
        response = HttpResponse(status=204) if preflight else get_response(request)
        patch_vary_headers(response, ["Origin"])
        origin = request.headers.get("Origin", "")
        if origin in getattr(settings, "CONVERSATION_ORIGINS", ()):
            response["Access-Control-Allow-Origin"] = origin
            for name, value in ALLOWED.items():
                response[name] = value
        return response

    return middleware
