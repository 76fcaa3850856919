"""What is said, ready to be shown as HTML, spoken, or sent as plain text. Views differ; the blocks do not."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

BlockKind = Literal["parrafo", "lista", "monto", "aviso", "enlace", "nota"]


@dataclass(frozen=True, slots=True)
class Bloque:
    """One piece of an answer.

    `parrafo` prose · `lista` has `items` · `monto` one fee or term, `destacado` is the figure to show large ·
    `aviso` a doubt, to be said before anything is relied upon · `enlace` has `url` · `nota` source and date.
    `idioma` is the language of `texto`, and `idiomas` of each item, where Spanish stands in for missing Quechua;
    empty means the language that was asked for.
    """

    tipo: BlockKind
    texto: str = ""
    items: tuple[str, ...] = ()
    destacado: str = ""
    url: str = ""
    idioma: str = ""
    idiomas: tuple[str, ...] = ()

    @property
    def alrededor(self) -> tuple[str, str] | None:
        """What stands before and after the figure in the sentence; None where the sentence does not hold it."""
        before, figure, after = self.texto.partition(self.destacado) if self.destacado else ("", "", "")
        return (before, after) if figure else None

    @property
    def elementos(self) -> list[tuple[str, str]]:
        """The items, each with its language."""
        return list(zip(self.items, self.idiomas or ("",) * len(self.items), strict=True))


@dataclass(frozen=True, slots=True)
class Respuesta:
    """The answer to one aspect of one ficha (or of one place), in one language, from one version."""

    aspecto: str
    locale: str
    texto: str
    bloques: tuple[Bloque, ...]
    confianza: str
    url: str
    codigo: str | None = None
    sede: str | None = None
    revision: int | None = None
    fuente: str = ""
    fecha: str = ""
    actualizado_at: datetime | None = None
    # True where the language asked for has no current words and Spanish stands in.
    faltante: bool = False

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def plain(blocks: tuple[Bloque, ...]) -> str:
    """The blocks as plain text: a line each, list items with a dash."""
    lines: list[str] = []
    for block in blocks:
        if block.texto:
            # An address that is its own text is written once.
            url = block.url if block.tipo == "enlace" and block.url != block.texto else ""
            lines.append(f"{block.texto} {url}".strip())
        lines += [f"- {item}" for item in block.items]
    return "\n".join(lines)
