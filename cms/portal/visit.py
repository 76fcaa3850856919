"""Several tramites in one visit: one list of what is needed, what is paid, and where all of it is known to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cms.directory.hours import LIMA
from cms.portal import glance
from cms.portal.ficha import Section, page_name
from cms.portal.needs import Need, needs
from cms.tramites.answers import answer
from cms.tramites.queries import Published, TramiteNotFound, published
from cms.tramites.schema import Aspecto
from cms.ui.blocks import Bloque

# A visit is one morning: beyond this the page helps nobody.
MOST = 6
# The kinds of what is needed (`needs.GROUPS`), in the order of one visit: whoever finds that something is not so has
# paid nothing yet.
BEFORE_LEAVING = ("cumplir", "llevar", "decir", "pagar")


@dataclass(frozen=True, slots=True)
class Line:
    """Something needed, once, and the tramites that ask for it."""

    codigo: str
    need: Need
    para: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineGroup:
    clave: str
    titulo: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Payment:
    """What one tramite costs, as its own page says it, with its doubts; no lines where nothing is known."""

    codigo: str
    nombre: str
    idioma: str
    lines: tuple[glance.Line, ...]
    notas: tuple[Bloque, ...]
    por_confirmar: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """`without_list` and `doubtful` (what is asked for is not confirmed) are names with their language where it is not the page's; `sedes` are the codes of the places every chosen ficha names; None where some ficha names none."""

    groups: tuple[LineGroup, ...]
    without_list: tuple[tuple[str, str], ...]
    doubtful: tuple[tuple[str, str], ...]
    payments: tuple[Payment, ...]
    sedes: frozenset[str] | None

    @property
    def coded(self) -> bool:
        """Whether some fee is paid with a code."""
        return any(line.codigo_pago for payment in self.payments for line in payment.lines)


def chosen(codes: Iterable[str]) -> list[Published]:
    """The public ones among `codes`, each once, in that order."""
    found = []
    for codigo in list(dict.fromkeys(codes))[:MOST]:
        try:
            found.append(published(codigo))
        except TramiteNotFound:
            continue
    return found


def plan(fichas: list[Published], locale: str) -> Visit:
    """In the language in force, which is `locale`."""
    groups: dict[str, tuple[str, dict[str, tuple[str, Need, list[str]]]]] = {}
    without = []
    for one in fichas:
        own = needs(one, locale, datetime.now(LIMA).date())
        name = one.ficha.name(locale)
        if not own:
            without.append(page_name(one, locale))
        for group in own:
            _title, lines = groups.setdefault(group.clave, (group.titulo, {}))
            for need in group.needs:
                # Two fees are two payments, though both are asked for in the same words.
                same = f"{one.codigo} {need.texto}" if group.clave == "pagar" else need.texto
                lines.setdefault(same, (one.codigo, need, []))[2].append(name)
    return Visit(
        groups=tuple(
            LineGroup(
                clave,
                groups[clave][0],
                tuple(Line(code, need, tuple(para)) for code, need, para in groups[clave][1].values()),
            )
            for clave in BEFORE_LEAVING
            if clave in groups
        ),
        without_list=tuple(without),
        doubtful=tuple(page_name(one, locale) for one in fichas if _asks_in_doubt(one, locale)),
        payments=tuple(_payment(one, locale) for one in fichas),
        sedes=_places(fichas),
    )


def _asks_in_doubt(one: Published, locale: str) -> bool:
    today = datetime.now(LIMA).date()
    return Section(answer(one, Aspecto.REQUISITOS, locale, today), "").doubtful


def _payment(one: Published, locale: str) -> Payment:
    today = datetime.now(LIMA).date()
    section = Section(answer(one, Aspecto.COSTO, locale, today), "")
    rows = [row for row in one.ficha.hechos.costos if row.in_force(today)]
    return Payment(
        codigo=one.codigo,
        nombre=page_name(one, locale)[0],
        idioma=page_name(one, locale)[1],
        lines=() if section.unknown else glance.lines(one.ficha, rows, section.body),
        notas=section.besides_figures,
        # One amount nobody knows does not make the others sure: each line of the payment stands under this mark.
        por_confirmar=section.doubtful,
    )


def _places(fichas: list[Published]) -> frozenset[str] | None:
    named = [frozenset(one.ficha.hechos.sedes) for one in fichas]
    return frozenset.intersection(*named) if named and all(named) else None
