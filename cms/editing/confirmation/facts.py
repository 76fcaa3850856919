"""A ficha taken apart into facts a person of the entity can confirm or correct one by one.

Each fact is shown as it is published, and names the kind of answer a correction of it needs. `sello` changes when
what is shown changes: an answer holds only for the fact it was given about.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils import translation

from cms.tramites.labels import aspect_title
from cms.tramites.schema import Aspecto, Calificacion, Canal, Contacto, Evidencia, Ficha, Norma
from cms.tramites.telling import TELLERS, Voice
from cms.ui.blocks import Bloque, plain
from lenguas import dates


class Entrada(StrEnum):
    """What a correction consists of."""

    TEXTO = "texto"
    LINEAS = "lineas"
    COSTO = "costo"
    PLAZO = "plazo"
    CITA = "cita"
    VIGENCIA = "vigencia"
    CALIFICACION = "calificacion"
    RECURSO = "recurso"


@dataclass(frozen=True, slots=True)
class Hecho:
    """One fact as published. `claves` name the rows of a list, in the order of `lineas`."""

    id: str
    aspecto: Aspecto
    titulo: str
    lineas: tuple[str, ...]
    entrada: Entrada
    evidencia: Evidencia
    # Nothing is claimed (a blank, or said to be unconfirmed): it can be filled in, not confirmed.
    vacio: bool = False
    claves: tuple[str, ...] = ()

    @property
    def texto(self) -> str:
        return "\n".join(self.lineas)

    @property
    def sello(self) -> str:
        shown = "\x1f".join([self.id, *self.claves, *self.lineas])
        return hashlib.sha256(shown.encode()).hexdigest()[:16]


Part = Callable[[Voice], Iterator[Hecho]]


def facts_of(ficha: Ficha, on: date) -> list[Hecho]:
    """Every fact of `ficha` in page order, of what is in force on the day `on` or later; blanks are among them."""
    with translation.override("es"):
        voice = Voice(ficha, "es", on)
        return [fact for aspecto in Aspecto for fact in _of_aspect(voice, aspecto)]


def _of_aspect(voice: Voice, aspecto: Aspecto) -> Iterator[Hecho]:
    found = list(_PARTS.get(aspecto, _nothing)(voice))
    if aspecto in voice.ficha.es and aspecto not in {fact.id for fact in found}:
        found.append(_prose(voice, aspecto))
    if not found:
        found.append(_blank(voice, aspecto))
    yield from found
    doubt = voice.ficha.es.get(f"duda.{aspecto}")
    if doubt:
        yield _fact(voice, f"duda.{aspecto}", aspecto, [doubt], Entrada.TEXTO, titulo="Aviso que mostramos")


def _fact(
    voice: Voice, ident: str, aspecto: Aspecto, lines: Iterable[str], entrada: Entrada, **more: Any
) -> Hecho:
    """`more`: `titulo` where it is not the aspect's own, `vacio`, `claves`."""
    titulo = more.pop("titulo", "") or aspect_title(aspecto, "es")
    return Hecho(
        ident, aspecto, titulo, tuple(lines), entrada, voice.ficha.hechos.evidence_of(aspecto), **more
    )


def _nothing(voice: Voice) -> Iterator[Hecho]:
    yield from ()


def _prose(voice: Voice, aspecto: Aspecto) -> Hecho:
    return _fact(voice, str(aspecto), aspecto, [voice.ficha.es[aspecto]], Entrada.TEXTO)


# What may be filled in where nothing is known; a row that is not there yet is called `nuevo`.
_BLANKS: dict[Aspecto, tuple[str, Entrada]] = {
    Aspecto.REQUISITOS: ("requisitos.lista", Entrada.LINEAS),
    Aspecto.COSTO: ("costos.nuevo", Entrada.COSTO),
    Aspecto.PLAZO: ("plazos.nuevo", Entrada.PLAZO),
    Aspecto.PASOS: ("pasos.lista", Entrada.LINEAS),
    Aspecto.CITA: ("cita.dato", Entrada.CITA),
    Aspecto.VIGENCIA: ("vigencia.dato", Entrada.VIGENCIA),
    Aspecto.CALIFICACION: ("calificacion.dato", Entrada.CALIFICACION),
    Aspecto.RECURSOS: ("recursos.nuevo", Entrada.RECURSO),
    Aspecto.BASE_LEGAL: ("base_legal.lista", Entrada.LINEAS),
    Aspecto.FORMULARIOS: ("formularios.lista", Entrada.LINEAS),
    Aspecto.CONTACTO: ("contactos.lista", Entrada.LINEAS),
}


def _blank(voice: Voice, aspecto: Aspecto) -> Hecho:
    ident, entrada = _BLANKS.get(aspecto, (str(aspecto), Entrada.TEXTO))
    return _fact(voice, ident, aspecto, [], entrada, vacio=True)


def _worded_rows(rows: str, aspecto: Aspecto) -> Part:
    def part(voice: Voice) -> Iterator[Hecho]:
        keys = [row.clave for row in getattr(voice.ficha.hechos, rows)]
        if keys:
            lines = [voice.ficha.es.get(f"{rows}.{key}", "") for key in keys]
            yield _fact(voice, f"{rows}.lista", aspecto, lines, Entrada.LINEAS, claves=tuple(keys))

    return part


def _channels(voice: Voice) -> Iterator[Hecho]:
    rows = voice.ficha.hechos.canales
    if rows:
        lines = [channel_line(voice.ficha, row) for row in rows]
        keys = tuple(row.clave for row in rows)
        yield _fact(voice, "canales.lista", Aspecto.CANALES, lines, Entrada.LINEAS, claves=keys)


def channel_line(ficha: Ficha, row: Canal) -> str:
    """The sentence of a channel; one that has none is told by its way alone."""
    with translation.override("es"):
        return _told(Voice(ficha, "es", date.max), Aspecto.CANALES, canales=[row])[0].texto


def _told(voice: Voice, aspecto: Aspecto, **facts: object) -> list[Bloque]:
    """What the page says of `aspecto` were these its only facts, without its prose, which is a fact of its own."""
    words = {key: text for key, text in voice.ficha.es.items() if key != aspecto}
    alone = voice.ficha.hechos.model_copy(update=facts)
    return TELLERS[aspecto](
        Voice(voice.ficha.model_copy(update={"hechos": alone, "es": words}), "es", voice.on)
    )


def _plain_rows(rows: str, aspecto: Aspecto) -> Part:
    """Rows without a key of their own: they are named by their place."""

    def part(voice: Voice) -> Iterator[Hecho]:
        found = getattr(voice.ficha.hechos, rows)
        if found:
            lines = [row_line(row) for row in found]
            keys = tuple(str(number) for number in range(len(found)))
            yield _fact(voice, f"{rows}.lista", aspecto, lines, Entrada.LINEAS, claves=keys)

    return part


def row_line(row: object) -> str:
    """A norm, a contact or a form in one line."""
    if isinstance(row, Norma):
        return ", ".join(part for part in (row.norma, row.articulo, row.titulo) if part)
    if isinstance(row, Contacto):
        return f"{row.valor} {row.anexo}".strip()
    return str(getattr(row, "nombre", row))


def _dated(rows: str, aspecto: Aspecto, entrada: Entrada) -> Part:
    """One fact per fee or term, those that are still to come among them; what is over is not asked about."""

    def part(voice: Voice) -> Iterator[Hecho]:
        for row in getattr(voice.ficha.hechos, rows):
            if row.hasta and row.hasta < voice.on:
                continue
            block = _told(voice, aspecto, **{rows: [row.model_copy(update={"desde": None, "hasta": None})]})[
                0
            ]
            lines = [block.texto if block.destacado in block.texto else f"{block.destacado}: {block.texto}"]
            if row.desde or row.hasta:
                lines.append(_period(row.desde, row.hasta))
            title = f"{aspect_title(aspecto, 'es')}: {block.destacado}"
            more = {"titulo": title, "vacio": row.por_confirmar}
            yield _fact(voice, f"{rows}.{row.clave}", aspecto, lines, entrada, **more)

    return part


def _period(start: date | None, end: date | None) -> str:
    said = [
        f"desde el {dates.date_text(start, 'es')}" if start else "",
        f"hasta el {dates.date_text(end, 'es')}" if end else "",
    ]
    return f"Vigente {' '.join(part for part in said if part)}."


def _single(aspecto: Aspecto, entrada: Entrada, says: Callable[[Ficha], bool]) -> Part:
    """An aspect with one fact beside its prose, where the ficha says anything of it."""

    def part(voice: Voice) -> Iterator[Hecho]:
        if says(voice.ficha):
            lines = plain(tuple(_told(voice, aspecto))).splitlines()
            yield _fact(voice, f"{aspecto}.dato", aspecto, lines, entrada)

    return part


def _says_appointment(ficha: Ficha) -> bool:
    cita = ficha.hechos.cita
    return cita.requerida is not None or bool(cita.url or cita.telefono)


def _says_validity(ficha: Ficha) -> bool:
    fact = ficha.hechos.vigencia
    return bool(fact and (fact.valor or fact.indefinida))


def _says_approval(ficha: Ficha) -> bool:
    return ficha.hechos.calificacion is not Calificacion.POR_CONFIRMAR


def _appeals(voice: Voice) -> Iterator[Hecho]:
    for number, row in enumerate(voice.ficha.hechos.recursos):
        lines = list(_told(voice, Aspecto.RECURSOS, recursos=[row])[0].items)
        title = "Reconsideración" if row.tipo == "reconsideracion" else "Apelación"
        yield _fact(voice, f"recursos.{number}", Aspecto.RECURSOS, lines, Entrada.RECURSO, titulo=title)


_PARTS: dict[Aspecto, Part] = {
    Aspecto.REQUISITOS: _worded_rows("requisitos", Aspecto.REQUISITOS),
    Aspecto.COSTO: _dated("costos", Aspecto.COSTO, Entrada.COSTO),
    Aspecto.PLAZO: _dated("plazos", Aspecto.PLAZO, Entrada.PLAZO),
    Aspecto.PASOS: _worded_rows("pasos", Aspecto.PASOS),
    Aspecto.CANALES: _channels,
    Aspecto.CITA: _single(Aspecto.CITA, Entrada.CITA, _says_appointment),
    Aspecto.VIGENCIA: _single(Aspecto.VIGENCIA, Entrada.VIGENCIA, _says_validity),
    Aspecto.CALIFICACION: _single(Aspecto.CALIFICACION, Entrada.CALIFICACION, _says_approval),
    Aspecto.RECURSOS: _appeals,
    Aspecto.BASE_LEGAL: _plain_rows("base_legal", Aspecto.BASE_LEGAL),
    Aspecto.FORMULARIOS: _plain_rows("formularios", Aspecto.FORMULARIOS),
    Aspecto.CONTACTO: _plain_rows("contactos", Aspecto.CONTACTO),
}
