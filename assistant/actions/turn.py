"""One turn as an action sees it, and the base class of all actions."""

from __future__ import annotations

import logging
import traceback
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from assistant.actions.content_api import ContentApiError, Resolution, client
from assistant.actions.results import FAILED, Result
from assistant.signs.whom import Whom, speaks_of_own, whom
from assistant.words import FUNCTION_WORDS, folded_words

LONGEST_QUERY = 3500  # characters; the content API takes 4,000
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Option:
    """A choice offered in the message before."""

    codigo: str | None
    aspecto: str | None
    sede: str | None


@dataclass(frozen=True)
class Named:
    """A published name found in the text, and the codigos it may stand for."""

    words: str
    codigos: tuple[str, ...]


@dataclass(frozen=True)
class Turn:
    """What was understood and the context the content service sent with it.

    `ranked`: the intents with their confidences, the likeliest first. `naming` holds the words in which the
    trámite may be named: the question's own, or the whole message's.
    `named` are the published names found. `unknown` are content words no question uses. `earlier` are the citizen's
    texts before this one, the newest last; `offered` the trámites last asked about, and `unanswered` whether nothing
    was answered since; `told` the codigos answered about before, the newest first. `several`: it is one of the questions
    of a message.
    """

    text: str
    naming: str
    intent: str
    confidence: float
    ranked: tuple[tuple[str, float], ...]
    named: tuple[Named, ...]
    names_entity: bool
    unknown: tuple[str, ...]
    locale: str
    codigo: str | None
    aspecto: str | None
    sede: str | None
    options: tuple[Option, ...]
    misses: int
    earlier: tuple[str, ...] = ()
    offered: tuple[Option, ...] = ()
    unanswered: bool = False
    told: tuple[str, ...] = ()
    several: bool = False

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """The turn of the latest message."""
        message = tracker.latest_message
        context = message.get("metadata") or {}
        intent = message.get("intent") or {}
        return cls(
            text=message.get("text") or "",
            naming=context.get("naming") or message.get("text") or "",
            intent=intent.get("name") or "",
            confidence=float(intent.get("confidence") or 0.0),
            ranked=tuple(
                (entry["name"], float(entry["confidence"])) for entry in message.get("intent_ranking") or ()
            ),
            named=tuple(
                Named(entity.get("value") or "", tuple(entity.get("ids") or ()))
                for entity in message.get("entities") or ()
                if entity["entity"] == "tramite"
            ),
            names_entity=any(entity["entity"] == "entidad" for entity in message.get("entities") or ()),
            unknown=tuple(message.get("unknown_words") or ()),
            locale=(message.get("language") or {}).get("locale") or context.get("locale") or "es",
            codigo=context.get("codigo"),
            aspecto=context.get("aspecto"),
            sede=context.get("sede"),
            options=tuple(_option(option) for option in context.get("options") or ()),
            misses=int(context.get("misses") or 0),
            earlier=tuple(context.get("earlier") or ()),
            offered=tuple(_option(option) for option in context.get("offered") or ()),
            unanswered=bool(context.get("unanswered")),
            told=tuple(codigo for codigo in context.get("told") or () if codigo != context.get("codigo")),
            several=bool(context.get("several")),
        )

    @property
    def names_something(self) -> bool:
        """A published name was found."""
        return bool(self.named)

    @property
    def whom(self) -> Whom | None:
        """For whom it is: as said now, or as said before and not taken back."""
        said = whom(self.text) or whom(self.naming)
        if said or speaks_of_own(self.text):
            return said
        before = (whom(text) for text in reversed(self.earlier) if not speaks_of_own(text))
        return next((found for found in before if found), None)

    @property
    def says_whom(self) -> bool:
        """Whether this message says for whom it is, or goes on where one that did left off: "y el pasaporte"."""
        joined = folded_words(self.text)[:1] in (["y"], ["tambien"])
        return joined or whom(self.text) is not None or whom(self.naming) is not None

    @property
    def is_only_name(self) -> bool:
        """Nothing stands beside the names: "la licencia de funcionamiento"."""
        inside = {word for name in self.named for word in folded_words(name.words)}
        return bool(inside) and set(folded_words(self.text)) <= inside | FUNCTION_WORDS

    @property
    def is_bare(self) -> bool:
        """Nothing is named: "cuánto cuesta"."""
        return not self.names_something and not self.unknown

    async def resolve(self, aspecto: str | None = None, more: str = "") -> Resolution:
        """What this turn is about, read with `more` words behind its own. Raises ContentApiError.

        A story may name too much for one thing to be found: then what its question names is.
        """
        text = f"{self.naming[:LONGEST_QUERY]} {more}".strip()
        found = await client().resolve(text, self.locale, self.codigo, aspecto, self.told)
        if found.decision != "none" or self.text == self.naming or more:
            return found
        closer = await client().resolve(
            self.text[:LONGEST_QUERY], self.locale, self.codigo, aspecto, self.told
        )
        return closer if closer.decision in {"sure", "which"} else found


def _option(data: dict[str, Any]) -> Option:
    return Option(data.get("codigo"), data.get("aspecto"), data.get("sede"))


class TurnAction(Action, ABC):
    """An action that turns a Turn into results."""

    @abstractmethod
    async def results(self, turn: Turn) -> list[Result]:
        """The results of this turn, at least one. Raises ContentApiError."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Send the results; no event is needed, because the context comes with every turn.

        A failure is a result too: an exception would make rasa_sdk answer with the whole request, and Rasa write
        it, with what the citizen said, into its log.
        """
        for result in await self._results_or_failure(tracker):
            dispatcher.utter_message(json_message=result)
        return []

    async def _results_or_failure(self, tracker: Tracker) -> list[Result]:
        try:
            return await self.results(Turn.of(tracker))
        except ContentApiError as error:
            logger.warning("%s failed: %s", self.name(), error)
        except Exception as error:  # whatever it is: see `run`
            logger.error("%s failed: %s at %s", self.name(), type(error).__name__, _place(error))
        return [FAILED]


def _place(error: Exception) -> str:
    """Where an error was raised, without its message, which may quote the citizen."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"
