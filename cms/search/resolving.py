"""Which tramite is meant: sure, ask which, the one being talked of, or not known. Wrong is worse than asking."""

import re
from dataclasses import dataclass, field
from typing import Literal

from cms.search.following import Meant, meant
from cms.search.index import this_node
from cms.search.places import Place, named_places
from cms.search.queries import Hit, hit_of
from cms.search.ranking import Names, Question, Scored, Slot
from cms.search.reading import Read, read
from cms.search.weighing import WORTH_LOOKING, likelihood, weigh, witnessed
from lenguas.normalise import fold

SURE = 0.50  # a name this well said, and
MARGIN = 0.88  # no other within this share of it
ALONE = 0.36  # enough where nothing else comes near
ASK = 0.30  # below this no candidate is worth asking about
SAME = 0.80  # asked about together: those within this share of the best
SISTERS = 8  # of the first ones ranked, looked through for sisters
WELL_NEAR = 0.6  # share of the first one's score
TOLD = 0.66  # as likely as this, it is told without asking
ELSEWHERE = 0.50  # how likely one of one town or region is said to be, where nothing says where
WORTH_ASKING = 0.15  # less likely than this, what was well named alone is something else
UNNAMED = 0.30  # and less likely than this, what no name names
STAYS = 0.55  # as likely as this, the ficha being talked of is meant still
OTHERWISE = 0.20  # of the likelihood left, that makes another worth offering

WHOLE = 0.95  # of a name, said; and of a message, explained
FEW, SHORT = 3, 6  # words

Decision = Literal["sure", "context", "which", "none"]
Decided = tuple[
    Decision, list[Scored], float
]  # what is told or asked about, and how likely the first is meant


@dataclass(frozen=True, slots=True)
class Resolution:
    decision: Decision
    codigo: str | None = None
    candidates: list[Hit] = field(default_factory=list)
    sede: str | None = None
    sedes: list[Place] = field(default_factory=list)
    confidence: float = 0.0


def resolve(q: str, locale: str, context: str = "", limit: int = 4) -> Resolution:
    """Reads `q`, said while the ficha `context` (or none) was being talked of.

    `sure`: it names one ficha · `context`: it is about the ficha in context still; `candidates` are what it would mean
    were it not · `which`: ask among `candidates` (at most `limit`) · `none`: what it names is not known here, or it
    names nothing and there is no context. `sede` and `sedes` are the places it names. `confidence` is the likelihood
    that the first ficha of `sure` or `which` is the one meant.
    """
    places = named_places(q)
    with this_node.reading() as searcher:
        said = read(searcher, places.rest)
        talked_of = _stored(said.names, context)
        if talked_of is None:
            decision, found, likely = _alone(said)
        else:
            decision, found, likely = _only_named(said, context) or _beside(
                said, meant(searcher, said, talked_of)
            )
    told = found[:1] if decision in ("sure", "context") else []
    offered = found[len(told) :] if decision in ("which", "context") else []
    return Resolution(
        decision=decision,
        codigo=told[0].codigo if told else None,
        candidates=[hit_of(scored, locale) for scored in offered[:limit]],
        sede=places.named[0].codigo if len(places.named) == 1 else None,
        sedes=places.named[:limit],
        confidence=likely if decision in ("sure", "which") else 0.0,
    )


def _alone(said: Read) -> Decided:
    """The decision on what is said with nothing before it: the names decide, then the second witness, what people asked."""
    by_names = decide(said.question, said.ranked)
    decision, named = by_names
    if named and decision == "which" and _is_elsewhere(named[0], said.question):
        return decision, named, ELSEWHERE
    found = weigh(said.ranked, said.heard, said.names.held.document)
    if not found:
        return decision, named, 0.0
    foreign = said.is_foreign(found[0])
    likely = likelihood(witnessed(found[0], said.heard, said.ranked, by_names, foreign=foreign))
    if likely >= TOLD and not (foreign and said.strangers):
        return "sure", found, likely
    if likely < (UNNAMED if decision == "none" else WORTH_ASKING if decision == "sure" else 0.0):
        return "none", [], likely
    # Also those people asked for in such words, however little their names have of them.
    asked_for = [hit for hit in found if said.heard.likely.get(hit.codigo, 0.0) >= WORTH_LOOKING]
    alike = named if decision == "which" else []
    several = {hit.codigo: hit for hit in (*_near(found), *asked_for, *alike)}
    return "which", list(several.values()), likely


def _beside(said: Read, found: list[Meant]) -> Decided:
    """The decision while a ficha is being talked of: it, or another of `found`."""
    first = found[0]
    if first.stays and first.likely >= STAYS:
        if _names_a_stranger(said):
            return "none", [], 0.0
        others = [one.hit for one in found if one.else_likely >= OTHERWISE]
        return "context", [first.hit, *others], first.likely
    if not first.stays and first.likely >= TOLD:
        return ("which" if _is_elsewhere(first.hit, said.question) else "sure"), [first.hit], first.likely
    worth = [one.hit for one in found if one.likely >= WORTH_ASKING]
    return "which", worth or [first.hit], first.likely


def _only_named(said: Read, context: str) -> Decided | None:
    """What is nothing but the name of others ("antecedentes") is of these, whatever was talked of."""
    if len(said.text.split()) > FEW:
        return None
    whole = [hit for hit in said.ranked if hit.said >= WHOLE and hit.explained >= WHOLE]
    if not whole or context in [hit.codigo for hit in whole]:
        return None
    return ("sure" if len(whole) == 1 else "which"), whole, 1.0 / len(whole)


def _names_a_stranger(said: Read) -> bool:
    """Whether a few words name a thing that no name here has and no question ever had: "and the hunting licence?"."""
    words = fold(said.text)
    named = (rf"\b(?:el|la|los|las|un|una|del?)\s+(?:\w+\s+)?{re.escape(word)}\b" for word in said.strangers)
    return len(words.split()) <= SHORT and any(re.search(sign, words) for sign in named)


def decide(question: Question, found: list[Scored]) -> tuple[Decision, list[Scored]]:
    """What the names alone say of a question asked with nothing before it."""
    if not any(slot.known for slot in question.slots):
        return "none", []
    if _is_sure(found):
        if _is_elsewhere(found[0], question):
            return "which", found[:1]
        others = _with_more(found, question)
        return ("which", [*others, found[0]]) if others else ("sure", found)
    if found and found[0].score >= ASK:
        return "which", _near(found)
    return "none", []


def _near(found: list[Scored]) -> list[Scored]:
    """The first, and those that may be meant in its place."""
    return [hit for hit in found if hit.score >= SAME * found[0].score]


def _with_more(found: list[Scored], question: Question) -> list[Scored]:
    """Sisters of the first with a name that has a word of the question none of its own has: "venció mi brevete A1"."""
    known = [slot for slot in question.known if not slot.word.isdigit()]
    first = found[0]
    lacking = [slot for slot in known if not slot.matches(_terms(first))]
    entity = first.codigo.partition("-")[0]
    return [
        hit
        for hit in found[1:SISTERS]
        if hit.codigo.startswith(f"{entity}-")
        and hit.matched & first.matched
        and hit.score >= WELL_NEAR * first.score
        and any(slot.matches(hit.matched) for slot in lacking)
        and _count(hit, known) >= _count(first, known)
    ]


def _count(hit: Scored, known: list[Slot]) -> int:
    terms = _terms(hit)
    return sum(bool(slot.matches(terms)) for slot in known)


def _is_elsewhere(hit: Scored, question: Question) -> bool:
    """A tramite of one town or region, where the question names neither: whoever asks may live in another."""
    offices = frozenset(term for pair in hit.stored["offices"] for term in pair)
    return bool(hit.stored["local"]) and not any(slot.matches(offices) for slot in question.slots)


def _is_sure(found: list[Scored]) -> bool:
    if not found:
        return False
    best, second = found[0].score, found[1].score if len(found) > 1 else 0.0
    return (best >= SURE and second < MARGIN * best) or (best >= ALONE and second < SAME * best)


def _stored(names: Names, codigo: str) -> Scored | None:
    stored = names.held.document(codigo) if codigo else None
    return Scored(codigo, 1.0, 1.0, 1.0, stored) if stored else None


def _terms(hit: Scored) -> frozenset[str]:
    stored = hit.stored
    pairs = [*(pair for label in stored["labels"] for pair in label), *stored["offices"]]
    return frozenset(term for pair in pairs for term in pair)
