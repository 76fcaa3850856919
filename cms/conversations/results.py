"""What an answerer decides: the assistant's typed results, which the plain search gives too."""

from cms.integrations.rasa.schemas import (
    Answer,
    Choices,
    Handoff,
    Notices,
    OfferPerson,
    Repeat,
    Result,
    Say,
    Subject,
    SwitchLocale,
)

__all__ = [
    "Answer",
    "Choices",
    "Handoff",
    "Notices",
    "OfferPerson",
    "Repeat",
    "Result",
    "Say",
    "Subject",
    "SwitchLocale",
]
