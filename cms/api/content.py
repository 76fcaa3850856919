"""Fichas over HTTP: lists, the whole ficha, one aspect, its history, search, changes, lexicon."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router

from cms.api import schemas
from cms.api.linked_data import CONTENT_TYPE as LINKED_DATA
from cms.api.linked_data import linked_data
from cms.api.problems import RevisionNotFound
from cms.directory.hours import LIMA
from cms.directory.queries import entidad as find_entidad
from cms.publishing.models import Change
from cms.search.lexicon import lexicon as read_lexicon
from cms.search.queries import SearchPage
from cms.search.queries import search as find
from cms.search.resolving import resolve as decide
from cms.tramites.answers import answer, answers
from cms.tramites.labels import aspect_question, aspect_title
from cms.tramites.models import Tramite
from cms.tramites.operations import TOPIC
from cms.tramites.queries import Published, TramiteNotFound, ficha_of, public_tramites, published
from cms.tramites.schema import Aspecto, Locale, Publico
from cms.ui.blocks import Respuesta

router = Router(tags=["content"])

Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Text = Annotated[str, Query(max_length=4000)]
SearchLimit = Annotated[int, Query(ge=1, le=50)]


@router.get("/tramites", response=schemas.TramiteList, summary="Public tramites")
def list_tramites(
    request: HttpRequest,
    locale: Locale = "es",
    entidad: str = "",
    tema: str = "",
    publico: Publico | None = None,
    q: Text = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Filters add up; with `q` the best named come first, otherwise by name."""
    found = public_tramites()
    if entidad:
        found = found.filter(oficinas=find_entidad(entidad))
    if tema:
        found = found.filter(temas__codigo=tema)
    if publico:
        found = found.filter(**{f"para_{publico}": True})
    if q:
        only = set(found.values_list("codigo", flat=True)) if entidad or tema or publico else None
        return _searched(find(q, locale, limit=None, only=only), locale, slice(offset, offset + limit))
    return {
        "count": found.count(),
        "results": [brief(tramite, locale) for tramite in found[offset : offset + limit]],
    }


def _searched(found: SearchPage, locale: Locale, shown: slice) -> dict[str, Any]:
    codes = [hit.codigo for hit in found.results]
    rows = {row.codigo: row for row in public_tramites().filter(codigo__in=codes[shown])}
    return {
        "count": len(codes),
        "results": [brief(rows[codigo], locale) for codigo in codes[shown] if codigo in rows],
    }


def brief(tramite: Tramite, locale: Locale) -> dict[str, Any]:
    assert tramite.version is not None  # public_tramites has none without
    described = answer(_published(tramite), Aspecto.DESCRIPCION, locale)
    text = next((block.texto for block in described.bloques if block.tipo == "parrafo"), "")
    return {**_head(tramite, locale), "resumen": text}


def _published(tramite: Tramite) -> Published:
    assert tramite.version is not None
    return Published(tramite, tramite.version, ficha_of(tramite.version))


def _head(tramite: Tramite, locale: Locale) -> dict[str, Any]:
    assert tramite.version is not None
    return {
        "codigo": tramite.codigo,
        "nombre": tramite.nombre_qu if locale == "qu" and tramite.nombre_qu else tramite.nombre,
        "entidad": tramite.entidad.codigo,
        "locale": locale,
        "nivel": tramite.nivel,
        "url": f"/{locale}/tramites/{tramite.codigo}/",
        "revision": tramite.version.numero,
        "actualizado_at": tramite.version.at,
    }


@router.get("/tramites/{codigo}", response=schemas.TramiteWhole, summary="One whole ficha")
def get_tramite(
    request: HttpRequest,
    codigo: str,
    locale: Locale = "es",
    en: date | None = None,
    revision: int | None = None,
) -> Any:
    """`en`: what is in force on that day; `revision`: what was shown then. JSON-LD by `Accept`."""
    found = _as_shown(codigo, revision)
    if LINKED_DATA in request.headers.get("Accept", ""):
        on = en or datetime.now(LIMA).date()
        return HttpResponse(linked_data(found, locale, on), content_type=LINKED_DATA)
    head = _head(found.tramite, locale)
    head |= {"revision": found.revision, "actualizado_at": found.version.at}
    return {
        **head,
        "hechos": _facts(found, en),
        "aspectos": [spoken(said) for said in answers(found, locale, en)],
        "faltantes": found.ficha.missing_aspects() if locale == "qu" else [],
    }


def _as_shown(codigo: str, revision: int | None) -> Published:
    """Raises TramiteNotFound, or RevisionNotFound where the tramite is public and only the revision is not."""
    try:
        return published(codigo, revision=revision)
    except TramiteNotFound as error:
        if revision is None:
            raise
        published(codigo)
        raise RevisionNotFound(str(error)) from error


def _facts(found: Published, on: date | None) -> dict[str, Any]:
    facts = found.ficha.hechos
    if on:
        in_force = {
            name: [row for row in getattr(facts, name) if row.in_force(on)] for name in ("costos", "plazos")
        }
        facts = facts.model_copy(update=in_force)
    return facts.model_dump(mode="json", exclude={"evidencia", "codigo"})


def spoken(said: Respuesta) -> dict[str, Any]:
    return {**said.as_dict(), "fuente": said.fuente or None, "fecha": said.fecha or None}


@router.get(
    "/tramites/{codigo}/aspectos/{aspecto}",
    response=schemas.AspectAnswer,
    summary="One aspect, as it is said",
)
def get_aspect(
    request: HttpRequest, codigo: str, aspecto: Aspecto, locale: Locale = "es", en: date | None = None
) -> dict[str, Any]:
    """200 for `sin_dato` too: that it is not known here is an answer."""
    return spoken(answer(published(codigo), aspecto, locale, en))


@router.get(
    "/tramites/{codigo}/revisiones", response=schemas.RevisionList, summary="Public history of a ficha"
)
def list_revisions(
    request: HttpRequest, codigo: str, limit: Limit = 50, offset: Offset = 0
) -> dict[str, Any]:
    versions = published(codigo).tramite.versions.all()
    return {
        "count": versions.count(),
        "results": [
            {"revision": v.numero, "at": v.at, "nota": v.nota, "norma": v.norma, "cambios": v.cambios}
            for v in versions[offset : offset + limit]
        ],
    }


@router.get("/search", response=schemas.SearchOut, summary="Find tramites by what people say")
def search(request: HttpRequest, q: Text, locale: Locale = "es", limit: SearchLimit = 10) -> Any:
    return find(q, locale, limit)


@router.get("/resolve", response=schemas.ResolutionOut, summary="Which tramite a question means")
def resolve(
    request: HttpRequest,
    q: Text,
    locale: Locale = "es",
    codigo: str = "",
    aspecto: str = "",
    limit: SearchLimit = 4,
) -> dict[str, Any]:
    """`codigo` is the ficha being talked of. What the assistant decides with; others may too."""
    found = decide(q, locale, codigo, limit)
    return {
        "decision": found.decision,
        "codigo": found.codigo,
        "candidates": found.candidates,
        "sede": found.sede,
        "sedes": [{"id": place.codigo, "nombre": place.nombre} for place in found.sedes],
    }


@router.get("/aspectos", response=schemas.AspectList, summary="The questions a ficha answers")
def list_aspects(request: HttpRequest) -> dict[str, Any]:
    rows = [
        {
            "aspecto": aspecto,
            "titulo": {locale: aspect_title(aspecto, locale) for locale in ("es", "qu")},
            "pregunta": {locale: aspect_question(aspecto, locale) for locale in ("es", "qu")},
        }
        for aspecto in Aspecto
    ]
    return {"count": len(rows), "results": rows}


@router.get(
    "/changes", response=schemas.ChangeList, summary="Feed of published, changed and withdrawn fichas"
)
def list_changes(request: HttpRequest, since: Offset = 0, limit: Limit = 100) -> dict[str, Any]:
    """Call again with `since` = the `next` of the answer before; `count` is how many there are after `since`."""
    later = Change.objects.filter(topic=TOPIC, id__gt=since)
    rows = list(later[:limit])
    return {
        "count": later.count(),
        "results": [
            {"cursor": row.pk, "codigo": row.key, "revision": row.revision, "tipo": row.kind, "at": row.at}
            for row in rows
        ],
        "next": rows[-1].pk if rows else since,
    }


@router.get("/lexicon", response=schemas.Lexicon, summary="Names in force, for those who read questions")
def get_lexicon(request: HttpRequest) -> Any:
    return JsonResponse(read_lexicon())
