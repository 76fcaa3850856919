"""Which tramite is meant: sure, ask which, the one being talked of, or not known. Wrong is worse than asking."""

from dataclasses import dataclass, field, replace
from typing import Literal

from whoosh.searching import Searcher

from cms.search.index import this_node
from cms.search.places import Place, named_places
from cms.search.queries import Hit, hit_of
from cms.search.ranking import Question, Scored, names_of, rank, read_question

SURE = 0.60  # a name this well said, and
MARGIN = 0.90  # no other within this share of it
WHOLE = 0.95  # of a name, said
NAMED = 0.55  # of a name, said: enough to change the subject
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
    if _is_sure(found) and (not context or _is_named(found[0])):
        return ("which", found[:1]) if _is_elsewhere(found[0], question) else ("sure", found)
    named = _named_alike(found)
    if context in [hit.codigo for hit in named]:
        return _in_context(searcher, context)
    if context and not named and (decided := _as_follow_up(searcher, question, context, found)):
        return decided
    if found and found[0].score >= ASK:
        close = [hit for hit in found if hit.score >= SAME * found[0].score]
        return "which", close if named else _with_subject(searcher, context, close)
    return "none", []


def _is_named(hit: Scored) -> bool:
    """While another ficha is being talked of, a word in common does not change the subject: a name does."""
    return hit.score >= SURE and hit.said >= NAMED


def _is_elsewhere(hit: Scored, question: Question) -> bool:
    """A tramite of one town or region, where the question names neither: whoever asks may live in another."""
    offices = frozenset(term for pair in hit.stored["offices"] for term in pair)
    return bool(hit.stored["local"]) and not any(slot.matches(offices) for slot in question.slots)


def _with_subject(searcher: Searcher, context: str, found: list[Scored]) -> list[Scored]:
    """The candidates, the ficha being talked of before them: it may well be meant."""
    subject = _stored(searcher, context) if context else None
    return [subject, *(hit for hit in found if hit.codigo != context)] if subject else found


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
    searcher: Searcher, question: Question, context: str, found: list[Scored]
) -> tuple[Decision, list[Scored]] | None:
    """Reads "and the duplicate?" beside the ficha in context: as a sister of it, or as a word about it."""
    stored = _stored(searcher, context)
    if stored is None:
        return None
    if question.known and _explains(stored, question):
        return "context", [stored]
    if decided := _as_sister(searcher, question, stored):
        return decided
    names_nothing_else = all(slot.known for slot in question.telling)
    if names_nothing_else and (not found or found[0].score < ASK):
        # Words that many names have in passing, and none that names something not known here.
        return "context", [stored]
    return None


def _as_sister(
    searcher: Searcher, question: Question, stored: Scored
) -> tuple[Decision, list[Scored]] | None:
    """Another ficha that shares its name with the one in context and has what the question adds."""
    if not question.known:
        return None
    with_context = rank(searcher, _with_context(question, stored, searcher))
    words = {term for slot in question.known for alternative in slot.alternatives for term in alternative}
    sisters = [
        hit
        for hit in _sisters(searcher, with_context, stored)
        if hit.codigo != stored.codigo
        and hit.matched & words
        and all(slot.matches(_terms(hit)) for slot in question.known)
    ]
    if not sisters or sisters[0].score < ASK:
        return None
    close = [hit for hit in sisters if hit.score >= FOLLOW_UP_MARGIN * sisters[0].score]
    return ("sure" if len(close) == 1 else "which"), close


def _sisters(searcher: Searcher, found: list[Scored], stored: Scored) -> list[Scored]:
    """Those that share with the ficha in context what it is of: one of the first two words of its name."""
    head = read_question(stored.stored["es"], names_of(searcher)).slots[:2]
    own = frozenset(term for slot in head for alternative in slot.alternatives for term in alternative)
    return [hit for hit in found if hit.codigo == stored.codigo or hit.matched & own]


def _with_context(question: Question, stored: Scored, searcher: Searcher) -> Question:
    own = read_question(stored.stored["es"], names_of(searcher)).slots
    return Question(
        question.slots + tuple(replace(slot, weight=slot.weight * CONTEXT_WEIGHT) for slot in own)
    )


def _terms(hit: Scored) -> frozenset[str]:
    stored = hit.stored
    pairs = [*(pair for label in stored["labels"] for pair in label), *stored["offices"]]
    return frozenset(term for pair in pairs for term in pair)


def _explains(stored: Scored, question: Question) -> bool:
    """Whether every word of the question that names something is a name of the ficha in context."""
    terms = _terms(stored)
    return all(slot.matches(terms) for slot in question.known)
