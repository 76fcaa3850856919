"""Which tramite is meant: sure, ask which, the one being talked of, or not known. Wrong is worse than asking."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from whoosh.searching import Searcher

from cms.search.coverage import is_verb
from cms.search.following import Meant, meant
from cms.search.index import this_node
from cms.search.places import Place, named_places
from cms.search.queries import Hit, hit_of
from cms.search.ranking import Names, Scored, rank
from cms.search.reading import Read, read
from cms.search.weighing import is_elsewhere, weigh
from cms.search.words import COMPLAINING
from lenguas.normalise import fold

TOLD = 0.74  # as likely as this, it is told without asking
NOTHING = 0.80  # as likely as this, no ficha here is meant
WORTH_ASKING = 0.03  # of the likelihood of all fichas, that makes one worth asking about
LIKELY_ENOUGH = 0.15  # the same while another is being talked of
UNCOVERED = 0.90  # as likely as this, what is said is of no ficha here, whatever is being talked of
PICKED = 0.60  # as likely as this, one of several offered is the one picked
STAYS = 0.55  # as likely as this, the ficha being talked of is meant still
OTHERWISE = 0.20  # of the likelihood left, that makes another worth offering

CLOSE = 0.85  # of what the best explains, that leaves it in doubt which one is gone back to
_RETURNS = re.compile(
    r"\b(volviendo|volvamos|vuelvo|volvemos|regresando|regreso|regresemos|retomando|retomo) (a|al|con|el|la|lo)\b"
)

WHOLE = 0.95  # of a name, said; and of a message, explained
FEW, SHORT = 3, 6  # words
FIRST = 10  # of those whose names are touched

Decision = Literal["sure", "context", "which", "none"]
# What is told or asked about, and how likely the first of it is meant.
Decided = tuple[Decision, list[Scored], float]


@dataclass(frozen=True, slots=True)
class Resolution:
    decision: Decision
    codigo: str | None = None
    candidates: list[Hit] = field(default_factory=list)
    sede: str | None = None
    sedes: list[Place] = field(default_factory=list)
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Offered:
    """The fichas offered to choose from just before, and the message they were offered for."""

    codigos: Collection[str]
    text: str


def resolve(
    q: str,
    locale: str,
    context: str = "",
    limit: int = 4,
    *,
    told: Collection[str] = (),
    offered: Offered | None = None,
) -> Resolution:
    """Reads `q`, said while the ficha `context` (or none) was being talked of, and those in `told` before.

    `sure`: it names one ficha · `context`: it is about the ficha in context still; `candidates` are what it would mean
    were it not · `which`: ask among `candidates` (at most `limit`) · `none`: what it names is not known here, or it
    names nothing and there is no context. `sede` and `sedes` are the places it names. `confidence` is the likelihood
    that the first ficha of `sure` or `which` is the one meant.
    """
    places = named_places(q)
    with this_node.reading() as searcher:
        said = read(searcher, places.rest)
        talked_of = _stored(said.names, context)
        if offered and (picked := _picked(searcher, said, offered)):
            decision, found, likely = picked
        elif back := _back_to(searcher, said, context, told):
            decision, found, likely = back
        elif talked_of is None:
            decision, found, likely = _alone(said)
        else:
            decision, found, likely = _only_named(said, context) or _beside(
                said, meant(searcher, said, talked_of, told)
            )
    meant_one = found[:1] if decision in ("sure", "context") else []
    others = found[len(meant_one) :] if decision in ("which", "context") else []
    return Resolution(
        decision=decision,
        codigo=meant_one[0].codigo if meant_one else None,
        candidates=[hit_of(scored, locale) for scored in others[:limit]],
        sede=places.named[0].codigo if len(places.named) == 1 else None,
        sedes=places.named[:limit],
        confidence=likely if decision in ("sure", "which") else 0.0,
    )


def _alone(said: Read) -> Decided:
    """The decision on what is said with nothing before it. Who names nothing is not told what others meant who asked so."""
    found = weigh(said) if names_something(said) else []
    if not found or 1.0 - sum(one.share for one in found) >= NOTHING:
        return "none", [], 0.0
    first = found[0]
    if first.share >= TOLD and not is_elsewhere(said, first.hit) and not _is_doubtful(said, first.hit):
        return "sure", [first.hit], first.share
    return "which", [one.hit for one in found if one.among >= WORTH_ASKING] or [first.hit], first.share


def names_something(said: Read) -> bool:
    """Whether a word can tell a tramite; what one complains with asks after any, and is the name of some."""
    return bool(said.question.telling) or any(slot.word in COMPLAINING for slot in said.question.slots)


def _picked(searcher: Searcher, said: Read, offered: Offered) -> Decided | None:
    """One of those offered, where it is the one; none where another is plainly meant, or no word can tell them apart."""
    if not said.question.telling:
        return None
    first = next(iter(weigh(said)), None)
    if first and first.share >= TOLD and first.hit.codigo not in offered.codigos:
        return None
    found = weigh(read(searcher, f"{offered.text} {said.text}"), offered.codigos)
    if not found or found[0].among < PICKED:
        return None
    return "sure", [found[0].hit], found[0].among


def _back_to(searcher: Searcher, said: Read, context: str, told: Collection[str]) -> Decided | None:
    """«Volviendo a la partida…»: the one of those talked of whose name has most of what is said; none where it is not plain."""
    if not _RETURNS.search(fold(said.text)):
        return None
    before = {codigo for codigo in (context, *told) if codigo}
    found = rank(searcher, said.question, only=before) if before else []
    if not found or (len(found) > 1 and found[1].explained > CLOSE * found[0].explained):
        return None
    first, share = found[0], found[0].explained / sum(hit.explained for hit in found)
    return ("context" if first.codigo == context else "sure"), [first], share


def _is_doubtful(said: Read, hit: Scored) -> bool:
    """A word that goes with the name is not of it, and one is nobody's at all: "pasaporte dorado"."""
    return bool(said.strangers) and said.is_foreign(hit)


def _beside(said: Read, found: list[Meant]) -> Decided:
    """The decision while a ficha is being talked of: it, or another of `found`."""
    first = found[0]
    if first.stays and first.likely >= (TOLD if _names_another(said, first.hit) else STAYS):
        if first.hit.said < WHOLE and (_names_a_stranger(said) or _is_uncovered(said)):
            return "none", [], 0.0
        others = [one.hit for one in found if one.else_likely >= OTHERWISE]
        return "context", [first.hit, *others], first.likely
    if not first.stays and first.likely >= TOLD:
        in_doubt = is_elsewhere(said, first.hit) or _is_doubtful(said, first.hit)
        return ("which" if in_doubt else "sure"), [first.hit], first.likely
    worth = [one.hit for one in found if one.likely >= LIKELY_ENOUGH]
    return "which", worth or [first.hit], first.likely


def _only_named(said: Read, context: str) -> Decided | None:
    """What is nothing but the name of others ("antecedentes") is of these, whatever was talked of."""
    if len(said.text.split()) > FEW:
        return None
    whole = [hit for hit in said.ranked if hit.said >= WHOLE and hit.explained >= WHOLE]
    if not whole or context in [hit.codigo for hit in whole]:
        return None
    is_one = len(whole) == 1 and not is_elsewhere(said, whole[0])
    return ("sure" if is_one else "which"), whole, 1.0 / len(whole)


def _names_another(said: Read, talked_of: Scored) -> bool:
    """Whether a name of another ficha is said whole, by a word the one being talked of has not: its paper, or a new subject."""
    stored = talked_of.stored
    pairs = [*(pair for label in stored["labels"] for pair in label), *stored["offices"]]
    own = frozenset(term for pair in pairs for term in pair)
    return any(
        hit.said >= WHOLE
        and any(slot.matches(hit.matched) and not slot.matches(own) for slot in said.question.telling)
        for hit in said.ranked[:FIRST]
        if hit.codigo != talked_of.codigo
    )


def _is_uncovered(said: Read) -> bool:
    """Whether people say so of what no ficha covers ("libreta militar"), or nobody ever said any of it."""
    if all(is_verb(slot) for slot in said.question.telling):
        return False
    return said.heard.uncovered >= UNCOVERED or not said.heard.known


def _names_a_stranger(said: Read) -> bool:
    """Whether a few words name a thing that no name here has and no question ever had: "and the hunting licence?"."""
    words = fold(said.text)
    named = (rf"\b(?:el|la|los|las|un|una|del?)\s+(?:\w+\s+)?{re.escape(word)}\b" for word in said.strangers)
    return len(words.split()) <= SHORT and any(re.search(sign, words) for sign in named)


def _stored(names: Names, codigo: str) -> Scored | None:
    stored = names.held.document(codigo) if codigo else None
    return Scored(codigo, 1.0, 1.0, 1.0, stored) if stored else None
