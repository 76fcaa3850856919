"""The fichas beside a conversation: the one it is about, and all the others by search."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cms.conversations.models import Conversation
from cms.desk.queries import entidad_names
from cms.desk.quoting import cards
from cms.desk.rights import desk_view
from cms.search.queries import SearchPage, search
from cms.tramites.queries import TramiteNotFound, published
from lenguas.normalise import clean

MOST_HITS = 8
LONGEST_QUERY = 200


@require_GET
@desk_view
def search_fichas(request: HttpRequest) -> HttpResponse:
    """Results for the box beside the conversation; a click shows the ficha in the citizen's language."""
    q = " ".join(request.GET.get("q", "").replace("\0", " ")[:LONGEST_QUERY].split())
    found = search(q, "es", limit=MOST_HITS) if q else SearchPage([], [])
    names = entidad_names({hit.entidad for hit in found.results})
    hits = [(hit.codigo, hit.nombre, names.get(hit.entidad, hit.entidad)) for hit in found.results]
    return render(request, "desk/hits.html", {"q": q, "hits": hits, "locale": _locale(request)})


@require_GET
@desk_view
def ficha(request: HttpRequest, codigo: str) -> HttpResponse:
    try:
        context = _card_context(codigo, _locale(request))
    except TramiteNotFound as error:
        raise Http404("Esa ficha no está publicada.") from error
    return render(request, "desk/ficha.html", context)


def _locale(request: HttpRequest) -> str:
    return "qu" if request.GET.get("idioma") == "qu" else "es"


def ficha_context(request: HttpRequest, shown: Conversation) -> dict[str, Any]:
    """The ficha the conversation is about, or the one chosen with `?ficha=`; nothing when there is none."""
    codigo = clean(request.GET.get("ficha", ""))[:200] or shown.codigo
    try:
        return _card_context(codigo, shown.locale) if codigo else {}
    except TramiteNotFound:
        return {}


def _card_context(codigo: str, locale: str) -> dict[str, Any]:
    shown = published(codigo)
    return {"published": shown, "cards": cards(shown, locale), "locale": locale}
