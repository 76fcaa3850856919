"""Several tramites in one visit: one list of what is needed, what is paid, and where all of it is known to be done."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from cms.directory.hours import LIMA
from cms.portal import glance
from cms.portal.ficha import Section, page_name
from cms.portal.needs import Need, NeedGroup, needs
from cms.tramites.answers import answer
from cms.tramites.queries import Published, TramiteNotFound, TramiteWithdrawn, Withdrawal, published
from cms.tramites.schema import Aspecto
from cms.ui.blocks import Bloque
from lenguas.normalise import fold

# A visit is one morning: beyond this the page helps nobody.
MOST = 6
# What is put in the bag before all else: one's identity document, which is shown at each counter and kept by none.
FOR_ALL = "primero"
# That, and the kinds of what is needed (`needs.GROUPS`), in the order of one visit: whoever finds that something is not
# so has paid nothing yet.
BEFORE_LEAVING = (FOR_ALL, "cumplir", "llevar", "decir", "pagar")
# A line that asks for one's own document, and the words before it that change nothing of what is asked.
_OWN_DOCUMENT = re.compile(r"(?:muestra |lleva )?(?:tu|el) dni\b")
_BEFORE_THE_DOCUMENT = re.compile(r"^(?:tu|el) (?=dni$)")


@dataclass(frozen=True, slots=True)
class Line:
    """Something needed, once, and the tramites that ask for it; `places` are where a phone keeps its tick, one of each."""

    places: tuple[str, ...]
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


def chosen(codes: Iterable[str]) -> tuple[list[Published], list[Withdrawal]]:
    """The public ones among `codes`, each once, in that order, and those that were public and are no more."""
    found, gone = [], []
    for codigo in list(dict.fromkeys(codes))[:MOST]:
        try:
            found.append(published(codigo))
        except TramiteWithdrawn as error:
            gone.append(error.withdrawal)
        except TramiteNotFound:
            continue
    return found, gone


def plan(fichas: list[Published], locale: str) -> Visit:
    """In the language in force, which is `locale`."""
    own = {one.codigo: needs(one, locale, datetime.now(LIMA).date()) for one in fichas}
    return Visit(
        groups=_together(fichas, own, locale),
        without_list=tuple(page_name(one, locale) for one in fichas if not own[one.codigo]),
        doubtful=tuple(page_name(one, locale) for one in fichas if _asks_in_doubt(one, locale)),
        payments=tuple(_payment(one, locale) for one in fichas),
        sedes=_places(fichas),
    )


def _together(fichas: list[Published], own: dict[str, list[NeedGroup]], locale: str) -> tuple[LineGroup, ...]:
    """Everything asked for, each thing once; first of all what is one's own document."""
    titles = {FOR_ALL: _("Lleva esto primero")}
    found: dict[tuple[str, str], Line] = {}
    for one in fichas:
        for group in own[one.codigo]:
            titles[group.clave] = group.titulo
            for need in group.needs:
                thing = (group.clave, _same(one, group, need))
                before = found.get(thing, Line((), need, ()))
                # What one of them requires is no matter of the case one is in.
                found[thing] = Line(
                    (*before.places, f"{one.codigo}/{need.clave}"),
                    replace(before.need, opcional=before.need.opcional and need.opcional),
                    (*before.para, one.ficha.name(locale)),
                )
    groups: dict[str, list[Line]] = {}
    for (clave, words), line in found.items():
        first = clave == "llevar" and _OWN_DOCUMENT.match(words) is not None
        groups.setdefault(FOR_ALL if first else clave, []).append(line)
    # What serves for most stands at the top; the others keep their order.
    groups.get(FOR_ALL, []).sort(key=lambda line: -len(line.para))
    return tuple(
        LineGroup(clave, titles[clave], tuple(groups[clave])) for clave in BEFORE_LEAVING if clave in groups
    )


def _same(one: Published, group: NeedGroup, need: Need) -> str:
    """What makes two needs one: their Spanish words, which both languages tell.

    Only what is shown or said serves for several: two fees are two payments, each counter keeps the papers it asks
    for, and what must be so is so for each, though all are asked for in the same words.
    """
    words = " ".join(re.findall(r"\w+", fold(one.ficha.es.get(f"requisitos.{need.clave}", need.texto))))
    words = _BEFORE_THE_DOCUMENT.sub("tu ", words)
    shared = group.clave == "decir" or (group.clave == "llevar" and _OWN_DOCUMENT.match(words))
    return words if shared else f"{one.codigo} {words}"


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
