"""Which trámite is meant when only what sets it apart from the one in context is said: "no, los penales"."""

from __future__ import annotations

from dataclasses import replace

from assistant.actions.content_api import Resolution
from assistant.actions.results import Result, answer, not_found, which_tramite
from assistant.actions.turn import Turn
from assistant.lexicon import is_in_id
from assistant.words import FUNCTION_WORDS, folded_words


async def another(turn: Turn) -> list[Result]:
    """The aspect asked before, of the trámite now meant; never of the one in context."""
    resolution = await turn.resolve(turn.aspecto)
    if resolution.decision in {"none", "context"} and turn.codigo:
        beside = await turn.resolve(turn.aspecto, " ".join(turn.codigo.split("-")[1:]))
        resolution = replace(beside, candidates=mentioned(turn, beside))
    return of_another(turn, resolution)


def mentioned(turn: Turn, resolution: Resolution) -> tuple[str, ...]:
    """The candidates whose codigo has a word the citizen wrote."""
    words = [word for word in folded_words(turn.text) if word not in FUNCTION_WORDS]
    return tuple(codigo for codigo in resolution.candidates if any(is_in_id(word, codigo) for word in words))


def of_another(turn: Turn, resolution: Resolution) -> list[Result]:
    """What to do by what the words resolve to."""
    aspecto = turn.aspecto or "descripcion"
    if resolution.decision == "sure" and resolution.codigo and resolution.codigo != turn.codigo:
        return [answer(resolution.codigo, aspecto)]
    others = tuple(codigo for codigo in resolution.candidates if codigo != turn.codigo)
    if len(others) == 1:
        return [answer(others[0], aspecto)]
    if others:
        return [which_tramite(others, aspecto)]
    return [which_tramite((), turn.aspecto)] if turn.is_bare else not_found()
