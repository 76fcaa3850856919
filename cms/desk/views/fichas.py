"""The fichas beside a conversation: the one it is about, and all the others by search; and what agents are told of them."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cms.accounts.roles import Role, has_role
from cms.conversations.errors import NotAnAgent
from cms.conversations.models import Conversation
from cms.desk import naming, operations
from cms.desk.beside import instructions, latest_changes
from cms.desk.canned import ASPECT_KEYS, replies
from cms.desk.queries import entidad_names
from cms.desk.quoting import cards
from cms.desk.reading import line_of
from cms.desk.rights import address_of, back_to, desk_view, signed_in
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
def all_names(request: HttpRequest) -> HttpResponse:
    """Every public ficha by name and entity, for choosing one in a form."""
    return render(request, "desk/names.html", {"names": list(naming.names().values())})


@require_GET
@desk_view
def ficha(request: HttpRequest, codigo: str) -> HttpResponse:
    try:
        context = card_context(request, codigo, _locale(request))
    except TramiteNotFound as error:
        raise Http404("Esa ficha no está publicada.") from error
    context["replies"] = replies(
        signed_in(request), context["locale"], context["published"], context["cards"]
    )
    return render(request, "desk/ficha_and_replies.html", context)


def _locale(request: HttpRequest) -> str:
    return "qu" if request.GET.get("idioma") == "qu" else "es"


def ficha_context(request: HttpRequest, shown: Conversation) -> dict[str, Any]:
    """The ficha the conversation is about, or the one chosen with `?ficha=`; nothing when there is none."""
    codigo = clean(request.GET.get("ficha", ""))[:200] or shown.codigo
    try:
        context = card_context(request, codigo, shown.locale) if codigo else {}
    except TramiteNotFound:
        context = {}
    said = replies(signed_in(request), shown.locale, context.get("published"), context.get("cards", []))
    return {**context, "asked": shown.aspecto, "replies": said}


def card_context(request: HttpRequest, codigo: str, locale: str) -> dict[str, Any]:
    shown = published(codigo)
    return {
        "published": shown,
        "cards": cards(shown, locale),
        "aspect_keys": ASPECT_KEYS,
        "locale": locale,
        "instructions": instructions(codigo),
        "changes": latest_changes(shown),
        "is_supervisor": has_role(signed_in(request), Role.SUPERVISOR),
        "page_path": _page_path(request),
        "ficha_name": naming.names().get(codigo, ""),
    }


def _page_path(request: HttpRequest) -> str:
    """Where the agent is: a part of a page that is fetched by itself belongs to the page it goes into."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    return shown.path or address_of(request)


@require_POST
@desk_view
def instruct(request: HttpRequest, codigo: str) -> HttpResponse:
    """A supervisor tells agents something about this ficha, or takes it back."""
    agent = signed_in(request)
    text, ended = line_of(request, "text"), request.POST.get("end", "")
    try:
        published(codigo)
        if ended.isascii() and ended.isdigit():
            operations.end_instruction(pk=int(ended[:9]), by=agent)
        elif text:
            operations.instruct(codigo=codigo, by=agent, text=text)
    except TramiteNotFound as error:
        raise Http404("Esa ficha no está publicada.") from error
    except NotAnAgent:
        return HttpResponse(
            "Las instrucciones las escribe supervisión.",
            status=403,
            content_type="text/plain; charset=utf-8",
        )
    return redirect(back_to(request))
