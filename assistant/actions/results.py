"""The results an action may give; the content service puts them into words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Result = dict[str, Any]
MOST_CHOICES = 4
FAILED: Result = {"type": "failed"}  # never leaves the assistant: the channel makes it a 500


def answer(codigo: str, aspecto: str) -> Result:
    """An aspect of a ficha."""
    return {"type": "answer", "codigo": codigo, "aspecto": aspecto}


def answer_of_sede(sede: str, aspecto: str) -> Result:
    """Where a sede is, when it attends, or how to reach it."""
    return {"type": "answer", "sede": sede, "aspecto": aspecto}


def which_tramite(codigos: Iterable[str], aspecto: str | None) -> Result:
    """Ask which trámite is meant, keeping what is asked of it; without codigos the most asked are offered."""
    options = [{"codigo": codigo, "aspecto": aspecto} for codigo in codigos][:MOST_CHOICES]
    asked = {"aspecto": aspecto} if aspecto and not options else {}
    return {"type": "choices", "reason": "which_tramite", "options": options, **asked}


def which_aspect(codigo: str, aspectos: Iterable[str]) -> Result:
    """Ask what is wanted of a trámite."""
    options = [{"codigo": codigo, "aspecto": aspecto} for aspecto in aspectos]
    return {"type": "choices", "reason": "which_aspect", "options": options[:MOST_CHOICES]}


def which_sede(sedes: Iterable[str], aspecto: str) -> Result:
    """Ask which place is meant; without ids the content service offers its own."""
    options = [{"sede": sede, "aspecto": aspecto} for sede in sedes]
    return {"type": "choices", "reason": "which_sede", "options": options[:MOST_CHOICES]}


def handoff(reason: str) -> Result:
    """A person is requested now."""
    return {"type": "handoff", "reason": reason}


def offer_person(reason: str) -> Result:
    """A person is offered, not requested."""
    return {"type": "offer_person", "reason": reason}


def say(key: str) -> Result:
    """One of the fixed sentences."""
    return {"type": "say", "key": key}


def say_of(key: str, codigo: str | None) -> Result:
    """One of the fixed sentences, about a ficha where one is known."""
    return {**say(key), "codigo": codigo} if codigo else say(key)


def not_found() -> list[Result]:
    """What was named is not known here."""
    return [say("not_found"), offer_person("misunderstood")]
