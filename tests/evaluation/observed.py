"""What a reply showed, read from the messages of the conversation API and never from their words."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.evaluation.expectations import Fact

Message = Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """Everything said after one message of the citizen.

    `offered` are the subjects of the choices of messages that answer nothing, in their order: what was asked
    back. Choices that go with an answer are further questions and no question back. `person_first`: the
    first message offers a person and neither answers nor asks back. `sentences` tells equal texts from different ones.
    """

    answers: tuple[Fact, ...] = ()
    offered: tuple[str, ...] = ()
    choices: int = 0
    person_first: bool = False
    person_offered: bool = False
    requested: bool = False
    locale: str | None = None
    sentences: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        return self.locale is None

    @property
    def asks_tramite(self) -> bool:
        """Which one is meant: different subjects, or a single candidate to confirm."""
        return len(self.offered) > 1 or self.confirms_one

    @property
    def asks_aspect(self) -> bool:
        """What is wanted of a subject that is taken for granted."""
        return len(self.offered) == 1 and self.choices > 1

    @property
    def confirms_one(self) -> bool:
        """Whether the only candidate is meant: no question that tells anybody apart."""
        return len(self.offered) == 1 and self.choices == 1

    @property
    def does(self) -> str:
        """The kind of reply in one word, for tables."""
        if self.silent:
            return "nothing"
        if self.answers:
            return "answers"
        if self.offered:
            return (
                "asks what of it"
                if self.asks_aspect
                else "asks about one"
                if self.confirms_one
                else "asks which"
            )
        if self.requested:
            return "requests a person"
        return "offers a person" if self.person_offered else "speaks"


def read(messages: Sequence[Message]) -> Reply:
    """The reply in these messages of the contract's shape; the citizen's own are left out."""
    said = [message for message in messages if message["sender"] in {"assistant", "system"}]
    if not said:
        return Reply()
    asked = [choice for message in said if not message.get("answer") for choice in _subject_choices(message)]
    return Reply(
        answers=tuple(dict.fromkeys(_fact(message["answer"]) for message in said if message.get("answer"))),
        offered=tuple(dict.fromkeys(_subject(choice) for choice in asked)),
        choices=len(asked),
        # Every question back has a person among its choices: that is no offer before anything else.
        person_first=_offers_person(said[0]) and not _subject_choices(said[0]),
        person_offered=any(_offers_person(message) for message in said),
        requested=any(message["handoff"]["requested"] for message in said if message.get("handoff")),
        locale=said[0]["locale"],
        sentences=tuple(_digest(message["text"]) for message in said),
    )


def _fact(answer: Mapping[str, Any]) -> Fact:
    return Fact(_subject(answer), answer["aspecto"])


def _subject(named: Mapping[str, Any]) -> str:
    return str(named.get("codigo") or named.get("sede"))


def _subject_choices(message: Message) -> list[Mapping[str, Any]]:
    return [choice for choice in message.get("choices") or [] if choice.get("codigo") or choice.get("sede")]


def _offers_person(message: Message) -> bool:
    """Among the choices of a message that answers nothing; the label every message carries is no offer of its own."""
    label = (message.get("handoff") or {}).get("label")
    titles = [choice["title"] for choice in message.get("choices") or [] if not choice.get("codigo")]
    return not message.get("answer") and label is not None and label in titles


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
