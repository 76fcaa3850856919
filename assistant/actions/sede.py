"""Which sede a turn is about: named, in the place where somebody wants to go, or answered before."""

from __future__ import annotations

from assistant.actions.content_api import Resolution, client
from assistant.actions.results import Result, answer_of_sede, which_sede
from assistant.actions.turn import Turn
from assistant.aspects import OF_A_SEDE
from assistant.lexicon import is_in_id
from assistant.signs import places
from assistant.words import folded_words

_COMMON = frozenset("centro mac tambo express".split())
_ELSEWHERE = frozenset("express tambo municipalidad agencia".split())


async def of_sede(turn: Turn, aspecto: str, resolution: Resolution) -> list[Result]:
    """The answer about a place, or none when the question is not about one. Raises ContentApiError."""
    if aspecto not in OF_A_SEDE:
        return []
    named = resolution.sede or _named_whole(turn, resolution.sedes)
    if named and _is_meant(turn, named):
        return [answer_of_sede(named, aspecto)]
    if places.names_network(turn.text):
        return await _of_network(turn, aspecto, resolution)
    if turn.sede and not turn.names_something:
        return [answer_of_sede(turn.sede, aspecto)]
    if places.says_only_place(turn.text) and not _is_about_a_tramite(turn):
        return await _in_place(turn, aspecto)
    return []


def _is_meant(turn: Turn, sede: str) -> bool:
    """Whether «el MAC Ventanilla» is this place: the centre, whatever else of the network is there."""
    words = set(folded_words(turn.text))
    is_centre = "mac" in sede.split("-") or "mac" not in words or bool(words & _ELSEWHERE)
    return is_centre or places.place(turn.text) is None


def _is_about_a_tramite(turn: Turn) -> bool:
    asked_for_a_centre = bool(turn.earlier) and places.names_network(turn.earlier[-1])
    return bool(turn.codigo) and not asked_for_a_centre


async def _of_network(turn: Turn, aspecto: str, resolution: Resolution) -> list[Result]:
    """Of the network's centres none is named: the one of the place said now or before, or the question which."""
    if turn.names_something and resolution.decision in {"sure", "which"}:
        return []
    return await _in_place(turn, aspecto)


async def _in_place(turn: Turn, aspecto: str) -> list[Result]:
    said = [place for text in (*turn.earlier, turn.naming, turn.text) if (place := places.place(text))]
    if not said:
        return [which_sede((), aspecto)]
    wanted = said[-1].region
    found = await client().resolve(f"centro mac {wanted}", turn.locale, None, None)
    sedes = (found.sede,) if found.sede else _of_region(found.sedes, wanted)
    return [answer_of_sede(sedes[0], aspecto)] if len(sedes) == 1 else [which_sede(sedes, aspecto)]


def _of_region(sedes: tuple[str, ...], region: str) -> tuple[str, ...]:
    """Those of the region. A region without a centre is answered with all centres: then none is."""
    words = folded_words(region)
    own = tuple(sede for sede in sedes if all(is_in_id(word, sede) for word in words))
    if own:
        exact = tuple(sede for sede in own if set(sede.split("-")) - _COMMON == set(words))
        return exact or own
    return () if all(sede.startswith("centro-mac-") for sede in sedes) else sedes


def _named_whole(turn: Turn, sedes: tuple[str, ...]) -> str | None:
    """The only one of several whose own words are all said: "el MAC Callao", beside the one of Ventanilla."""
    if not places.names_network(turn.text):
        return None
    words = folded_words(turn.text)
    whole = [sede for sede in sedes if _is_said(sede, words)]
    return whole[0] if len(whole) == 1 else None


def _is_said(sede: str, words: list[str]) -> bool:
    own = [part for part in sede.split("-") if part not in _COMMON]
    return bool(own) and all(any(is_in_id(word, part) for word in words) for part in own)
