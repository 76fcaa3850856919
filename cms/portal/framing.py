"""For other institutions' pages: a ficha at one glance, or the search, in a frame that runs nothing and remembers nobody.

Anybody may frame these pages, and only these: nothing is done in them, every link and form opens the portal itself.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from cms.notices.queries import Touched, touched_by_ficha
from cms.portal import queries
from cms.portal.ficha import tramite_view
from cms.portal.glance import next_step, ways
from cms.portal.machines import HOUR
from cms.portal.serving import public_page
from cms.portal.views import entries_of, page_locale
from cms.tramites.queries import TramiteNotFound, TramiteWithdrawn, Withdrawal, published

SCRIPT = Path(__file__).with_name("insertar.js")

View = Callable[..., HttpResponse]


def _framed(view: View) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def serve(*args: Any, **kwargs: Any) -> HttpResponseBase:
        policy = {
            "script-src": ["'none'"],
            "frame-ancestors": ["*"],
            # Links and the form lead to the portal, in a tab of their own.
            "base-uri": [settings.PUBLIC_URL],
            "form-action": [settings.PUBLIC_URL],
        }
        return csp_replace(policy)(xframe_options_exempt(public_page(view)))(*args, **kwargs)

    return serve


@require_safe
@gzip_page
@conditional_page
def script(request: HttpRequest) -> HttpResponse:
    """The one tag another page needs; its source says how it is used."""
    response = HttpResponse(SCRIPT.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = HOUR
    return response


@_framed
def search(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/framed.html", {"base": _base("buscar/"), "touched": Touched()})


@_framed
def tramite(request: HttpRequest, codigo: str) -> HttpResponse:
    """200 for a withdrawn ficha too, which says so: a frame shows its page whatever the status."""
    codigo = codigo.lower()
    try:
        shown = published(codigo)
    except TramiteWithdrawn as error:
        return _gone(request, error.withdrawal)
    except TramiteNotFound as error:
        raise Http404(codigo) from error
    context = {
        "base": _base(f"tramites/{codigo}/"),
        "touched": touched_by_ficha(shown),
        "page": tramite_view(shown, page_locale()),
        "entidad": shown.tramite.entidad,
        "ways": ways(shown.ficha.hechos),
        "step": next_step(shown.ficha.hechos),
        "codigo": codigo,
    }
    return render(request, "portal/framed.html", context)


def _gone(request: HttpRequest, gone: Withdrawal) -> HttpResponse:
    instead = gone.reemplazo and entries_of(list(queries.by_codes([gone.reemplazo.codigo])))
    row = queries.withdrawn(gone.codigo)
    context = {
        "base": _base(f"tramites/{gone.codigo}/"),
        "touched": Touched(),
        "gone": queries.entry(row, page_locale()) if row else None,
        "replacement": instead[0] if instead else None,
    }
    return render(request, "portal/framed.html", context)


def _base(path: str) -> str:
    return f"{settings.PUBLIC_URL}/{page_locale()}/{path}"
