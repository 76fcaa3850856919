"""Messages in the shape the conversation API gives them."""

from collections.abc import Callable
from typing import Any

import pytest

Message = dict[str, Any]
LABEL = "Hablar con una persona de Aló MAC"
PERSON: dict[str, Any] = {"title": LABEL, "codigo": None, "aspecto": None, "payload": "x"}


@pytest.fixture
def said() -> Callable[..., Message]:
    """A message of the assistant: `fact` is (subject, aspecto), `choices` subjects, `person` offers one."""

    def make(
        fact: tuple[str, str] | None = None,
        choices: tuple[str, ...] = (),
        *,
        person: bool = False,
        requested: bool = False,
        locale: str = "es",
    ) -> Message:
        answer = {"codigo": fact[0], "aspecto": fact[1]} if fact else None
        offered = [
            {"title": codigo, "codigo": codigo, "aspecto": "costo", "payload": "x"} for codigo in choices
        ]
        return {
            "sender": "assistant",
            "locale": locale,
            "text": "Un texto.",
            "answer": answer,
            "choices": [*([PERSON] if person else []), *offered],
            "handoff": {"state": "callback", "requested": requested, "label": LABEL},
        }

    return make
