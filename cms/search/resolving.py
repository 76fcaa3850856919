"""Which tramite is meant: sure, ask which, the one being talked of, or not known. Wrong is worse than asking."""

from dataclasses import dataclass, field, replace
from typing import Literal

from whoosh.searching import Searcher

from cms.search.asked import Heard
from cms.search.coverage import cover
from cms.search.index import this_node
from cms.search.places import Place, named_places
from cms.search.queries import Hit, hit_of
from cms.search.ranking import Names, Question, Scored, Slot, names_of, rank, read_question
from cms.search.weighing import WORTH_LOOKING, Witnessed, likelihood, weigh, witnessed

SURE = 0.50  # a name this well said, and
MARGIN = 0.88  # no other within this share of it
WHOLE = 0.95  # of a name, said
NAMED = 0.55  # of a name, said: enough to change the subject
ALONE = 0.36  # enough where nothing else comes near
ASK = 0.30  # below this no candidate is worth asking about
SAME = 0.80  # asked about together: those within this share of the best
SISTERS = 8  # of the first ones ranked, looked through for sisters
WELL_NEAR = 0.6  # share of the first one's score
CONTEXT_WEIGHT = 0.6
TOLD = 0.72  # as likely as this, it is told without asking
DOUBTED = 0.50  # beside a ficha in context a name with a strange word is told from here on
WORTH_ASKING = 0.15  # less likely than this, what was well named alone is something else
FOLLOW_UP_MARGIN = 0.95  # beside the words of the ficha in context scores lie closer together

Decision = Literal["sure", "context", "which", "none"]


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

    `sure`: it names one ficha · `context`: it names none, and the ficha in context stands · `which`: ask among
    `candidates` (at most `limit`) · `none`: what it names is not known here, or it names nothing and there is
    no context. `sede` and `sedes` are the places it names. `confidence` is the likelihood that the first ficha of
    `sure` or `which` is the one meant.
    """
    places = named_places(q)
    with this_node.reading() as searcher:
        names = names_of(searcher)
        question = read_question(places.rest, names)
        ranked = rank(searcher, question)
        decision, found = decide(searcher, question, ranked, context)
        read = Read(places.rest, question, names.asked.hear(places.rest))
        if context:
            decision, found, likely = _beside(read, decision, found)
        else:
            decision, found, likely = _weighed(names, read, ranked, (decision, found))
    return Resolution(
        decision=decision,
        codigo=found[0].codigo if decision in ("sure", "context") and found else None,
        candidates=[hit_of(scored, locale) for scored in found[:limit]] if decision == "which" else [],
        sede=places.named[0].codigo if len(places.named) == 1 else None,
        sedes=places.named[:limit],
        confidence=likely if decision in ("sure", "which") else 0.0,
    )


@dataclass(frozen=True, slots=True)
class Read:
    """A text, as both witnesses read it."""

    text: str
    question: Question
    heard: Heard

    def is_foreign(self, hit: Scored) -> bool:
        return cover(self.text, self.question, hit).foreign


def _weighed(
    names: Names, read: Read, ranked: list[Scored], decided: tuple[Decision, list[Scored]]
) -> tuple[Decision, list[Scored], float]:
    """The decision after the second witness, what people asked: it is told, asked about or not known."""
    decision, named = decided
    if named and decision == "which" and _is_elsewhere(named[0], read.question):
        return decision, named, DOUBTED
    found = weigh(ranked, read.heard, names.held.document)
    if not found:
        return decision, named, 0.0
    foreign = read.is_foreign(found[0])
    likely = likelihood(witnessed(found[0], read.heard, ranked, decided, foreign=foreign))
    if likely >= TOLD:
        return "sure", found, likely
    if decision == "none" or (decision == "sure" and likely < WORTH_ASKING):
        return "none", [], likely
    # Also those people asked for in such words, however little their names have of them.
    asked_for = [hit for hit in found if read.heard.likely.get(hit.codigo, 0.0) >= WORTH_LOOKING]
    return "which", list(dict.fromkeys([*_near(found), *asked_for])), likely


def _beside(read: Read, decision: Decision, found: list[Scored]) -> tuple[Decision, list[Scored], float]:
    """Beside the ficha in context a few words are enough for a sister of it, but not with a strange one among them."""
    if decision not in ("sure", "which"):
        return decision, found, 0.0
    first, foreign, heard = found[0], read.is_foreign(found[0]), read.heard
    share, sure = heard.likely.get(first.codigo, 0.0), decision == "sure"
    likely = likelihood(
        Witnessed(first.said, share, named_first=True, sure=sure, known=heard.known, foreign=foreign)
    )
    if decision == "which" or likely >= DOUBTED or not foreign:
        return decision, found, likely
    return ("which", _near(found), likely) if likely >= WORTH_ASKING else ("none", [], likely)


def decide(
    searcher: Searcher, question: Question, found: list[Scored], context: str
) -> tuple[Decision, list[Scored]]:
    if not question.telling and (context or not any(slot.known for slot in question.slots)):
        return _in_context(searcher, context)
    if _is_sure(found) and (not context or _is_named(found[0])):
        if _is_elsewhere(found[0], question):
            return "which", found[:1]
        others = _with_more(found, question)
        return ("which", [*others, found[0]]) if others and not context else ("sure", found)
    named = _named_alike(found)
    if context in [hit.codigo for hit in named]:
        return _in_context(searcher, context)
    if context and not named and (decided := _as_follow_up(searcher, question, context, found)):
        return decided
    if found and found[0].score >= ASK:
        close = [hit for hit in found if hit.score >= SAME * found[0].score]
        return "which", close if named else _with_subject(searcher, context, close)
    return "none", []


def _near(found: list[Scored]) -> list[Scored]:
    """The first, and those that may be meant in its place."""
    return [hit for hit in found if hit.score >= SAME * found[0].score]


def _is_named(hit: Scored) -> bool:
    """While another ficha is being talked of, a word in common does not change the subject: a name does."""
    return hit.score >= SURE and hit.said >= NAMED


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
    stored = names_of(searcher).held.document(codigo)
    return Scored(codigo, 1.0, 1.0, 1.0, stored) if stored else None


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
