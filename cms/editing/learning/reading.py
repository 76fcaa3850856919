"""What in a conversation was not understood: pure, over its lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cms.conversations.errors import UnknownPayload
from cms.conversations.models import Message, Sender, TurnState
from cms.conversations.payloads import NONE_OF_THESE, read_payload
from cms.conversations.phrases import say
from cms.editing.learning.covering import COVER, covered, words_of
from cms.editing.learning.models import LONGEST, Motivo

LOW_RATING = 2
LOOKED_AHEAD = 2  # lines of the citizen after it: what comes later is another question
LEAST_LETTERS = 3
_SAID = {
    "not_understood": Motivo.NO_ENTENDIDO,
    "which_again": Motivo.NO_ENTENDIDO,
    "not_found": Motivo.SIN_FICHA,
}


@dataclass(frozen=True, slots=True)
class Afterwards:
    """The ficha and aspect of the next button, or else of the next answer."""

    codigo: str = ""
    aspecto: str = ""
    elegido: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    texto: str
    idioma: str
    motivo: Motivo
    despues: Afterwards
    at: datetime


@dataclass(frozen=True, slots=True)
class _Turn:
    """A line of the citizen with what the assistant said to it."""

    line: Message
    replies: tuple[Message, ...]


def not_understood(lines: Sequence[Message], rating: int | None) -> Iterator[Seen]:
    """Each text the assistant failed at, covered; `lines` in order."""
    turns = _turns(lines)
    for place, turn in enumerate(turns):
        if turn.line.payload or turn.line.turn != TurnState.DONE:
            continue
        after = _afterwards(turns[place + 1 : place + 1 + LOOKED_AHEAD])
        motive = _motive(turn, turns[place + 1 :], after)
        if motive is None and rating is not None and rating <= LOW_RATING and _is_last_answered(turns, place):
            motive = Motivo.MAL_CALIFICADO
        if motive is not None and (text := _text(turn.line.text)):
            yield Seen(text, turn.line.locale, motive, after, turn.line.at)


def _turns(lines: Sequence[Message]) -> list[_Turn]:
    said: dict[int, list[Message]] = {}
    for line in lines:
        if line.sender == Sender.ASSISTANT and line.in_reply_to is not None:
            said.setdefault(line.in_reply_to, []).append(line)
    return [_Turn(line, tuple(said.get(line.seq, ()))) for line in lines if line.sender == Sender.CITIZEN]


def _motive(turn: _Turn, later: Sequence[_Turn], after: Afterwards) -> Motivo | None:
    for reply in turn.replies:
        if reply.answer is None:
            for key, motive in _SAID.items():
                if reply.text.startswith(say(key, reply.locale)):
                    return motive
    if not _offered(turn) or not later:
        return None
    if later[0].line.payload == NONE_OF_THESE:
        return Motivo.NINGUNO
    return Motivo.ELEGIDO if after.elegido and after.codigo in _offered(turn) else None


def _offered(turn: _Turn) -> set[str]:
    """The fichas among which the citizen was asked."""
    asking = [reply for reply in turn.replies if reply.answer is None]
    return {choice["codigo"] for reply in asking for choice in reply.choices if choice.get("codigo")}


def _afterwards(turns: Sequence[_Turn]) -> Afterwards:
    for turn in turns:
        if turn.line.payload and (found := _pressed(turn.line.payload)):
            return found
        for reply in turn.replies:
            if reply.answer and reply.answer.get("codigo"):
                return Afterwards(reply.answer["codigo"], reply.answer.get("aspecto") or "")
    return Afterwards()


def _pressed(payload: str) -> Afterwards | None:
    try:
        button = read_payload(payload)
    except UnknownPayload:
        return None
    return Afterwards(button.target, button.aspecto, elegido=True) if button.kind == "aspecto" else None


def _is_last_answered(turns: Sequence[_Turn], place: int) -> bool:
    answered = [n for n, turn in enumerate(turns) if any(reply.answer for reply in turn.replies)]
    return bool(answered) and answered[-1] == place


def _text(text: str) -> str:
    """Covered; empty where it is a story, or where what is left says nothing."""
    found = covered(text)
    letters = sum(character.isalpha() for character in words_of(found.replace(COVER, " ")))
    return found if len(found) <= LONGEST and letters >= LEAST_LETTERS else ""
