"""The shapes of the conversation API, as written in the contract."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StrictInt, StrictStr

Locale = Literal["es", "qu"]
Owner = Literal["assistant", "queue", "agent", "closed"]


class ConversationIn(Schema):
    """`codigo` is the ficha the citizen was reading."""

    locale: Locale | None = None
    codigo: StrictStr | None = None


class MessageIn(Schema):
    """`text`, or the `payload` of a choice. `client_id` is the client's own name for the message."""

    client_id: StrictStr
    text: StrictStr | None = None
    payload: StrictStr | None = None


class HandoffIn(Schema):
    """`contact` is a phone number or a mail address; `best_time` when to call."""

    reason: StrictStr | None = None
    contact: StrictStr | None = None
    best_time: Literal["any", "morning", "afternoon", "evening"] | None = None


class ReadIn(Schema):
    """`seq` is the last message the citizen has seen."""

    seq: Annotated[StrictInt, Field(ge=0, le=2**31 - 1)]


class ReadOut(Schema):
    """How far each side has read."""

    citizen: int
    agent: int


class DoneOut(Schema):
    done: bool


class RatingIn(Schema):
    score: Annotated[StrictInt, Field(ge=1, le=5)]
    comment: StrictStr | None = None


class AnswerOut(Schema):
    """Which version of which fact a message says. Facts of a place carry `sede` in place of `codigo`."""

    codigo: str | None = None
    sede: str | None = None
    aspecto: str
    confianza: Literal["alta", "media", "baja", "sin_dato"]
    url: str
    revision: int | None
    fuente: str | None
    actualizado_at: str | None


class ChoiceOut(Schema):
    title: str
    codigo: str | None = None
    sede: str | None = None
    aspecto: str | None = None
    payload: str


class HandoffOut(Schema):
    """How the citizen stands with a person, at the moment of serving. What is not known is null."""

    state: Literal["now", "queue", "callback", "active"]
    requested: bool
    label: str
    phone: str
    position: int | None
    wait_seconds: int | None
    wait_seconds_max: int | None
    opens_at: str | None
    case_number: str | None


class MessageOut(Schema):
    """A line. `answer`, `choices` and `handoff` are on every line that is not the citizen's own."""

    seq: int
    in_reply_to: int | None
    sender: Literal["citizen", "assistant", "agent", "system"]
    locale: Locale
    at: str
    text: str
    client_id: str | None = None
    answer: AnswerOut | None = None
    choices: list[ChoiceOut] = []
    handoff: HandoffOut | None = None


class ConversationOut(Schema):
    """`token` is shown this once; every other call carries it."""

    id: str
    token: str
    messages: list[MessageOut]


class PostedOut(Schema):
    """`messages`: all that was said after `message` so far. `pending`: the assistant is still at it."""

    message: MessageOut
    messages: list[MessageOut]
    pending: bool


class MessagesOut(Schema):
    messages: list[MessageOut]
    owner: Owner
    handoff: HandoffOut


class HandedOut(Schema):
    message: MessageOut
    handoff: HandoffOut


class SaidOut(Schema):
    message: MessageOut


class ProblemOut(Schema):
    """RFC 9457, `application/problem+json`."""

    type: str
    status: int
    title: str
    detail: str
