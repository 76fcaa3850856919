"""The first page, where a language is chosen."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from cms.portal.serving import public_page
from cms.ui.language import LANGUAGE_COOKIE
from cms.ui.middleware import LOCALES


@public_page
def choose_language(request: HttpRequest) -> HttpResponse:
    """Asked, never guessed, and asked once: what a browser itself prefers tells nothing of who holds it."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE)
    if chosen in LOCALES:
        response: HttpResponse = HttpResponseRedirect(f"/{chosen}/")
    else:
        response = render(request, "portal/choose.html")
    patch_vary_headers(response, ["Cookie"])
    return response
