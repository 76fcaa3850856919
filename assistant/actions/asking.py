"""Asking which trámite is meant: never again what was refused, and with the choices of a moment ago where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.actions.results import MOST_CHOICES, Result, offer_person, say, which_tramite
from assistant.actions.turn import Option, Turn


def ask_which(turn: Turn, codigos: Sequence[str], aspecto: str | None) -> list[Result]:
    """The question with these candidates; with those that were not refused yet, and a person when none is left."""
    wanted = tuple(codigos)[:MOST_CHOICES]
    if not _was_asked(turn, wanted, aspecto):
        return [which_tramite(wanted, aspecto)]
    left = tuple(codigo for codigo in codigos if codigo not in _codigos(turn.offered))
    return [which_tramite(left, aspecto)] if left else [say("which_again"), offer_person("misunderstood")]


def ask_which_of_all(turn: Turn, aspecto: str | None) -> list[Result]:
    """Nothing is named: of the choices of a moment ago, where there are any; otherwise of the most asked ones."""
    codigos = _codigos(turn.options or (turn.offered if turn.unanswered else ()))
    return [which_tramite(codigos, aspecto)]


def _was_asked(turn: Turn, codigos: tuple[str, ...], aspecto: str | None) -> bool:
    """Whether just these were offered, nothing was answered since, and nothing else is asked of them now."""
    if not turn.unanswered or not set(codigos) <= set(_codigos(turn.offered)):
        return False
    asked = {option.aspecto for option in turn.options or turn.offered}
    return not turn.options or aspecto is None or aspecto in asked


def _codigos(options: Sequence[Option]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(option.codigo for option in options if option.codigo))


def aspect_pending(turn: Turn, codigo: str | None = None) -> str | None:
    """The aspect asked before the choices were offered, if they all keep the same one."""
    aspects = {option.aspecto for option in turn.options if option.codigo}
    own = {option.aspecto for option in turn.options if option.codigo == codigo}
    found = own if codigo and own else aspects
    return found.pop() if len(found) == 1 else None
