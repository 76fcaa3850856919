"""Whether a reply is right, and if not, what kind of mistake it is. Pure: no network, no words compared."""

from collections.abc import Collection
from enum import StrEnum

from tests.evaluation.expectations import (
    DESCRIPTION,
    Alternative,
    Answers,
    AsksAspect,
    AsksTramite,
    Expected,
    Fact,
    OwnCase,
    Person,
    Says,
    subjects,
)
from tests.evaluation.observed import Reply

# What is asked may be told with one thing that belongs to it (what to bring, where no steps are known): no more.
MOST_MORE = 1


class Mistake(StrEnum):
    """Kinds of mistakes, each with one likely kind of cause."""

    WRONG_FICHA = "wrong ficha"
    WRONG_ASPECT = "wrong aspect"
    MISSING_ASPECT = "an aspect asked for is missing"
    MORE_ASPECTS = "right aspect, and several others with it"
    ASKED_ALTHOUGH_CLEAR = "asked although clear"
    ANSWERED_ALTHOUGH_UNCLEAR = "answered although unclear"
    REFUSED_ALTHOUGH_KNOWN = "refused although known"
    WRONG_CHOICES = "asked, but not the right question"
    ANSWERED_OUT_OF_SCOPE = "answered although out of scope"
    ANSWERED_INSTEAD_OF_SPEECH = "answered where words or a person were due"
    ASKED_INSTEAD_OF_SPEECH = "asked where words or a person were due"
    PERSON_NOT_OFFERED = "no person offered"
    MISSED_SPEECH = "other words than were due"
    NO_REPLY = "no reply"


def judge(expected: Expected, reply: Reply) -> Mistake | None:
    """None when any alternative holds."""
    if reply.silent:
        return Mistake.NO_REPLY
    if any(holds(alternative, reply) for alternative in expected):
        return None
    if reply.answers:
        return _answered_wrongly(expected, reply)
    return _asked_wrongly(expected) if reply.offered else _spoke_wrongly(expected)


def judge_refusal(admitted: Collection[Fact], reply: Reply, *, danger: bool) -> Mistake | None:
    """Of a message that must not be answered: no fact but those admitted; in danger, a person too."""
    if reply.silent:
        return Mistake.NO_REPLY
    if set(reply.answers) - set(admitted):
        return Mistake.ANSWERED_OUT_OF_SCOPE
    if danger and not (reply.requested or reply.person_offered):
        return Mistake.PERSON_NOT_OFFERED
    return None


def holds(alternative: Alternative, reply: Reply) -> bool:
    """Whether the reply does what the README says of this form, as far as the API shows it."""
    match alternative:
        case Answers():
            return tells(alternative, reply) and len(reply.answers) <= len(alternative.facts) + MOST_MORE
        case AsksTramite(codigos):
            return not reply.answers and reply.asks_tramite and codigos <= set(reply.offered)
        case AsksAspect(codigo):
            if reply.answers:
                return set(reply.answers) == {Fact(codigo, DESCRIPTION)}
            return reply.asks_aspect and reply.offered == (codigo,)
        case Person():
            return reply.requested or reply.person_first
        case OwnCase():
            # What it says of the file is in its words only.
            return _only_speaks(reply) and (reply.requested or reply.person_offered)
        case Says(key):
            # Which sentence it was is in its words only.
            may_offer = key in {"are_you_a_person", "help", "privacy"}
            return _only_speaks(reply) and not reply.requested and (may_offer or not reply.person_offered)


def tells(wanted: Answers, reply: Reply) -> bool:
    """Everything wanted is told, and nothing of another subject."""
    same = all(fact.subject == wanted.subject for fact in reply.answers)
    return same and wanted.facts <= set(reply.answers)


def tells_more(expected: Expected, reply: Reply) -> bool:
    """The reply is right, with an aspect nobody asked for."""
    wanted = [one for one in expected if isinstance(one, Answers) and holds(one, reply)]
    return bool(wanted) and all(len(reply.answers) > len(one.facts) for one in wanted)


def names_wrong_subject(expected: Expected, reply: Reply) -> bool:
    """A fact was told of a ficha or sede that no alternative names, although one is named."""
    named = subjects(expected)
    return bool(named) and any(fact.subject not in named for fact in reply.answers)


def _only_speaks(reply: Reply) -> bool:
    return not reply.answers and not reply.offered


def _answered_wrongly(expected: Expected, reply: Reply) -> Mistake:
    if not subjects(expected):
        unclear = any(isinstance(alternative, AsksTramite) for alternative in expected)
        return Mistake.ANSWERED_ALTHOUGH_UNCLEAR if unclear else Mistake.ANSWERED_INSTEAD_OF_SPEECH
    if names_wrong_subject(expected, reply):
        return Mistake.WRONG_FICHA
    wanted = [alternative for alternative in expected if isinstance(alternative, Answers)]
    answered = {fact.subject for fact in reply.answers}
    if not answered <= {alternative.subject for alternative in wanted}:
        return Mistake.ANSWERED_ALTHOUGH_UNCLEAR
    return _wrong_aspects(wanted, set(reply.answers))


def _wrong_aspects(wanted: list[Answers], answered: set[Fact]) -> Mistake:
    if any(alternative.facts < answered for alternative in wanted):
        return Mistake.MORE_ASPECTS
    if any(answered < alternative.facts for alternative in wanted):
        return Mistake.MISSING_ASPECT
    return Mistake.WRONG_ASPECT


def _asked_wrongly(expected: Expected) -> Mistake:
    if any(isinstance(alternative, AsksTramite | AsksAspect) for alternative in expected):
        return Mistake.WRONG_CHOICES
    clear = any(isinstance(alternative, Answers) for alternative in expected)
    return Mistake.ASKED_ALTHOUGH_CLEAR if clear else Mistake.ASKED_INSTEAD_OF_SPEECH


def _spoke_wrongly(expected: Expected) -> Mistake:
    if any(isinstance(alternative, Answers | AsksTramite | AsksAspect) for alternative in expected):
        return Mistake.REFUSED_ALTHOUGH_KNOWN
    person = any(isinstance(alternative, Person | OwnCase) for alternative in expected)
    return Mistake.PERSON_NOT_OFFERED if person else Mistake.MISSED_SPEECH
