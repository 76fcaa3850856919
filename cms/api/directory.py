"""Entities and places over HTTP. What is not known is null."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from cms.api import schemas
from cms.api.content import Limit, Offset
from cms.directory.hours import holidays_ahead, is_open
from cms.directory.models import Entidad, Sede
from cms.directory.queries import entidad, entidades, origin, sede, sedes
from cms.notices.queries import said_to_be_closed

router = Router(tags=["directory"])


@router.get("/entidades", response=schemas.EntidadList, summary="Entities of the network")
def list_entidades(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    rows = entidades()
    return {"count": len(rows), "results": [_entidad(row) for row in rows[offset : offset + limit]]}


@router.get("/entidades/{id}", response=schemas.EntidadOut, summary="One entity, whatever the case of its id")
def get_entidad(request: HttpRequest, id: str) -> dict[str, Any]:
    return _entidad(entidad(id))


def _entidad(row: Entidad) -> dict[str, Any]:
    told = origin(row)
    return {
        "id": row.codigo,
        "nombre": row.nombre,
        "sigla": row.sigla or None,
        "tipo": row.tipo,
        "nivel": row.nivel,
        "tramites": getattr(row, "total", 0),
        "confirmado": told.confirmado if told else None,
        "fuente": told.fuente if told else None,
        "url": f"/es/entidades/{row.codigo}/",
    }


@router.get("/sedes", response=schemas.SedeList, summary="Centros MAC and MAC Express")
def list_sedes(
    request: HttpRequest,
    tipo: Literal["centro", "express"] | None = None,
    region: str = "",
    limit: Limit = 200,
    offset: Offset = 0,
) -> dict[str, Any]:
    """A centre that also is a MAC Express is in both lists; `region` in any case, with or without accents."""
    rows, now = sedes(tipo=tipo or "", region=region), timezone.now()
    holidays, closed = holidays_ahead(now), said_to_be_closed(now)
    return {
        "count": len(rows),
        "results": [_sede(row, now, holidays, closed) for row in rows[offset : offset + limit]],
    }


@router.get("/sedes/{id}", response=schemas.SedeOut, summary="One place")
def get_sede(request: HttpRequest, id: str) -> dict[str, Any]:
    now = timezone.now()
    return _sede(sede(id), now, holidays_ahead(now), said_to_be_closed(now))


def _sede(row: Sede, now: datetime, holidays: set[date], closed: frozenset[str]) -> dict[str, Any]:
    hours = [
        {
            "dias": tramo.dias,
            "en_feriados": tramo.en_feriados,
            "abre": f"{tramo.abre:%H:%M}",
            "cierra": f"{tramo.cierra:%H:%M}",
        }
        for tramo in row.horario.all()
    ]
    return {
        "id": row.codigo,
        "nombre": row.nombre,
        "tipos": row.tipos,
        "modalidad": row.modalidad,
        "estado": row.estado,
        "region": row.region,
        "distrito": row.distrito,
        "direccion": row.direccion,
        "horario": hours if row.horario_conocido else None,
        "abierto_ahora": False if row.codigo in closed else is_open(row, now, holidays),
        "confirmado": row.confirmado or None,
        "fuente": row.fuente or None,
        "url": f"/es/sedes/{row.codigo}/",
    }
