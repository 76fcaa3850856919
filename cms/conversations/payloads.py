"""What a button sends back. We issue them all, so the list is closed and nothing else is understood."""

from dataclasses import dataclass
from typing import Literal

from cms.conversations.errors import UnknownPayload
from cms.directory.answers import PLACE_ASPECTS
from cms.tramites.schema import Aspecto

Kind = Literal["aspecto", "sede", "handoff", "undo_handoff", "locale", "ninguno"]
HANDOFF = "handoff"
UNDO_HANDOFF = "undo_handoff"
NONE_OF_THESE = "ninguno"


@dataclass(frozen=True, slots=True)
class Payload:
    """`target` is a ficha's codigo, a sede's id or a locale; `aspecto` what is asked of the first two."""

    kind: Kind
    target: str = ""
    aspecto: str = ""

    @property
    def is_control(self) -> bool:
        """Whether it works whoever has the conversation, without anybody answering a question."""
        return self.kind in ("handoff", "undo_handoff", "locale")


def of_aspecto(codigo: str, aspecto: str) -> str:
    return f"aspecto:{codigo}:{aspecto}"


def of_sede(sede: str, aspecto: str) -> str:
    return f"sede:{sede}:{aspecto}"


def of_locale(locale: str) -> str:
    return f"locale:{locale}"


def read_payload(text: str) -> Payload:
    """Raises UnknownPayload. Whether the ficha or place exists is for the reader of the answer to say."""
    # A database that is handed a NUL refuses the whole query; nothing we issue has a character one cannot see.
    match text.split(":") if text.isprintable() else []:
        case ["handoff"]:
            return Payload("handoff")
        case ["undo_handoff"]:
            return Payload("undo_handoff")
        case ["ninguno"]:
            return Payload("ninguno")
        case ["locale", ("es" | "qu") as locale]:
            return Payload("locale", locale)
        case ["aspecto", codigo, aspecto] if codigo and aspecto in list(Aspecto):
            return Payload("aspecto", codigo, aspecto)
        case ["sede", sede, aspecto] if sede and aspecto in PLACE_ASPECTS:
            return Payload("sede", sede, aspecto)
    raise UnknownPayload("send a payload found in the choices of a message")
