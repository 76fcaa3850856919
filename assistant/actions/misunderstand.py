"""The assistant is not sure what is asked."""

from __future__ import annotations

from assistant.actions.answer_aspect import of_tramite
from assistant.actions.asking import ask_which, aspect_pending
from assistant.actions.choose_option import by_place, matching
from assistant.actions.content_api import Resolution
from assistant.actions.results import Result, answer, offer_person, say, which_aspect, which_tramite
from assistant.actions.sede import of_sede
from assistant.actions.subject import subject
from assistant.actions.turn import Turn, TurnAction
from assistant.aspects import ASPECTS
from assistant.signs.dialogue import has_wish

MOST_ASPECTS = 3
# Of the 35 intents an even guess is 0.03: an aspect at 0.2 that nothing else comes near is right more often than not.
LIKELY_ENOUGH = 0.2
CLOSE = 0.8  # share of the first intent's confidence that makes the next one as likely
WORTH_ASKING = 0.1
WELL_NAMED = 0.6  # score of a candidate that is worth a question where the intent is in doubt
FEW = 4  # words
MOST_ASKED = ("requisitos", "costo", "donde")
NAMING = frozenset({"nombrar_tramite", "caso_propio"})  # what a story about a trámite looks like


class NotUnderstood(TurnAction):
    """Tries the choices offered, then the likeliest question of what is named, else says so."""

    def name(self) -> str:
        return "action_not_understood"

    async def results(self, turn: Turn) -> list[Result]:
        return await not_understood(turn)


async def not_understood(turn: Turn) -> list[Result]:
    """The best that can be done where the intent is in doubt. Raises ContentApiError."""
    chosen = (by_place(turn) or matching(turn)) if turn.options else None
    if chosen:
        return [chosen]
    aspecto = likely(turn)
    resolution = await subject(turn, aspecto)
    found = await of_likely(turn, aspecto, resolution) if aspecto else []
    return found or doubtful(turn, resolution)


def likely(turn: Turn) -> str | None:
    """The aspect that is probably asked: the first intent, or the first behind one that only names."""
    intents = [(name, confidence) for name, confidence in turn.ranked if name != "nlu_fallback"]
    aspects = [(name, confidence) for name, confidence in intents if name in ASPECTS]
    if not aspects or aspects[0][1] < LIKELY_ENOUGH:
        return None
    name, confidence = aspects[0]
    if _is_rather_a_name(turn, confidence):
        return None
    aside = NAMING | {turn.intent}  # an intent that is doubted itself does not stand against what is asked
    others = [score for other, score in intents if other not in aside and other not in ASPECTS]
    return name if confidence >= max(others, default=0.0) / CLOSE else None


def _is_rather_a_name(turn: Turn, confidence: float) -> bool:
    """A few words that may well only name the thing: "libro de reclamaciones"."""
    naming = dict(turn.ranked).get("nombrar_tramite", 0.0)
    return len(turn.text.split()) <= FEW and not turn.is_bare and naming >= confidence / 2


async def of_likely(turn: Turn, aspecto: str, resolution: Resolution) -> list[Result]:
    """The answer where the trámite or the sede is known, or which of several; nothing otherwise."""
    about_sede = await of_sede(turn, aspecto, resolution)
    if about_sede:
        return about_sede
    return of_tramite(turn, aspecto, resolution) if resolution.decision != "none" else []


def doubtful(turn: Turn, resolution: Resolution) -> list[Result]:
    """What is wanted of a trámite plainly named, which of several is, or that nothing was understood."""
    if resolution.decision == "sure" and resolution.codigo:
        if turn.options:
            return [answer(resolution.codigo, aspect_pending(turn, resolution.codigo) or "descripcion")]
        aspects = [name for name, confidence in turn.ranked if name in ASPECTS and confidence >= WORTH_ASKING]
        wanted = tuple(dict.fromkeys([*aspects, *MOST_ASKED]))
        return [which_aspect(resolution.codigo, wanted[:MOST_ASPECTS])]
    if resolution.candidates and (turn.named or max(resolution.scores, default=0.0) >= WELL_NAMED):
        return ask_which(turn, resolution.candidates, None)
    if turn.misses:
        return [say("not_understood"), offer_person("misunderstood")]
    return [say("not_understood"), *([which_tramite((), None)] if has_wish(turn.text) else [])]
