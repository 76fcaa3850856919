"""Pages that leave the house compressed: only those that carry no token and nothing personal (BREACH)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page

PACKED = "leaves_packed"

View = Callable[..., HttpResponse]


def packed(view: View) -> View:
    """Compresses what `view` answers, and says so to its templates: style sheets are then written into the page."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        setattr(request, PACKED, True)
        return view(request, *args, **kwargs)

    return gzip_page(serve)


def is_packed(request: HttpRequest) -> bool:
    return bool(getattr(request, PACKED, False))
