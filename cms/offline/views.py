"""The service worker, and the page it shows where there is no line and nothing kept."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from cms.offline.worker import program
from cms.portal.serving import public_page


def _etag(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(program().encode()).hexdigest()[:20]}"'


@require_safe
@gzip_page
@condition(etag_func=_etag)
def worker(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(program(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@public_page
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline/offline.html")


@public_page
def kept(request: HttpRequest) -> HttpResponse:
    """What this telephone keeps, told by the telephone itself: the server knows nothing of it."""
    return render(request, "offline/kept.html")
