"""Outcomes become figures. The needs are those the project has set itself for its held-out questions."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.evaluation.expectations import Person, Says
from tests.evaluation.figures import Figure, Need, measured, percentile, unmeasured
from tests.evaluation.holdout import Holdout
from tests.evaluation.judging import Outcome
from tests.evaluation.playing import Run
from tests.evaluation.scoring import tells_more

GROUPS = ("es", "qu")
SHORT_WORDS = 3
# Nonsense is in no language.
NO_LANGUAGE = "sin_sentido"

_FIRST_TURN = {"es": 93, "qu": 87}
_WHOLE = {"es": 88, "qu": 80}
_WRONG_FICHA = {"es": 1, "qu": 2}
_PERSON = {"es": 99, "qu": 98}
_NOT_ANSWERED = {"es": 98, "qu": 98}
_LONG = {"es": 99.5, "qu": 99.5}
_SHORT = {"es": 98, "qu": 97}
_SIZES = {"es": 600, "qu": 300, "conversations": 150, "refusals": 150}


def figures(run: Run, holdout: Holdout) -> list[Figure]:
    """Every figure of the run, by group."""
    found = [figure for group in GROUPS for figure in _of_group(run, group)]
    return [*found, *_sizes(holdout), *_times(run)]


def _of_group(run: Run, group: str) -> Iterator[Figure]:
    questions = [outcome.right for outcome in run.questions if outcome.group == group]
    asked = [outcome for outcome in run.asked() if outcome.group == group]
    refusals = [outcome.right for outcome in run.refusals if outcome.group == group]
    wrong = [outcome.wrong_subject for outcome in asked]
    yield _share(f"first_turn_right_{group}", questions, Need(at_least=_FIRST_TURN[group]))
    yield from _conversations(run, group)
    yield _share(f"wrong_ficha_told_{group}", wrong, Need(at_most=_WRONG_FICHA[group]))
    more = [tells_more(outcome.expected, outcome.reply) for outcome in asked if outcome.right]
    yield _share(f"more_told_than_asked_{group}", more, detail="of the right ones")
    yield from _person(asked, group)
    yield _share(f"not_answered_{group}", refusals, Need(at_least=_NOT_ANSWERED[group]))
    yield from _language(run, group)
    yield _speech(run, group)


def _conversations(run: Run, group: str) -> Iterator[Figure]:
    played = [[turn.right for turn in turns] for turns in run.conversations if turns[0].group == group]
    need = Need(at_least=_WHOLE[group])
    yield _share(f"conversation_ends_right_{group}", [turns[-1] for turns in played], need, "the last turn")
    yield _share(f"conversation_whole_right_{group}", [all(turns) for turns in played], need, "every turn")
    yield _share(f"conversation_turns_right_{group}", [right for turns in played for right in turns])


def _person(asked: Sequence[Outcome], group: str) -> Iterator[Figure]:
    """Wishes, anger and fear are one form in the held-out files: either doing is right, and both are counted."""
    wished = [outcome for outcome in asked if outcome.expected == (Person(),)]
    acted_on = [outcome.right for outcome in wished]
    requested = [outcome.reply.requested for outcome in wished]
    need = Need(at_least=_PERSON[group])
    yield _share(f"person_offer_acted_on_{group}", acted_on, need, "requested, or offered first")
    yield _share(f"person_requested_{group}", requested, detail="requested at once")


def _language(run: Run, group: str) -> Iterator[Figure]:
    """By the language of the message, which need not be that of its conversation."""
    judged = [
        outcome
        for outcome in run.everything()
        if outcome.message_group == group and outcome.motive != NO_LANGUAGE and not outcome.reply.silent
    ]
    longer = [outcome.language_right for outcome in judged if outcome.words > SHORT_WORDS]
    short = [outcome.language_right for outcome in judged if outcome.words <= SHORT_WORDS]
    yield _share(f"language_right_4_words_{group}", longer, Need(at_least=_LONG[group]))
    yield _share(f"language_right_3_words_{group}", short, Need(at_least=_SHORT[group]))


def _speech(run: Run, group: str) -> Figure:
    """How far a right `decir` may be believed: whether its sentence is mostly said where something else is due."""
    meanings = _meanings(run)
    spoken = [
        outcome for outcome in run.asked() if outcome.group == group and _key(outcome) and outcome.right
    ]
    doubted = [meanings[outcome.reply.sentences[-1]] != _key(outcome) for outcome in spoken]
    return _share(
        f"decir_in_doubt_{group}", doubted, detail="counted as right, in a sentence mostly said elsewhere"
    )


def _meanings(run: Run) -> dict[str, str]:
    """What each sentence is mostly said for: a key of `decir`, or nothing where no sentence was due."""
    said: dict[str, Counter[str]] = {}
    for outcome in run.everything():
        undecided = any(isinstance(alternative, Says) for alternative in outcome.expected) and not _key(
            outcome
        )
        if outcome.reply.sentences and not undecided:
            said.setdefault(outcome.reply.sentences[-1], Counter())[_key(outcome)] += 1
    return {sentence: counted.most_common(1)[0][0] for sentence, counted in said.items()}


def _key(outcome: Outcome) -> str:
    match outcome.expected:
        case (Says(key),):
            return key
    return ""


def _sizes(holdout: Holdout) -> Iterator[Figure]:
    for group in GROUPS:
        count = sum(question.group == group for question in holdout.questions)
        yield measured(f"held_out_questions_{group}", count, "questions", Need(at_least=_SIZES[group]))
    conversations, refusals = len(holdout.conversations), len(holdout.refusals)
    yield measured(
        "held_out_conversations", conversations, "conversations", Need(at_least=_SIZES["conversations"])
    )
    yield measured("held_out_refusals", refusals, "messages", Need(at_least=_SIZES["refusals"]))


def _times(run: Run) -> Iterator[Figure]:
    """Two citizens at once: not the figure of one, which `make bench` measures."""
    detail = f"two conversations at a time, {len(run.seconds)} messages"
    for percent in (50, 95):
        name = f"reply_p{percent}"
        if run.seconds:
            yield measured(name, 1000 * percentile(run.seconds, percent), "ms", detail=detail)
        else:
            yield unmeasured(name, "ms", "no message was answered")
    faults = sorted(run.faults.items())
    shown = "; ".join(f"{id_}: {what}" for id_, what in faults[:5])
    yield measured("conversations_broken_off", len(faults), "conversations", Need(at_most=0), shown)


def _share(name: str, held: Sequence[bool], need: Need | None = None, detail: str = "") -> Figure:
    if not held:
        return unmeasured(name, "%", "nothing of this kind was played", need)
    said = f"{sum(held)} of {len(held)}"
    return measured(name, 100 * sum(held) / len(held), "%", need, f"{said}; {detail}" if detail else said)
