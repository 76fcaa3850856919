"""Two states of a ficha compared, field by field, in the words of the official ficha and with figures as people read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cms.editing.wording import Line, lines
from cms.tramites.schema import Aspecto, Ficha

Kind = Literal["nuevo", "cambia", "se_quita"]
ORDERED = {
    "requisitos": (Aspecto.REQUISITOS, "Orden de los requisitos"),
    "pasos": (Aspecto.PASOS, "Orden de los pasos"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs. `aspecto` is None for what belongs to no aspect (code, audience, other names)."""

    aspecto: Aspecto | None
    campo: str
    antes: str
    despues: str
    kind: Kind


def compare(old: Ficha | None, new: Ficha | None) -> list[Difference]:
    """What differs, in the order of the ficha; None is a ficha that is not there. Quechua follows its own way."""
    before, after = lines(old), lines(new)
    found = [
        difference
        for key in _in_order(before, after)
        if (difference := _difference(before.get(key), after.get(key)))
    ]
    return found + list(_moved(old, new))


def _in_order(before: dict[str, Line], after: dict[str, Line]) -> list[str]:
    """Every key once: those of the new ficha where they stand there, the removed ones after the rest of their kind."""
    keys = list(after)
    for key in before:
        if key not in after:
            head = key.partition(".")[0]
            same = [i for i, other in enumerate(keys) if other.partition(".")[0] == head]
            keys.insert(same[-1] + 1 if same else len(keys), key)
    return keys


def _difference(before: Line | None, after: Line | None) -> Difference | None:
    line = after or before
    if line is None or (before and after and before.texto == after.texto):
        return None
    kind: Kind = "nuevo" if before is None else "se_quita" if after is None else "cambia"
    return Difference(
        line.aspecto, line.campo, before.texto if before else "", after.texto if after else "", kind
    )


def _moved(old: Ficha | None, new: Ficha | None) -> Iterator[Difference]:
    """Rows whose order says something and that stand in another one; those added or removed do not count."""
    if old is None or new is None:
        return
    for name, (aspecto, campo) in ORDERED.items():
        was = [row.clave for row in getattr(old.hechos, name)]
        now = [row.clave for row in getattr(new.hechos, name)]
        both = set(was) & set(now)
        if [key for key in was if key in both] != [key for key in now if key in both]:
            yield Difference(aspecto, campo, _listed(old, name, was), _listed(new, name, now), "cambia")


def _listed(ficha: Ficha, name: str, keys: list[str]) -> str:
    return "\n".join(f"{number}. {ficha.es[f'{name}.{key}']}" for number, key in enumerate(keys, 1))
