"""Open data over HTTP: everything that is public, to take away."""

from collections.abc import AsyncIterator, Iterator
from enum import StrEnum
from typing import Annotated, Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from ninja import Query, Router

from cms.api import schemas
from cms.api.datasets import DATASETS
from cms.api.description import also_files
from cms.api.problems import UnknownFilter
from cms.api.writing import CONTENT_TYPES, Form, compressed, parts
from cms.connections import release_connection

router = Router(tags=["open data"])
Marked = Annotated[bool, Query(description="Begin with the mark by which Excel knows UTF-8.")]


class Table(StrEnum):
    TRAMITES = "tramites"
    ENTIDADES = "entidades"
    SEDES = "sedes"


@router.get("/export", response=schemas.ExportList, summary="Open data: what there is, with its columns")
def list_exports(request: HttpRequest) -> dict[str, Any]:
    """`licencia` is null while the institution has not named one."""
    rows = [
        {
            "nombre": dataset.name,
            "descripcion": dataset.said,
            "archivos": [f"/api/v1/export/{dataset.name}.{form}" for form in CONTENT_TYPES],
            "columnas": [{"nombre": name, "descripcion": said} for name, said in dataset.columns.items()],
            "licencia": None,
        }
        for dataset in DATASETS.values()
    ]
    return {"count": len(rows), "results": rows}


@router.get(
    "/export/{tabla}.jsonl",
    response=schemas.Whole,
    summary="Open data as JSON Lines",
    openapi_extra=also_files(CONTENT_TYPES["jsonl"]),
)
def export_jsonl(request: HttpRequest, tabla: Table) -> HttpResponseBase:
    """One object a line. Compressed where `Accept-Encoding` has gzip."""
    return _file(request, tabla, "jsonl")


@router.get(
    "/export/{tabla}.csv",
    response=schemas.Whole,
    summary="Open data as CSV",
    openapi_extra=also_files(CONTENT_TYPES["csv"]),
)
def export_csv(request: HttpRequest, tabla: Table, bom: Marked = False) -> HttpResponseBase:  # noqa: FBT002 by name
    """UTF-8, commas, a first line of names; `bom=true` for Excel. A cell a spreadsheet would run begins with '."""
    return _file(request, tabla, "csv", bom=bom)


def _file(request: HttpRequest, tabla: Table, form: Form, *, bom: bool = False) -> HttpResponseBase:
    """Raises UnknownFilter: whoever asks for a part and got all of it would take that for the part."""
    if unknown := sorted(set(request.GET) - {"bom", "locale"}):
        raise UnknownFilter(unknown[0])
    dataset = DATASETS[tabla]
    # Weak: the same content may be packed in other bytes.
    tag = f'W/"{dataset.tag()}{"-bom" if bom else ""}-{form}"'
    known = get_conditional_response(request, etag=tag)
    response = known if known is not None else _stream(request, parts(dataset, form, bom=bom))
    response["ETag"] = tag
    patch_vary_headers(response, ["Accept-Encoding"])
    if isinstance(response, StreamingHttpResponse):
        response["Content-Type"] = CONTENT_TYPES[form]
        response["Content-Disposition"] = f'attachment; filename="{tabla}.{form}"'
    return response


def takes_gzip(accepted: str) -> bool:
    """What `Accept-Encoding` says of gzip, by name or by `*`; a weight of nothing is a refusal (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.partition(";")
        _q, _, weight = rest.partition("=")
        try:
            weights[name.strip()] = float(weight) if weight.strip() else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _stream(request: HttpRequest, whole: Iterator[bytes]) -> StreamingHttpResponse:
    packed = takes_gzip(request.headers.get("Accept-Encoding", ""))
    content = compressed(whole) if packed else whole
    # Django reads a plain iterator to its end before an ASGI server gets any of it.
    response = StreamingHttpResponse(_told_later(content) if isinstance(request, ASGIRequest) else content)
    if packed:
        response["Content-Encoding"] = "gzip"
    return response


async def _told_later(content: Iterator[bytes]) -> AsyncIterator[bytes]:
    while part := await sync_to_async(_next)(content):
        yield part


def _next(content: Iterator[bytes]) -> bytes:
    """The next part, empty at the end; however slowly the reader takes it, no connection waits with it."""
    try:
        return next(content, b"")
    finally:
        release_connection()
