"""A ficha at one glance: the figures people look for first, each as the ficha tells it, and the one thing to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.tramites.schema import Aspecto, Costo, Ficha, Hechos, Plazo, Via
from cms.ui.blocks import Bloque

MOST_LINES = 3
# What a row says when it holds for everybody. Any other sentence may name a case, a channel or a step: it is shown whole.
FOR_EVERYBODY = {
    "",
    "Demora {plazo}.",
    "Es gratis.",
    "La tasa es {monto}, con el código {codigo_pago}.",
    "La tasa es {monto}.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is told, the figure (where the sentence holds it) apart, so that it never stands alone."""

    antes: str
    figura: str
    despues: str
    idioma: str = ""
    codigo_pago: str = ""

    @property
    def texto(self) -> str:
        return f"{self.antes}{self.figura}{self.despues}"

    @property
    def around_code(self) -> tuple[str, str, str]:
        """What follows the figure, with the payment code apart; the code is empty where the sentence leaves it out."""
        if not self.codigo_pago:
            return self.despues, "", ""
        return self.despues.partition(self.codigo_pago)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is asked, the lines that answer it, and what the ficha adds or doubts; no lines where they are too many."""

    aspecto: str
    titulo: str
    lines: tuple[Line, ...]
    notas: tuple[Bloque, ...]
    por_confirmar: bool

    @property
    def told(self) -> bool:
        """Whether sentences are read, not one figure alone."""
        return len(self.lines) != 1 or self.lines[0].texto != self.lines[0].figura


@dataclass(frozen=True, slots=True)
class Step:
    """The button of the ficha: it leads to the entity's own page."""

    titulo: str
    url: str


def lines(ficha: Ficha, rows: Sequence[Costo | Plazo], blocks: Sequence[Bloque]) -> tuple[Line, ...]:
    """A line for each of `rows`, which `blocks` tell in that order; a bare figure only where it holds for everybody."""
    told = [block for block in blocks if block.tipo == "monto"]
    if len(told) == len(blocks) == 1 and _holds_for_everybody(ficha, rows[0]):
        code = rows[0].codigo_pago if isinstance(rows[0], Costo) else ""
        return (Line("", told[0].destacado, "", codigo_pago=code),)
    return tuple(_labelled(ficha, row, block) for row, block in zip(rows, told, strict=True))


def whole_lines(rows: Sequence[Costo | Plazo], blocks: Sequence[Bloque]) -> tuple[Line, ...]:
    """A line for each of `rows`, in the words of the ficha and nothing else."""
    told = [block for block in blocks if block.tipo == "monto"]
    return tuple(_line(block.texto, row, block) for row, block in zip(rows, told, strict=True))


def at_a_glance(
    ficha: Ficha, rows: Sequence[Costo | Plazo], blocks: Sequence[Bloque], *, titulo: str, doubtful: bool
) -> Fact | None:
    """None where no row answers; the section then says what is known."""
    if not rows or not any(block.tipo == "monto" for block in blocks):
        return None
    found = lines(ficha, rows, blocks)
    few = found if len(found) <= MOST_LINES else ()
    return Fact(
        aspecto=Aspecto.COSTO if isinstance(rows[0], Costo) else Aspecto.PLAZO,
        titulo=titulo,
        lines=few,
        notas=tuple(block for block in blocks if few and block.tipo != "monto"),
        # One amount nobody knows does not make the others sure; where none is known, each line says so itself.
        por_confirmar=bool(few) and doubtful and not all(row.por_confirmar for row in rows),
    )


def _holds_for_everybody(ficha: Ficha, row: Costo | Plazo) -> bool:
    return not row.por_confirmar and not _via(row) and _spanish(ficha, row) in FOR_EVERYBODY


def _labelled(ficha: Ficha, row: Costo | Plazo, block: Bloque) -> Line:
    """With the channel before it where the row is one channel's and its words do not say so."""
    via = _via(row)
    named = via and _spanish(ficha, row) in FOR_EVERYBODY - {""}
    return _line(f"{_way(via)}: {block.texto}" if via and named else block.texto, row, block)


def _line(text: str, row: Costo | Plazo, block: Bloque) -> Line:
    code = row.codigo_pago if isinstance(row, Costo) else ""
    before, figure, after = text.partition(block.destacado)
    return Line(before, figure, after, block.idioma, code)


def _spanish(ficha: Ficha, row: Costo | Plazo) -> str:
    rows = "costos" if isinstance(row, Costo) else "plazos"
    return " ".join(ficha.es.get(f"{rows}.{row.clave}", "").split())


def _via(row: Costo | Plazo) -> Via | None:
    return row.via if isinstance(row, Costo) else None


def _way(via: Via) -> str:
    return {
        Via.PRESENCIAL: _("En persona"),
        Via.EN_LINEA: _("Por internet"),
        Via.TELEFONO: _("Por teléfono"),
        Via.APP: _("Con una aplicación"),
    }[via]


def ways(hechos: Hechos) -> tuple[str, ...]:
    """The ways of reaching the entity that the ficha names, each once."""
    return tuple(dict.fromkeys(_way(row.via) for row in hechos.canales))


def next_step(hechos: Hechos) -> Step | None:
    """The address where the entity does it, or gives the appointment; none where the ficha knows none."""
    online = next((row.url for row in hechos.canales if row.via is Via.EN_LINEA and row.url), "")
    if online:
        return Step(_("Hazlo por internet"), online)
    return Step(_("Saca tu cita"), hechos.cita.url) if hechos.cita.url else None
