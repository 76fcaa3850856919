"""Citizens' pages. The language is the one of the address; nothing is remembered about who reads."""

from datetime import date, datetime
from urllib.parse import quote

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from cms.directory.answers import open_sentence
from cms.directory.hours import LIMA, holidays_ahead, is_open
from cms.directory.models import Estado as EstadoSede
from cms.directory.models import Sede
from cms.directory.queries import EntidadNotFound, SedeNotFound, alo_mac, entidad, regions, sede, sedes
from cms.portal import queries
from cms.portal.ficha import tramite_view
from cms.portal.places import place_page
from cms.portal.queries import Entry, Filters
from cms.portal.serving import public_page
from cms.search.queries import search
from cms.tramites.demand import most_asked
from cms.tramites.models import Tramite
from cms.tramites.queries import Published, TramiteNotFound, published

PER_PAGE = 30
MOST_ASKED_SHOWN = 12
LONGEST_QUERY = 200


def _locale() -> str:
    return "qu" if get_language() == "qu" else "es"


def _entries(rows: list[Tramite]) -> list[Entry]:
    return [queries.entry(row, _locale()) for row in rows]


def _words(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "")[:LONGEST_QUERY].split())


@public_page
def choose_language(request: HttpRequest) -> HttpResponse:
    """Asked, not guessed: a shared telephone tells nothing of who holds it."""
    return render(request, "portal/choose.html")


@public_page
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "portal/home.html",
        {
            "asked": _entries(queries.by_codes(most_asked())[:MOST_ASKED_SHOWN]),
            "temas": [(tema.codigo, tema.nombre(_locale())) for tema in queries.temas_with_tramites()],
            "entidades": queries.entidades_with_tramites(),
            "total": Tramite.objects.public().count(),
            "centros": sum(place.estado == EstadoSede.OPERATIVO for place in sedes(tipo="centro")),
            "person": _person_now(),
        },
    )


def _person_now() -> dict[str, object]:
    """Whether Alo MAC attends at this moment, by its hours: `open` is None when they are not known."""
    service, now = alo_mac(), datetime.now(LIMA)
    if service is None:
        return {"open": None, "sentence": ""}
    return {"open": is_open(service, now), "sentence": open_sentence(service, now)}


@public_page
def tramites(request: HttpRequest) -> HttpResponse:
    filters = _filters(request)
    found = Paginator(queries.filtered(filters, _locale()), PER_PAGE)
    page = found.get_page(request.GET.get("pagina"))
    return render(
        request,
        "portal/tramites.html",
        {
            "section": "tramites",
            "filters": filters,
            "entries": _entries(list(page.object_list)),
            "page": page,
            "entidades": queries.entidades_with_tramites(),
            "temas": [(tema.codigo, tema.nombre(_locale())) for tema in queries.temas_with_tramites()],
        },
    )


def _filters(request: HttpRequest) -> Filters:
    given = request.GET
    publico = given.get("publico", "")
    return Filters(
        entidad=given.get("entidad", "").lower()[:100],
        tema=given.get("tema", "")[:100],
        publico=publico if publico in ("personas", "empresas") else "",
        q=_words(request),
    )


@public_page
def tramite(request: HttpRequest, codigo: str) -> HttpResponse:
    if codigo != codigo.lower():
        return HttpResponsePermanentRedirect(f"/{_locale()}/tramites/{codigo.lower()}/")
    try:
        shown = published(codigo)
    except TramiteNotFound as error:
        return _withdrawn(request, codigo, error)
    return tramite_page(request, shown)


def tramite_page(request: HttpRequest, shown: Published) -> HttpResponse:
    """The page of a ficha, public or a draft in preview."""
    codigo, page = shown.codigo, tramite_view(shown, _locale())
    address = f"{settings.PUBLIC_URL}/{_locale()}/tramites/{codigo}/"
    return render(
        request,
        "portal/tramite.html",
        {
            "section": "tramites",
            "page": page,
            "entidad": shown.tramite.entidad,
            "entidad_url": f"/{_locale()}/entidades/{shown.tramite.entidad.codigo}/",
            "official": shown.ficha.hechos.pagina_oficial,
            "version": shown.version,
            "updated": shown.version.at.astimezone(LIMA).date(),
            "address": address,
            "share": quote(f"{page.nombre}: {address}"),
        },
    )


def _withdrawn(request: HttpRequest, codigo: str, error: TramiteNotFound) -> HttpResponse:
    """Says what became of a ficha that was public; raises Http404 for one that never was."""
    gone = queries.withdrawn(codigo)
    if gone is None:
        raise Http404(codigo) from error
    replacement = gone.reemplazo and queries.by_codes([gone.reemplazo.codigo])
    return render(
        request,
        "410.html",
        {
            "gone": queries.entry(gone, _locale()),
            "reason": gone.motivo_retiro,
            "replacement": _entries(replacement)[0] if replacement else None,
        },
        status=410,
    )


@public_page
def entidades_list(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/entidades.html", {"entidades": queries.entidades_with_tramites()})


@public_page
def entidad_page(request: HttpRequest, codigo: str) -> HttpResponse:
    if codigo != codigo.lower():
        return HttpResponsePermanentRedirect(f"/{_locale()}/entidades/{codigo.lower()}/")
    try:
        found = entidad(codigo)
    except EntidadNotFound as error:
        raise Http404(codigo) from error
    page = Paginator(queries.offered_by(found), PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "portal/entidad.html",
        {
            "entidad": found,
            "up_url": f"/{_locale()}/entidades/",
            "entries": _entries(list(page.object_list)),
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
    return render(
        request,
        "portal/sedes.html",
        {
            "section": "sedes",
            "centres": [_with_hours(s, now, holidays) for s in found if s.es_centro],
            "express": [s for s in found if not s.es_centro],
            "regions": regions(),
            "region": region,
            "tipo": tipo,
        },
    )


def _with_hours(place: Sede, now: datetime, holidays: set[date]) -> dict[str, object]:
    opened, sentence = is_open(place, now, holidays), open_sentence(place, now, holidays)
    return {"sede": place, "open": opened, "sentence": sentence}


@public_page
def sede_page(request: HttpRequest, codigo: str) -> HttpResponse:
    try:
        found = sede(codigo)
    except SedeNotFound as error:
        raise Http404(codigo) from error
    now = datetime.now(LIMA)
    return render(
        request,
        "portal/sede.html",
        {
            "section": "sedes",
            "up_url": f"/{_locale()}/sedes/",
            "place": place_page(found, _locale(), now),
            **_with_hours(found, now, holidays_ahead(now)),
        },
    )


@public_page
def buscar(request: HttpRequest) -> HttpResponse:
    q = _words(request)
    found = search(q, _locale(), limit=20) if q else None
    rows = queries.by_codes(hit.codigo for hit in found.results) if found else []
    return render(
        request,
        "portal/buscar.html",
        {"q": q, "entries": _entries(rows), "suggestions": found.sugerencias if found else []},
    )
