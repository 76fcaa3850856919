"""Replies beside expectations: one outcome for every message that was played."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.evaluation.expectations import Expected, about
from tests.evaluation.holdout import Conversation, Refusal, Turn
from tests.evaluation.observed import Reply
from tests.evaluation.scoring import Mistake, judge, judge_refusal, names_wrong_subject


@dataclass(frozen=True)
class Outcome:
    """`id` is the question's, or the conversation's with the number of the turn. `expected` is empty for refusals."""

    id: str
    group: str
    language: str
    words: int
    expected: Expected
    reply: Reply
    mistake: Mistake | None
    mixed: bool = False
    motive: str = ""
    wrong_subject: bool = False

    @property
    def right(self) -> bool:
        return self.mistake is None

    @property
    def message_group(self) -> str:
        return "qu" if self.mixed else self.language

    @property
    def language_right(self) -> bool:
        """In a message of both languages either is right."""
        return self.mixed or self.reply.locale == self.language


def of_conversation(conversation: Conversation, replies: Sequence[Reply]) -> list[Outcome]:
    """One outcome for every turn.

    A turn that picks by order narrows what is expected, from there on, to the subject picked.
    """
    single = len(conversation.turns) == 1
    return [
        _outcome(
            conversation.id if single else f"{conversation.id}/{number}",
            conversation.group,
            turn,
            expected,
            reply,
        )
        for number, (turn, expected, reply) in enumerate(_narrowed(conversation.turns, replies), start=1)
    ]


def of_refusal(refusal: Refusal, reply: Reply) -> Outcome:
    """The outcome of a message that must not be answered."""
    mistake = judge_refusal(refusal.admitted, reply, danger=refusal.motive == "peligro")
    return Outcome(
        refusal.id,
        refusal.group,
        refusal.language,
        len(refusal.text.split()),
        (),
        reply,
        mistake,
        motive=refusal.motive,
    )


def _narrowed(turns: Sequence[Turn], replies: Sequence[Reply]) -> Iterator[tuple[Turn, Expected, Reply]]:
    picked: str | None = None
    before = Reply()
    for turn, reply in zip(turns, replies, strict=True):
        expected = turn.expected
        if turn.option is not None:
            picked = before.offered[turn.option - 1] if turn.option <= len(before.offered) else ""
            # Nothing that may be picked was at that place: no reply to this turn can be right.
            expected = about(expected, picked)
        elif picked:
            expected = about(expected, picked) or expected
        yield turn, expected, reply
        before = reply


def _outcome(id_: str, group: str, turn: Turn, expected: Expected, reply: Reply) -> Outcome:
    mistake = judge(expected, reply) if expected else Mistake.WRONG_CHOICES
    return Outcome(
        id_,
        group,
        turn.language,
        len(turn.text.split()),
        expected or turn.expected,
        reply,
        mistake,
        turn.mixed,
        wrong_subject=names_wrong_subject(expected or turn.expected, reply),
    )
