"""Citizens' pages. The language is the one of the address; nothing is remembered about who reads."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from cms.directory.answers import open_sentence, opening_sentence
from cms.directory.hours import LIMA, holidays_ahead, holidays_from, is_open, unusual_days
from cms.directory.models import Estado as EstadoSede
from cms.directory.models import Sede
from cms.directory.queries import EntidadNotFound, SedeNotFound, alo_mac, entidad, sede, sedes
from cms.editing.health.searches import note_search
from cms.notices.queries import (
    Closures,
    Touched,
    closed_sentence,
    closures,
    in_force,
    is_closed,
    touched_by_ficha,
)
from cms.portal import machines, queries, spoken
from cms.portal.ficha import tramite_view
from cms.portal.glance import next_step, ways
from cms.portal.keeping import holds_until, keep_until
from cms.portal.map import shapes
from cms.portal.places import place_page
from cms.portal.qr import qr
from cms.portal.queries import Entry, Filters
from cms.portal.seed import moments, variants
from cms.portal.serving import public_page
from cms.search.queries import search
from cms.tramites.demand import most_asked
from cms.tramites.models import Tramite
from cms.tramites.queries import (
    Published,
    TramiteNotFound,
    TramiteWithdrawn,
    Withdrawal,
    last_note,
    published,
)

PER_PAGE = 30
MOST_ASKED_SHOWN = 8
LONGEST_QUERY = 200
# A change is told at the top of a ficha for so long.
FRESH_DAYS = 60
# The ficha that says how a fee with a code is paid.
HOW_TO_PAY = "bn-pago-tasas"


def page_locale() -> str:
    return "qu" if get_language() == "qu" else "es"


def entries_of(rows: list[Tramite]) -> list[Entry]:
    return [queries.entry(row, page_locale()) for row in rows]


def words_of(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "")[:LONGEST_QUERY].split())


@public_page
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "portal/home.html",
        {
            # Where nothing is to be told first, what helps is the same for everybody, and is kept for when there is no line.
            "aloud": spoken.address(request, "inicio") if in_force() else "",
            "asked": entries_of(queries.by_codes(most_asked())[:MOST_ASKED_SHOWN]),
            "moments": [{"id": row.id, "name": row.name(page_locale())} for row in moments()],
            "temas": [(tema.codigo, tema.nombre(page_locale())) for tema in queries.temas_with_tramites()],
            "entidades": queries.entidades_with_tramites(),
            "total": Tramite.objects.public().count(),
            "centros": queries.open_centres(),
            "person": _person_now(),
        },
    )


def _person_now() -> dict[str, object]:
    """Whether Alo MAC attends at this moment: `open` is None when its hours are not known."""
    service, now = alo_mac(), datetime.now(LIMA)
    if service is None:
        return {"open": None, "sentence": ""}
    return with_hours(service, now, holidays_ahead(now), closures(now))


@public_page
def tramites(request: HttpRequest) -> HttpResponse:
    filters = filters_of(request)
    found = Paginator(queries.filtered(filters, page_locale()), PER_PAGE)
    page = found.get_page(request.GET.get("pagina"))
    if filters.q and not filters.chosen and not found.count:
        note_miss(request, filters.q)
    return render(
        request,
        "portal/tramites.html",
        {
            "section": "tramites",
            "touched": Touched(),
            "aloud": spoken.address(request, "tramites"),
            "filters": filters,
            "entries": entries_of(list(page.object_list)),
            "page": page,
            "entidades": queries.entidades_with_tramites(),
            "temas": [(tema.codigo, tema.nombre(page_locale())) for tema in queries.temas_with_tramites()],
        },
    )


def filters_of(request: HttpRequest) -> Filters:
    given = request.GET
    publico = given.get("publico", "")
    return Filters(
        entidad=given.get("entidad", "").lower()[:100],
        tema=given.get("tema", "")[:100],
        publico=publico if publico in ("personas", "empresas") else "",
        q=words_of(request),
    )


@public_page
def tramite(request: HttpRequest, codigo: str) -> HttpResponse:
    if codigo != codigo.lower():
        return HttpResponsePermanentRedirect(f"/{page_locale()}/tramites/{codigo.lower()}/")
    try:
        shown = published(codigo)
    except TramiteWithdrawn as error:
        return _gone(request, error.withdrawal)
    except TramiteNotFound as error:
        raise Http404(codigo) from error
    # Before the page is made: one that tells the last facts of a day must not be kept for the next.
    until = holds_until(datetime.now(LIMA), tells_hours=bool(shown.ficha.hechos.sedes))
    response = tramite_page(request, shown)
    keep_until(response, until)
    return response


def tramite_page(request: HttpRequest, shown: Published) -> HttpResponse:
    """The page of a ficha, public or a draft in preview."""
    codigo, page, noted = shown.codigo, tramite_view(shown, page_locale()), _noted(shown)
    address = f"{settings.PUBLIC_URL}/{page_locale()}/tramites/{codigo}/"
    return render(
        request,
        "portal/tramite.html",
        {
            "section": "tramites",
            "summary": machines.summary(page),
            "structured_data": machines.structured_data(page, address),
            "touched": touched_by_ficha(shown),
            "aloud": f"/{page_locale()}/escuchar/{codigo}/todo.mp3?revision={page.published.revision}"
            if page.published.revision
            else "",
            "page": page,
            "entidad": shown.tramite.entidad,
            "entidad_url": f"/{page_locale()}/entidades/{shown.tramite.entidad.codigo}/",
            "official": shown.ficha.hechos.pagina_oficial,
            "ways": ways(shown.ficha.hechos),
            "step": next_step(shown.ficha.hechos),
            "coded": any(line.codigo_pago for line in page.fees),
            "how_to_pay": None
            if codigo == HOW_TO_PAY
            else next(iter(entries_of(queries.by_codes([HOW_TO_PAY]))), None),
            "variants": _variants(codigo),
            "places": places_open_first(shown.ficha.hechos.sedes),
            "seen": max((e.vista for e in shown.ficha.hechos.evidencia.values() if e.vista), default=None),
            "fresh": noted is not None and (datetime.now(LIMA).date() - noted["day"]).days <= FRESH_DAYS,
            "version": shown.version,
            "noted": noted,
            "updated": shown.version.at.astimezone(LIMA).date(),
            "address": address,
            "share": quote(f"{page.nombre}: {address}"),
            "qr": qr(address),
        },
    )


def _variants(codigo: str) -> list[dict[str, object]]:
    """The same thing for other people, where those fichas are public; nothing to choose from is no choice."""
    group = variants(codigo)
    public = {row.codigo for row in queries.by_codes(one.codigo for one in group)} if group else set()
    if len(public - {codigo}) == 0:
        return []
    return [
        {"codigo": one.codigo, "name": one.name(page_locale()), "here": one.codigo == codigo}
        for one in group
        if one.codigo in public
    ]


def places_open_first(codes: list[str]) -> list[dict[str, object]]:
    """The places a ficha names: those open now, those that are shut, and last those whose hours are not known."""
    if not codes:
        return []
    now = datetime.now(LIMA)
    holidays = holidays_ahead(now)
    shut = closures(now)
    found = [with_hours(place, now, holidays, shut) for place in sedes() if place.codigo in codes]
    return sorted(found, key=lambda place: {True: 0, False: 1, None: 2}[place["open"]])  # type: ignore[index]


def _noted(shown: Published) -> dict[str, Any] | None:
    """What changed last, in the words of who changed it; a first publication changes nothing, a draft has no past."""
    version = shown.version
    if version.pk and not (version.nota or version.norma):
        version = last_note(shown) or version
    if version.numero <= 1:
        return None
    return {"text": version.nota, "norm": version.norma, "day": version.at.astimezone(LIMA).date()}


def _gone(request: HttpRequest, gone: Withdrawal) -> HttpResponse:
    """Says what became of a ficha that was public, since when, why, and what stands in its place."""
    instead = gone.reemplazo and queries.by_codes([gone.reemplazo.codigo])
    row = queries.withdrawn(gone.codigo)
    entry = queries.entry(row, page_locale()) if row else None
    return render(
        request,
        "410.html",
        {
            "gone": entry,
            "reason": gone.motivo,
            # Why it went is written in Spanish only: the Quechua page says so before it.
            "in_spanish": page_locale() == "qu" and bool(gone.motivo or (entry and entry.idioma)),
            "since": gone.at and gone.at.astimezone(LIMA).date(),
            "replacement": entries_of(instead)[0] if instead else None,
        },
        status=410,
    )


@public_page
def entidades_list(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "portal/entidades.html",
        {
            "touched": Touched(),
            "aloud": spoken.address(request, "entidades"),
            "entidades": queries.entidades_with_tramites(),
        },
    )


@public_page
def entidad_page(request: HttpRequest, codigo: str) -> HttpResponse:
    if codigo != codigo.lower():
        return HttpResponsePermanentRedirect(f"/{page_locale()}/entidades/{codigo.lower()}/")
    try:
        found = entidad(codigo)
    except EntidadNotFound as error:
        raise Http404(codigo) from error
    page = Paginator(queries.offered_by(found, page_locale()), PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "portal/entidad.html",
        {
            "entidad": found,
            "aloud": spoken.address(request, "entidad", codigo=found.codigo),
            "touched": Touched(entidades=frozenset({found.codigo})),
            "up_url": f"/{page_locale()}/entidades/",
            "entries": entries_of(list(page.object_list)),
            "page": page,
        },
    )


@public_page
def sedes_list(request: HttpRequest) -> HttpResponse:
    region = request.GET.get("region", "")[:60]
    tipo = request.GET.get("tipo", "")
    now = datetime.now(LIMA)
    holidays = holidays_ahead(now)
    found = sedes(tipo=tipo, region=region)
    pending = [s for s in found if s.estado == EstadoSede.EN_IMPLEMENTACION]
    known, shut = queries.places_by_region(), closures(now)
    return render(
        request,
        "portal/sedes.html",
        {
            "section": "sedes",
            "centres": [
                with_hours(s, now, holidays, shut) for s in found if s.es_centro and s not in pending
            ],
            "express": [s for s in found if not s.es_centro and s not in pending],
            "pending": pending,
            "regions": list(known),
            "by_region": [{"name": name, "count": count} for name, count in known.items()],
            "map": [{"shape": shape, "count": known.get(shape.name, 0)} for shape in shapes()],
            "holidays": _holidays(now),
            "aloud": f"/{page_locale()}/escuchar-region.mp3?{urlencode({'region': region})}"
            if region and len(found) > len(pending)
            else spoken.address(request, "sedes"),
            "confirmed": queries.shared_confirmation(found),
            "touched": Touched(sedes=frozenset(s.codigo for s in found), regiones=frozenset({region}))
            if region
            else None,
            "region": region,
            "tipo": tipo,
        },
    )


def _holidays(now: datetime, place: Sede | None = None) -> list[dict[str, object]]:
    """The holidays of this week, on which centres keep other hours; of a `place`, those on which it does."""
    rows = holidays_from(now.astimezone(LIMA).date())
    if place is not None:
        other = {one.day for one in unusual_days(place, now)}
        rows = [row for row in rows if row.fecha in other]
    return [
        {"day": row.fecha, "name": (row.nombre_qu if page_locale() == "qu" else "") or row.nombre}
        for row in rows
    ]


def with_hours(place: Sede, now: datetime, holidays: set[date], shut: Closures) -> dict[str, object]:
    """Whether it is open, and the sentence that says so; `shut` is when notices say that places are closed."""
    stretches = shut.get(place.codigo, [])
    if is_closed(stretches, now):
        return {"sede": place, "open": False, "sentence": closed_sentence()}
    opened = is_open(place, now, holidays)
    sentence = opening_sentence(place) or open_sentence(place, now, holidays, shut=stretches)
    return {"sede": place, "open": opened, "sentence": sentence}


@public_page
def sede_page(request: HttpRequest, codigo: str) -> HttpResponse:
    try:
        found = sede(codigo)
    except SedeNotFound as error:
        raise Http404(codigo) from error
    now = datetime.now(LIMA)
    shut = closures(now)
    return render(
        request,
        "portal/sede.html",
        {
            "section": "sedes",
            "aloud": f"/{page_locale()}/escuchar-sede/{found.codigo}.mp3",
            "up_url": f"/{page_locale()}/sedes/",
            "touched": Touched(
                sedes=frozenset({found.codigo}), regiones=frozenset({found.region} if found.region else ())
            ),
            "place": place_page(found, page_locale(), now),
            "done": entries_of(list(queries.done_at(found, page_locale()))),
            "holidays": _holidays(now, found),
            **with_hours(found, now, holidays_ahead(now), shut),
        },
    )


@public_page
def buscar(request: HttpRequest) -> HttpResponse:
    q = words_of(request)
    rows, suggestions = found_by(q) if q else ([], [])
    if q and not rows:
        note_miss(request, q)
    return render(
        request,
        "portal/buscar.html",
        {
            "touched": Touched(),
            "q": q,
            "aloud": spoken.address(request, "buscar") if q else "",
            "entries": entries_of(rows),
            "suggestions": suggestions,
        },
    )


def note_miss(request: HttpRequest, q: str) -> None:
    """What nobody finds is a ficha, or a name of one, that is missing: editors are told what, and never who."""
    if request.method == "GET":
        note_search(q, page_locale())


def found_by(q: str) -> tuple[list[Tramite], list[str]]:
    """The public tramites that `q` finds, best first, and what else may have been meant."""
    found = search(q, page_locale(), limit=20)
    return queries.by_codes(hit.codigo for hit in found.results), list(found.sugerencias)
