"""Finding what to do: suggestions, moments of life, one visit. Nothing is kept about who reads: it is in the address."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cms.directory.hours import LIMA
from cms.notices.queries import Touched, together, touched_by_ficha
from cms.portal import queries, spoken
from cms.portal.qr import qr
from cms.portal.seed import moments
from cms.portal.serving import public_page
from cms.portal.views import (
    HOW_TO_PAY,
    entries_of,
    found_by,
    note_miss,
    page_locale,
    places_open_first,
    words_of,
)
from cms.portal.visit import MOST, chosen, plan
from cms.search.queries import search
from cms.tramites.demand import most_asked
from cms.tramites.queries import Published, Withdrawal

OFFERED = 6


@public_page
def sugerencias(request: HttpRequest) -> HttpResponse:
    """A few tramites for what has been typed so far; the list of links alone, without a page around it."""
    q = words_of(request)
    rows = queries.starting_with(q, page_locale(), OFFERED) if q else []
    return render(request, "portal/sugerencias.html", {"entries": entries_of(rows)})


@public_page
def momento(request: HttpRequest, moment: str) -> HttpResponse:
    found = next((row for row in moments() if row.id == moment), None)
    entries = entries_of(queries.by_codes(found.codigos)) if found else []
    if found is None or not entries:
        raise Http404(moment)
    return render(
        request,
        "portal/momento.html",
        {
            "section": "tramites",
            "touched": Touched(tramites=frozenset(entry.codigo for entry in entries)),
            "nombre": found.name(page_locale()),
            "aloud": f"/{page_locale()}/escuchar-momento/{found.id}.mp3",
            "entries": entries,
            "together": _address(entry.codigo for entry in entries[:MOST])[1:],
        },
    )


@public_page
def visita(request: HttpRequest) -> HttpResponse:
    fichas, gone = chosen(request.GET.getlist("t"))
    q, more = words_of(request), len(fichas) < MOST
    visit, rows = plan(fichas, page_locale()), _chosen_rows(fichas)
    address = f"{settings.PUBLIC_URL}/{page_locale()}/visita/{_address(one.codigo for one in fichas)}"
    offered = _offered(q, [one.codigo for one in fichas]) if more else []
    if q and more and not offered and not found_by(q)[0]:
        note_miss(request, q)
    how_to_pay = [HOW_TO_PAY] if HOW_TO_PAY not in [one.codigo for one in fichas] else []
    return render(
        request,
        "portal/visita.html",
        {
            "section": "tramites",
            "touched": together(map(touched_by_ficha, fichas)),
            "entries": rows,
            "gone": _gone(gone, [one.codigo for one in fichas]),
            "which": queries.spanish_ones([row["entry"] for row in rows]),
            "aloud": spoken.address(request, "visita"),
            "how_to_pay": next(iter(entries_of(queries.by_codes(how_to_pay))), None),
            "address": address,
            "share": quote(_shared(rows, address)),
            "qr": qr(address) if fichas else "",
            "today": datetime.now(LIMA).date(),
            "q": q,
            "more": more,
            "offered": offered,
            "visit": visit,
            "places": places_open_first(sorted(visit.sedes)) if visit.sedes else [],
        },
    )


def _shared(rows: list[dict[str, Any]], address: str) -> str:
    """Short enough for one SMS or two: what one goes for, and where the list is. A fee copied into a message grows old there."""
    return f"MAC. {', '.join(row['entry'].nombre for row in rows)}: {address}"


def _chosen_rows(fichas: list[Published]) -> list[dict[str, Any]]:
    codes = [one.codigo for one in fichas]
    return [
        {"entry": entry, "without": _address(code for code in codes if code != entry.codigo)}
        for entry in entries_of(queries.by_codes(codes))
    ]


def _gone(gone: list[Withdrawal], codes: list[str]) -> list[dict[str, Any]]:
    """What a list that was shared or printed still names, and the address that adds what stands in its place."""
    instead = [one.reemplazo if one.reemplazo and one.reemplazo.codigo not in codes else None for one in gone]
    return [
        {
            "entry": entry,
            "instead": next(iter(entries_of([other])), None) if other else None,
            "with": _address([*codes, other.codigo]) if other else "",
        }
        for entry, other in zip(queries.withdrawn_entries(gone, page_locale()), instead, strict=True)
    ]


def _offered(q: str, codes: list[str]) -> list[dict[str, Any]]:
    """What may be added: what was searched for, or the most asked."""
    found = [hit.codigo for hit in search(q, page_locale(), limit=OFFERED).results] if q else most_asked()
    wanted = [code for code in found if code not in codes]
    rows = queries.by_codes(wanted)[:OFFERED]
    return [{"entry": entry, "with": _address([*codes, entry.codigo])} for entry in entries_of(rows)]


def _address(codes: Iterable[str]) -> str:
    query = urlencode([("t", code) for code in codes])
    return f"?{query}" if query else "?"
