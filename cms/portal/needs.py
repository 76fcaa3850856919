"""What a citizen must have, sorted as a person would say it: what to bring, what to pay, what must be so."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cms.tramites.queries import Published
from cms.tramites.telling import Voice

# The kinds of a requisito, in the order one gets ready.
GROUPS = (
    ("llevar", ("documento", "foto")),
    ("pagar", ("pago",)),
    ("decir", ("dato",)),
    ("cumplir", ("condicion",)),
)


@dataclass(frozen=True, slots=True)
class Need:
    """One line of the list; `clave` is what a phone remembers it by."""

    clave: str
    texto: str
    idioma: str
    opcional: bool


@dataclass(frozen=True, slots=True)
class NeedGroup:
    clave: str
    titulo: str
    needs: tuple[Need, ...]


def needs(published: Published, locale: str, on: date) -> list[NeedGroup]:
    """The requisitos of a ficha, in the language in force, which is `locale`; no group is empty."""
    voice = Voice(published.ficha, locale, on)
    titles = _titles()
    found = []
    for clave, kinds in GROUPS:
        rows = [row for row in published.ficha.hechos.requisitos if row.tipo in kinds]
        lines = tuple(
            Need(row.clave, *voice.say(f"requisitos.{row.clave}"), opcional=not row.obligatorio)
            for row in rows
        )
        if lines:
            found.append(NeedGroup(clave, titles[clave], lines))
    return found


def _titles() -> dict[str, str]:
    return {
        "llevar": _("Ten a la mano"),
        "pagar": _("Paga antes"),
        "decir": _("Ten listos estos datos"),
        "cumplir": _("Revisa que se cumpla"),
    }
