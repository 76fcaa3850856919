"""Notices in force over HTTP, for programs and for the assistant."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AfterValidator, Field

from cms.directory.hours import LIMA
from cms.notices.models import Tipo
from cms.notices.queries import Told, concerning, told, touched_by
from cms.tramites.schema import Locale

router = Router(tags=["notices"])

Moment = Annotated[datetime, AfterValidator(lambda at: at.astimezone(LIMA))]


class NoticeOut(Schema):
    id: int
    tipo: Tipo
    severidad: Literal["urgente", "importante", "informa"]
    titulo: str
    texto: str
    locale: Locale
    idioma: str = Field(
        description="Language of the words where it is not the one asked for; empty otherwise."
    )
    desde: Moment
    hasta: Moment = Field(description="From this moment on it is said nowhere.")
    cierra_desde: Moment | None = Field(
        description="Since when its places are closed; null where it says of none that it is."
    )
    cierra_hasta: Moment | None
    regiones: list[str]
    entidades: list[str]
    sedes: list[str]
    tramites: list[str]
    fuente: str
    fuente_fecha: date
    fuente_url: str | None


class NoticeList(Schema):
    count: int
    results: list[NoticeOut]


@router.get("/notices", response=NoticeList, summary="Notices in force now, the most severe first")
def list_notices(
    request: HttpRequest, locale: Locale = "es", codigo: str = "", sede: str = "", region: str = ""
) -> dict[str, Any]:
    """With a tramite, a place or a region: those that concern it, and those that concern everybody.

    A notice without regions, entities, places and tramites concerns everybody.
    """
    asked = codigo or sede or region
    touched = touched_by(codigo=codigo, sede_id=sede, region=region) if asked else None
    found = told(concerning(touched), locale)
    return {"count": len(found), "results": [_notice(one, locale) for one in found]}


def _notice(one: Told, locale: str) -> dict[str, Any]:
    aviso = one.aviso
    closes = aviso.tipo == Tipo.CENTRO_CERRADO
    return {
        "id": aviso.pk,
        "tipo": aviso.tipo,
        "severidad": one.severidad,
        "titulo": one.titulo,
        "texto": one.texto,
        "locale": locale,
        "idioma": one.idioma,
        "desde": aviso.desde,
        "hasta": aviso.hasta,
        "cierra_desde": aviso.closed_from if closes else None,
        "cierra_hasta": aviso.closed_until if closes else None,
        "regiones": aviso.regiones,
        "entidades": [row.codigo for row in aviso.entidades.all()],
        "sedes": [row.codigo for row in aviso.sedes.all()],
        "tramites": [row.codigo for row in aviso.tramites.all()],
        "fuente": aviso.fuente,
        "fuente_fecha": aviso.fuente_fecha,
        "fuente_url": aviso.fuente_url or None,
    }
