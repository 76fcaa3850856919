"""Fichas over HTTP: lists, the whole ficha, one aspect, its history, search, changes, lexicon."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from cms.api import schemas
from cms.api.description import also_linked_data, problems
from cms.api.linked_data import CONTENT_TYPE as LINKED_DATA
from cms.api.linked_data import linked_data
from cms.api.problems import RevisionNotFound, UnknownTopic, instead
from cms.directory.hours import LIMA
from cms.directory.models import Tema
from cms.directory.queries import entidad as find_entidad
from cms.publishing.models import Change
from cms.search.lexicon import lexicon as read_lexicon
from cms.search.queries import SearchPage
from cms.search.queries import search as find
from cms.search.resolving import Offered
from cms.search.resolving import resolve as decide
from cms.tramites.answers import answer, answers
from cms.tramites.earlier import published_on
from cms.tramites.labels import aspect_question, aspect_title
from cms.tramites.models import Tramite, Version
from cms.tramites.queries import (
    TOPIC,
    HistoryEntry,
    Published,
    TramiteNotFound,
    TramiteWithdrawn,
    aspects_of,
    ficha_of,
    history,
    last_note,
    public_tramites,
    published,
    shown_in,
)
from cms.tramites.schema import Aspecto, Locale, Publico
from cms.ui.blocks import Respuesta

router = Router(tags=["content"])

MOST = 2**31 - 1
MOST_CODIGOS = 10
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=MOST)]
Text = Annotated[str, Query(max_length=4000)]


def _written_as_a_day(value: Any) -> Any:
    """Only YYYY-MM-DD: pydantic would take a number for seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("date_parsing", "YYYY-MM-DD")
    return value


Day = Annotated[
    Annotated[date, BeforeValidator(_written_as_a_day)] | None,
    Query(description="What is in force on this day; today in Lima where not given."),
]
RevisionNumber = Annotated[int | None, Query(ge=1, le=MOST)]
SearchLimit = Annotated[int, Query(ge=1, le=50)]


@router.get(
    "/tramites",
    response=schemas.TramiteList,
    summary="Public tramites",
    openapi_extra=problems(404),
)
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
        if not Tema.objects.filter(codigo=tema).exists():
            raise UnknownTopic(tema)
        found = found.filter(temas__codigo=tema)
    if publico:
        found = found.filter(**{f"para_{publico}": True})
    if q:
        only = set(found.values_list("codigo", flat=True)) if entidad or tema or publico else None
        return _searched(find(q, locale, limit=None, only=only), locale, slice(offset, offset + limit))
    rows = shown_in(found, slice(offset, offset + limit))
    return {"count": found.count(), "results": [brief(tramite, locale) for tramite in rows]}


def _searched(found: SearchPage, locale: Locale, shown: slice) -> dict[str, Any]:
    codes = [hit.codigo for hit in found.results]
    rows = {row.codigo: row for row in public_tramites().filter(codigo__in=codes[shown])}
    return {
        "count": len(codes),
        "results": [brief(rows[codigo], locale) for codigo in codes[shown] if codigo in rows],
    }


def brief(tramite: Tramite, locale: Locale) -> dict[str, Any]:
    assert tramite.version is not None  # public_tramites has none without
    found = Published(tramite, tramite.version, ficha_of(tramite.version))
    described = answer(found, Aspecto.DESCRIPCION, locale)
    text = next((block.texto for block in described.bloques if block.tipo == "parrafo"), "")
    return {**_head(found, locale), "resumen": text}


def _head(found: Published, locale: Locale) -> dict[str, Any]:
    """Read from the version, not from the columns that repeat the current one's: an old version keeps its name."""
    return {
        "codigo": found.codigo,
        "nombre": found.ficha.name(locale),
        "entidad": found.ficha.hechos.entidad,
        "locale": locale,
        "nivel": found.ficha.hechos.nivel,
        "url": f"/{locale}/tramites/{found.codigo}/",
        "revision": found.revision,
        "actualizado_at": found.version.at,
    }


@router.get(
    "/tramites/{codigo}",
    response=schemas.TramiteWhole,
    summary="One whole ficha",
    openapi_extra=also_linked_data(),
)
def get_tramite(
    request: HttpRequest,
    codigo: str,
    locale: Locale = "es",
    en: Day = None,
    revision: RevisionNumber = None,
) -> Any:
    """`en`: what is in force on that day by what the version knows; `revision`: what was shown then. Together:
    what was in force on that day by what was known then. JSON-LD by `Accept`.
    """
    found = _as_shown(codigo, revision, en)
    if request.get_preferred_type(["application/json", LINKED_DATA]) == LINKED_DATA:
        on = en or datetime.now(LIMA).date()
        return HttpResponse(linked_data(found, locale, on), content_type=LINKED_DATA)
    return {
        **whole(found, locale, en),
        "cambio": _noted(last_note(found)),
        "retirado": _withdrawn(found, locale),
    }


def _withdrawn(found: Published, locale: Locale) -> dict[str, Any] | None:
    """Of a ficha told of a day before it was withdrawn: what its address says of it today."""
    gone = found.retiro
    if gone is None:
        return None
    return {
        "at": gone.at,
        "motivo": gone.motivo or None,
        "reemplazo": instead(gone.reemplazo, locale) if gone.reemplazo else None,
    }


def whole(found: Published, locale: Locale, on: date | None) -> dict[str, Any]:
    """A ficha as the API shows it, public or draft."""
    return {
        **_head(found, locale),
        "hechos": _facts(found, on),
        "aspectos": [spoken(said) for said in answers(found, locale, on)],
        "faltantes": found.ficha.missing_aspects() if locale == "qu" else [],
    }


def _noted(version: Version | None) -> dict[str, Any] | None:
    if version is None:
        return None
    return {"revision": version.numero, "at": version.at, "nota": version.nota, "norma": version.norma}


def _as_shown(codigo: str, revision: int | None, on: date | None) -> Published:
    """Raises TramiteNotFound, or RevisionNotFound where the tramite is public and only the revision is not."""
    try:
        return published_on(codigo, on, revision=revision)
    except TramiteNotFound as error:
        if revision is None or isinstance(error, TramiteWithdrawn):
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
    request: HttpRequest,
    codigo: str,
    aspecto: Aspecto,
    locale: Locale = "es",
    en: Day = None,
    revision: RevisionNumber = None,
) -> dict[str, Any]:
    """200 for `sin_dato` too: that it is not known here is an answer. `en` and `revision` as for the whole ficha."""
    return spoken(answer(_as_shown(codigo, revision, en), aspecto, locale, en))


@router.get(
    "/tramites/{codigo}/revisiones", response=schemas.RevisionList, summary="Public history of a ficha"
)
def list_revisions(
    request: HttpRequest, codigo: str, limit: Limit = 50, offset: Offset = 0
) -> dict[str, Any]:
    """The newest first: every version, every withdrawal and every return, with what changed and by which norm."""
    rows = history(published(codigo).tramite)
    return {"count": len(rows), "results": [_history_entry(row) for row in rows[offset : offset + limit]]}


def _history_entry(row: HistoryEntry) -> dict[str, Any]:
    return {
        "revision": row.revision,
        "tipo": row.tipo,
        "at": row.at,
        "nota": row.nota,
        "norma": row.norma,
        "cambios": row.cambios,
        "aspectos": aspects_of(row.cambios),
        "reemplazo": row.reemplazo or None,
    }


@router.get("/search", response=schemas.SearchOut, summary="Find tramites by what people say")
def search(request: HttpRequest, q: Text, locale: Locale = "es", limit: SearchLimit = 10) -> Any:
    return find(q, locale, limit)


def _codigos(listed: str) -> list[str]:
    """The codigos of a list with commas between, as many as one message can have to do with."""
    return [codigo.strip() for codigo in listed.split(",") if codigo.strip()][:MOST_CODIGOS]


@router.get("/resolve", response=schemas.ResolutionOut, summary="Which tramite a question means")
def resolve(
    request: HttpRequest,
    q: Text,
    locale: Locale = "es",
    codigo: str = "",
    aspecto: str = "",
    told: Text = "",
    offered: Text = "",
    before: Text = "",
    limit: SearchLimit = 4,
) -> dict[str, Any]:
    """`codigo` is the ficha being talked of, `told` those answered about before, the newest first, `offered` those to
    choose from just now (codigos with commas between), and `before` the message they were offered for.

    What the assistant decides with; others may too.
    """
    choices = Offered(_codigos(offered), before) if offered else None
    found = decide(q, locale, codigo, limit, told=_codigos(told), offered=choices)
    return {
        "decision": found.decision,
        "codigo": found.codigo,
        "candidates": found.candidates,
        "sede": found.sede,
        "sedes": [{"id": place.codigo, "nombre": place.nombre} for place in found.sedes],
        "confidence": found.confidence,
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
    found = read_lexicon()
    return HttpResponse(found.body, content_type="application/json", headers={"ETag": found.etag})
