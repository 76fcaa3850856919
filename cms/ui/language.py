"""The language somebody chose, remembered for the next visit to `/`. No other page looks at it: those stay the same for everybody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from cms.ui.middleware import path_locale

# What a switch of language adds to the address it leads to.
CHOICE = "idioma"
# It holds `es` or `qu` and tells nothing else; no script reads it.
LANGUAGE_COOKIE = "mac-idioma"
YEAR_SECONDS = 365 * 24 * 3600

Handler = Callable[[HttpRequest], HttpResponse]


def remember_chosen(get_response: Handler) -> Handler:
    """A switch's link sets the cookie, with or without script, and leads on to the address everybody shares."""

    def middleware(request: HttpRequest) -> HttpResponse:
        locale = path_locale(request.path)
        chosen = request.GET.get(CHOICE) == locale and request.path.startswith(f"/{locale}/")
        if request.method not in ("GET", "HEAD") or not chosen:
            return get_response(request)
        response = get_response(request) if _tells_more(request) else HttpResponseRedirect(_plain(request))
        response.set_cookie(
            LANGUAGE_COOKIE,
            locale,
            max_age=YEAR_SECONDS,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
        response["Cache-Control"] = "no-store"
        return response

    return middleware


def _tells_more(request: HttpRequest) -> bool:
    """In the chat the same link also tells the conversation, and the page leads on by itself."""
    return request.path.endswith("/chat/")


def _plain(request: HttpRequest) -> str:
    kept = request.GET.copy()
    del kept[CHOICE]
    return f"{request.path}?{kept.urlencode()}" if kept else request.path
