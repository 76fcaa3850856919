"""Which tramite is meant: sure, ask which, the one being talked of, or not known. Wrong is worse than asking."""

from dataclasses import dataclass, field
from typing import Literal

from whoosh.searching import Searcher

from cms.search.analysis import units
from cms.search.index import this_node
from cms.search.places import Place, named_places
from cms.search.queries import Hit, hit_of
from cms.search.ranking import Question, Scored, Slot, names_of, rank, read_question

SURE = 0.60  # a name this well said, and
MARGIN = 0.90  # no other within this share of it
WHOLE = 0.95  # of a name, said
ALONE = 0.42  # enough where nothing else comes near
ASK = 0.30  # below this no candidate is worth asking about
SAME = 0.80  # asked about together: those within this share of the best
CONTEXT_WEIGHT = 0.6
FOLLOW_UP_MARGIN = 0.95  # beside the words of the ficha in context scores lie closer together

Decision = Literal["sure", "context", "which", "none"]


@dataclass(frozen=True, slots=True)
class Resolution:
    decision: Decision
    codigo: str | None = None
    candidates: list[Hit] = field(default_factory=list)
    sede: str | None = None
    sedes: list[Place] = field(default_factory=list)


def resolve(q: str, locale: str, context: str = "", limit: int = 4) -> Resolution:
    """Reads `q`, said while the ficha `context` (or none) was being talked of.

    `sure`: it names one ficha · `context`: it names none, and the ficha in context stands · `which`: ask among
    `candidates` (at most `limit`) · `none`: what it names is not known here, or it names nothing and there is
    no context. `sede` and `sedes` are the places it names.
    """
    places = named_places(q)
    with this_node.reading() as searcher:
        question = read_question(places.rest, names_of(searcher))
        decision, found = _decide(searcher, question, context)
    return Resolution(
        decision=decision,
        codigo=found[0].codigo if decision in ("sure", "context") and found else None,
        candidates=[hit_of(scored, locale) for scored in found[:limit]] if decision == "which" else [],
        sede=places.named[0].codigo if len(places.named) == 1 else None,
        sedes=places.named[:limit],
    )


def _decide(searcher: Searcher, question: Question, context: str) -> tuple[Decision, list[Scored]]:
    if not question.telling and (context or not any(slot.known for slot in question.slots)):
        return _in_context(searcher, context)
    found = rank(searcher, question)
    if _is_sure(found):
        return "sure", found
    named = _named_alike(found)
    if context in [hit.codigo for hit in named]:
        return _in_context(searcher, context)
    if context and not named and (follow_up := _as_follow_up(searcher, question, context)):
        return follow_up
    if found and found[0].score >= ASK:
        return "which", [hit for hit in found if hit.score >= SAME * found[0].score]
    if all(slot.known for slot in question.telling):
        # Words that many names have in passing, and no word that names something else: still the same subject.
        return _in_context(searcher, context)
    return "none", []


def _named_alike(found: list[Scored]) -> list[Scored]:
    """Those whose whole name was said ("brevete"): the choice is the citizen's, whatever was talked of before."""
    best = found[0].score if found else 0.0
    whole = [hit for hit in found if hit.said >= WHOLE and hit.score >= max(SURE, MARGIN * best)]
    return whole if len(whole) > 1 else []


def _is_sure(found: list[Scored]) -> bool:
    if not found:
        return False
    best, second = found[0].score, found[1].score if len(found) > 1 else 0.0
    return (best >= SURE and second < MARGIN * best) or (best >= ALONE and second < SAME * best)


def _in_context(searcher: Searcher, context: str) -> tuple[Decision, list[Scored]]:
    stored = _stored(searcher, context) if context else None
    return ("context", [stored]) if stored else ("none", [])


def _stored(searcher: Searcher, codigo: str) -> Scored | None:
    document = searcher.document(codigo=codigo)
    return Scored(codigo, 1.0, 1.0, 1.0, document["stored"]) if document else None


def _as_follow_up(
    searcher: Searcher, question: Question, context: str
) -> tuple[Decision, list[Scored]] | None:
    """Reads "and the duplicate?" beside the ficha in context: as a sister of it, or as a word of its own."""
    stored = _stored(searcher, context)
    if stored is None or not question.known:
        return None
    found = rank(searcher, _with_context(question, stored, searcher))
    words = {term for slot in question.known for alternative in slot.alternatives for term in alternative}
    naming = [
        hit
        for hit in found
        if hit.matched & words and all(slot.matches(_terms(hit)) for slot in question.known)
    ]
    naming = _sisters(naming, stored) or naming
    if not naming:
        return None
    if any(hit.codigo == context for hit in naming) and _explains(stored, question):
        return "context", [stored]
    best = naming[0]
    close = [hit for hit in naming if hit.score >= FOLLOW_UP_MARGIN * best.score]
    if best.score >= ASK and len(close) == 1:
        return "sure", naming
    return "which", close


def _sisters(found: list[Scored], stored: Scored) -> list[Scored]:
    """Those that share a word of their names with the ficha in context."""
    own = frozenset(term for pair in units(stored.stored["es"]) for term in pair)
    return [hit for hit in found if hit.codigo == stored.codigo or hit.matched & own]


def _with_context(question: Question, stored: Scored, searcher: Searcher) -> Question:
    names = names_of(searcher)
    own = [
        Slot(
            pair[0],
            names.weight(pair) * CONTEXT_WEIGHT,
            tuple(frozenset({term}) for term in pair),
            known=True,
        )
        for pair in dict.fromkeys(units(stored.stored["es"]))
    ]
    return Question(question.slots + tuple(own))


def _terms(hit: Scored) -> frozenset[str]:
    stored = hit.stored
    pairs = [*(pair for label in stored["labels"] for pair in label), *stored["offices"]]
    return frozenset(term for pair in pairs for term in pair)


def _explains(stored: Scored, question: Question) -> bool:
    """Whether every word of the question that names something is a name of the ficha in context."""
    terms = _terms(stored)
    return all(slot.matches(terms) for slot in question.known)
