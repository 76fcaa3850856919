"""What a held-out question expects, as its README writes it (`nlu_data/holdout/README.md`), in typed form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

DESCRIPTION = "descripcion"
SPOKEN = frozenset({"greeting", "thanks", "goodbye", "help", "privacy", "are_you_a_person"})


class ExpectationError(ValueError):
    """An `espera` that the README does not know; the message quotes it."""


class Fact(NamedTuple):
    """One aspect of one subject: a ficha by its codigo, or a sede by its id."""

    subject: str
    aspecto: str


@dataclass(frozen=True)
class Answers:
    """These aspects of this ficha or sede, all of them."""

    subject: str
    aspectos: frozenset[str]

    @property
    def facts(self) -> frozenset[Fact]:
        return frozenset(Fact(self.subject, aspecto) for aspecto in self.aspectos)


@dataclass(frozen=True)
class AsksTramite:
    """Asks which tramite is meant, these being among those offered; none named: any will do."""

    codigos: frozenset[str]


@dataclass(frozen=True)
class AsksAspect:
    """Describes this tramite, or asks what is wanted of it."""

    codigo: str


@dataclass(frozen=True)
class Person:
    """Passes the citizen to a person, or offers one before anything else."""


@dataclass(frozen=True)
class OwnCase:
    """Says that the citizen's own file cannot be seen here, and who can see it."""


@dataclass(frozen=True)
class Says:
    """One of the assistant's fixed sentences."""

    key: str


Alternative = Answers | AsksTramite | AsksAspect | Person | OwnCase | Says
# Any one of them is right; the first is the one preferred.
Expected = tuple[Alternative, ...]


def read(espera: Mapping[str, Any]) -> Expected:
    """The alternatives of an `espera`; raises ExpectationError for a form that is not in the README."""
    match espera:
        case {"o": [_, *_] as several, **rest} if not rest:
            return tuple(_one(form) for form in several)
        case _:
            return (_one(espera),)


def _one(form: Mapping[str, Any]) -> Alternative:
    match form:
        case {"codigo": str(subject), "aspecto": str(aspecto), **rest} if not rest:
            return Answers(subject, frozenset({aspecto}))
        case {"codigo": str(subject), "aspectos": [_, *_] as aspectos, **rest} if not rest:
            return Answers(subject, frozenset(aspectos))
        case {"sede": str(subject), "aspecto": str(aspecto), **rest} if not rest:
            return Answers(subject, frozenset({aspecto}))
        case {"preguntar": [_, *_] as codigos, **rest} if not rest:
            return AsksTramite(frozenset(codigos))
        case {"preguntar_aspecto": str(codigo), **rest} if not rest:
            return AsksAspect(codigo)
        case _:
            return _speech(form)


def _speech(form: Mapping[str, Any]) -> Alternative:
    match form:
        case {"preguntar_tramite": True, **rest} if not rest:
            return AsksTramite(frozenset())
        case {"persona": True, **rest} if not rest:
            return Person()
        case {"caso_propio": True, **rest} if not rest:
            return OwnCase()
        case {"decir": str(key), **rest} if not rest and key in SPOKEN:
            return Says(key)
    raise ExpectationError(f"{dict(form)!r} is no form of `espera`; see nlu_data/holdout/README.md.")


def subjects(expected: Expected) -> frozenset[str]:
    """Every ficha and sede the alternatives name."""
    named: set[str] = set()
    for alternative in expected:
        match alternative:
            case Answers(subject=subject) | AsksAspect(codigo=subject):
                named.add(subject)
            case AsksTramite(codigos=codigos):
                named |= codigos
    return frozenset(named)


def about(expected: Expected, subject: str) -> Expected:
    """The alternatives about this subject; empty when there are none."""
    return tuple(alternative for alternative in expected if subject in subjects((alternative,)))


def form(alternative: Alternative) -> str:
    """The README's word for this kind of alternative, for tables."""
    match alternative:
        case Answers():
            return "answer"
        case AsksTramite(codigos=codigos):
            return "preguntar" if codigos else "preguntar_tramite"
        case AsksAspect():
            return "preguntar_aspecto"
        case Person():
            return "persona"
        case OwnCase():
            return "caso_propio"
        case Says():
            return "decir"
