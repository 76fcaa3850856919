"""The shapes of the content API. Other ministries' programs count on them: see the contract in docs/."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, Field

from cms.directory.hours import LIMA
from cms.tramites.schema import Aspecto, Confianza, Locale

ChangeKind = Literal["published", "changed", "withdrawn"]
# Moments leave the house with Lima's offset.
Moment = Annotated[datetime, AfterValidator(lambda at: at.astimezone(LIMA))]


class WrongField(Schema):
    where: str
    what: str


class Instead(Schema):
    codigo: str
    nombre: str
    url: str


class Problem(Schema):
    """RFC 9457, in the language asked for; the members after `detail` are there where they apply."""

    type: str
    status: int
    title: str
    detail: str = ""
    errors: list[WrongField] = []
    retirado: bool = Field(default=False, description="A ficha that was public and is not any more.")
    codigo: str = ""
    nombre: str = ""
    retirado_at: datetime | None = None
    motivo: str | None = None
    reemplazo: Instead | None = Field(None, description="The public ficha that stands in its place.")


class TramiteBrief(Schema):
    codigo: str
    nombre: str
    resumen: str
    entidad: str
    locale: Locale
    nivel: str
    url: str
    revision: int
    actualizado_at: Moment


class TramiteList(Schema):
    count: int
    results: list[TramiteBrief]


class Block(Schema):
    tipo: str
    texto: str = ""
    items: list[str] = []
    destacado: str = ""
    url: str = ""
    idioma: str = Field("", description="Language of the text where it is not the one asked for.")
    idiomas: list[str] = []


class AspectAnswer(Schema):
    codigo: str
    aspecto: Aspecto
    locale: Locale
    texto: str
    bloques: list[Block]
    confianza: Confianza
    url: str
    revision: int
    fuente: str | None
    fecha: str | None
    actualizado_at: Moment


class Note(Schema):
    """What the newest noted change did, in the words of who published it."""

    revision: int
    at: Moment
    nota: str
    norma: str


class FichaOut(Schema):
    codigo: str
    nombre: str
    entidad: str
    locale: Locale
    nivel: str
    url: str
    revision: int
    actualizado_at: Moment
    hechos: dict[str, Any]
    aspectos: list[AspectAnswer]
    faltantes: list[Aspecto]


class Withdrawn(Schema):
    at: Moment | None
    motivo: str | None
    reemplazo: Instead | None = Field(description="The public ficha that stands in its place.")


class TramiteWhole(FichaOut):
    cambio: Note | None
    retirado: Withdrawn | None = Field(
        description="With `en`, of a day before it was withdrawn: since when it is not public, and why."
    )


class DraftOut(FichaOut):
    borrador: Literal[True]
    expira_at: Moment


class Revision(Schema):
    revision: int = Field(description="For a withdrawal, the version that was public until then.")
    tipo: ChangeKind
    at: Moment
    nota: str
    norma: str
    cambios: list[str] = Field(description="The facts and words that differ from the version before.")
    aspectos: list[Aspecto] = Field(description="The aspects those belong to.")
    reemplazo: str | None = Field(description="For a withdrawal, the codigo named in its place.")


class RevisionList(Schema):
    count: int
    results: list[Revision]


class HitOut(Schema):
    codigo: str
    nombre: str
    entidad: str
    score: float


class SearchOut(Schema):
    results: list[HitOut]
    sugerencias: list[str]


class EntidadOut(Schema):
    id: str
    nombre: str
    sigla: str | None
    tipo: str
    nivel: str
    tramites: int = Field(description="Public tramites it offers, as `GET tramites?entidad=` lists them.")
    confirmado: str | None = Field(description="When what is said of it was last confirmed.")
    fuente: str | None
    url: str


class EntidadList(Schema):
    count: int
    results: list[EntidadOut]


class TramoOut(Schema):
    dias: list[int]
    en_feriados: bool
    abre: str
    cierra: str


class SedeOut(Schema):
    id: str
    nombre: str
    tipos: list[str]
    modalidad: str
    estado: str
    region: str | None
    distrito: str | None
    direccion: str | None
    horario: list[TramoOut] | None
    abierto_ahora: bool | None
    confirmado: str | None
    fuente: str | None
    url: str


class SedeList(Schema):
    count: int
    results: list[SedeOut]


class AspectOut(Schema):
    aspecto: Aspecto
    titulo: dict[Locale, str]
    pregunta: dict[Locale, str]


class AspectList(Schema):
    count: int
    results: list[AspectOut]


class ChangeOut(Schema):
    cursor: int
    codigo: str
    revision: int
    tipo: ChangeKind
    at: Moment


class ChangeList(Schema):
    count: int
    results: list[ChangeOut]
    next: int


class LexiconEntry(Schema):
    codigo: str
    names: dict[Locale, list[str]]


class NamedPlace(Schema):
    id: str
    names: list[str]


class Lexicon(Schema):
    revision: int
    entries: list[LexiconEntry]
    sedes: list[NamedPlace]
    entidades: list[NamedPlace]


class PlaceOut(Schema):
    id: str
    nombre: str


class ResolutionOut(Schema):
    decision: Literal["sure", "context", "which", "none"]
    codigo: str | None
    candidates: list[HitOut]
    sede: str | None
    sedes: list[PlaceOut]
    confidence: float  # 0 to 1: how likely the first ficha of `sure` or `which` is the one meant


class Column(Schema):
    nombre: str
    descripcion: str


class ExportOut(Schema):
    nombre: str
    descripcion: str
    archivos: list[str]
    columnas: list[Column]
    licencia: str | None


class ExportList(Schema):
    count: int
    results: list[ExportOut]


class Whole(Schema):
    """Stands for a file in the description of the API; what is answered is the file itself."""
