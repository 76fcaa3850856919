"""What the assistant may answer. It decides what is asked and never says a sentence or a fact of its own."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Locale = Literal["es", "qu"]
Codigo = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)]
Aspecto = Annotated[str, Field(pattern=r"^[a-z_]+$", max_length=20)]
HandoffReason = Literal["asked", "upset", "own_case", "misunderstood", "danger"]
SayKey = Literal[
    "greeting",
    "thanks",
    "goodbye",
    "help",
    "affirm",
    "out_of_scope",
    "not_understood",
    "not_found",
    "own_case",
    "danger",
    "which_first",
    "repeat_none",
    "locale_switched",
    "are_you_a_person",
    "privacy",
    "phone",
    "upset",
    "simpler",
    "which_again",
    "no_notices",
    "read_aloud",
]


class Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Subject(Shape):
    """A ficha or a place, and what is asked of it."""

    codigo: Codigo | None = None
    sede: Codigo | None = None
    aspecto: Aspecto | None = None


class Answer(Subject):
    """An aspect of a ficha, or of a place."""

    type: Literal["answer"] = "answer"

    @model_validator(mode="after")
    def names_one_subject(self) -> Self:
        if (self.codigo is None) == (self.sede is None) or self.aspecto is None:
            raise ValueError("an answer names a codigo or a sede, and an aspecto")
        return self


class Choices(Shape):
    """Asks which is meant. Without options the most asked ones are offered, for `aspecto`."""

    type: Literal["choices"] = "choices"
    reason: Literal["which_tramite", "which_aspect", "which_sede"]
    options: list[Subject] = Field(default=[], max_length=4)
    aspecto: Aspecto | None = None


class Handoff(Shape):
    type: Literal["handoff"] = "handoff"
    reason: HandoffReason


class OfferPerson(Shape):
    type: Literal["offer_person"] = "offer_person"
    reason: HandoffReason


class Say(Shape):
    """One of the fixed sentences; `codigo` is the ficha it is about, where one is known."""

    type: Literal["say"] = "say"
    key: SayKey
    codigo: Codigo | None = None


class SwitchLocale(Shape):
    type: Literal["locale"] = "locale"
    locale: Locale


class Notices(Shape):
    """The notices in force that concern a ficha, a place or a region; with none of these, all of them."""

    type: Literal["notices"] = "notices"
    codigo: Codigo | None = None
    sede: Codigo | None = None
    region: str | None = Field(default=None, max_length=40)


class Repeat(Shape):
    type: Literal["repeat"] = "repeat"


Result = Annotated[
    Answer | Choices | Handoff | OfferPerson | Say | SwitchLocale | Repeat | Notices,
    Field(discriminator="type"),
]


class TurnResponse(Shape):
    """The decisions of one turn, at least one."""

    locale: Locale
    locale_score: float = 0.0
    results: list[Result] = Field(min_length=1, max_length=8)


class TurnRequest(Shape):
    """One message of a citizen with all the context there is."""

    sender: str
    message: str
    metadata: "Metadata"


class Metadata(Shape):
    locale: Locale
    locale_chosen: bool
    codigo: str | None
    aspecto: str | None
    sede: str | None
    options: list[Subject]
    misses: int
    earlier: list[str] = []
    offered: list[Subject] = []
    unanswered: bool = False
    told: list[str] = []
