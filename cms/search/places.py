"""Which place of the network a text names."""

from dataclasses import dataclass

from cms.directory.models import Sede
from cms.directory.queries import ALO_MAC
from lenguas.normalise import fold
from lenguas.tokens import tokens

# A place is only meant where the network is named too: "pasaporte en Piura" asks of the passport.
NETWORK_WORDS = frozenset(
    {"mac", "macpi", "macman", "centro", "centropi", "sede", "tambo", "pias", "express"}
)
EXPRESS_WORDS = frozenset({"express", "tambo", "pias", "municipalidad"})
CASES = ("manta", "pim", "pi", "man", "ta", "pa")
MIN_ROOT = 3


@dataclass(frozen=True, slots=True)
class Place:
    codigo: str
    nombre: str


@dataclass(frozen=True, slots=True)
class Places:
    """`named`, best first; `rest` is the text without the words that name them."""

    named: list[Place]
    rest: str


def named_places(text: str) -> Places:
    """The places `text` names; the centres when it only says "the MAC"; none when it names no place."""
    words = tokens(text)[:80]
    said = {form for word in words for form in _forms(fold(word))}
    if not said & NETWORK_WORDS:
        return Places([], text)
    named, own = _named(said)
    rest = " ".join(word for word in words if not _forms(fold(word)) & (own | NETWORK_WORDS))
    return Places(named, rest if named else text)


def _named(said: set[str]) -> tuple[list[Place], set[str]]:
    rows = Sede.objects.exclude(modalidad=ALO_MAC).order_by("-es_centro", "nombre")
    named = [(len(match), row) for row in rows if (match := _own_words(row) & said)]
    if not named:
        return [Place(row.codigo, row.nombre) for row in rows if row.es_centro and "mac" in said], set()
    best = max(count for count, _row in named)
    closest = [row for count, row in named if count == best]
    centres = [row for row in closest if row.es_centro]
    # "the MAC of Piura" is the centre; the town hall's MAC Express is meant when that is said.
    chosen = centres if centres and not said & EXPRESS_WORDS else closest
    return [Place(row.codigo, row.nombre) for row in chosen], {
        word for row in chosen for word in _own_words(row)
    }


def _forms(word: str) -> set[str]:
    """The word, and the word without a Quechua case: macpi, Piurapi, Cuscomanta."""
    stripped = {
        word[: -len(case)] for case in CASES if word.endswith(case) and len(word) - len(case) >= MIN_ROOT
    }
    return {word} | stripped


def _own_words(sede: Sede) -> set[str]:
    """The words that tell this place from the others: of its name, district and region."""
    text = " ".join(part for part in (sede.nombre, sede.distrito, sede.region) if part)
    common = {
        "centro",
        "mac",
        "express",
        "municipalidad",
        "distrital",
        "provincial",
        "tambo",
        "de",
        "del",
        "la",
        "el",
    }
    return set(map(fold, tokens(text))) - common
