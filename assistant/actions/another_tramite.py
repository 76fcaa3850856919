"""Which trámite is meant when only what sets it apart from the one in context is said: "no, los penales"."""

from __future__ import annotations

from dataclasses import replace

from assistant.actions.asking import ask_which, ask_which_of_all, aspect_pending
from assistant.actions.content_api import Resolution
from assistant.actions.results import Result, answer, not_found, offer_person, say
from assistant.actions.subject import subject
from assistant.actions.turn import Turn
from assistant.lexicon import is_in_id
from assistant.words import FUNCTION_WORDS, folded_words


async def another(turn: Turn) -> list[Result]:
    """The aspect asked before, of the trámite now meant; never of the one in context."""
    resolution = await subject(turn)
    if resolution.decision in {"none", "context"} and turn.codigo and not resolution.candidates:
        resolution = await _beside(turn)
    return of_another(turn, resolution)


async def _beside(turn: Turn) -> Resolution:
    """What the words mean beside those of the trámite in context: all of them, then without its last or first."""
    words = (turn.codigo or "").split("-")[1:]
    found = Resolution("none", None, (), None, ())
    for beside in (words, words[:-1], words[1:]):
        found = await turn.resolve(turn.aspecto, " ".join(beside))
        if found.decision == "sure" and found.codigo != turn.codigo:
            return found
        candidates = mentioned(turn, found)
        if candidates:
            return replace(found, candidates=candidates)
    return replace(found, decision="none", candidates=())


def mentioned(turn: Turn, resolution: Resolution) -> tuple[str, ...]:
    """The candidates whose codigo has a word the citizen wrote."""
    words = [word for word in folded_words(turn.text) if word not in FUNCTION_WORDS]
    return tuple(codigo for codigo in resolution.candidates if any(is_in_id(word, codigo) for word in words))


def of_another(turn: Turn, resolution: Resolution) -> list[Result]:
    """What to do by what the words resolve to."""
    aspecto = aspect_pending(turn, resolution.codigo) or turn.aspecto or "descripcion"
    if resolution.decision == "sure" and resolution.codigo and resolution.codigo != turn.codigo:
        return [answer(resolution.codigo, aspecto)]
    others = tuple(codigo for codigo in resolution.candidates if codigo != turn.codigo)
    if len(others) == 1:
        return [answer(others[0], aspecto)]
    if others:
        return ask_which(turn, others, aspecto)
    if not turn.is_bare:
        return not_found()
    if not turn.codigo:
        return ask_which_of_all(turn, turn.aspecto)
    return [say("which_first"), offer_person("misunderstood")]
