"""The held-out questions and conversations, read from their files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.evaluation import expectations
from tests.evaluation.expectations import Expected, Fact


@dataclass(frozen=True)
class Turn:
    """One message of a citizen. `option`: it picks the n-th of what was offered just before, from 1."""

    language: str
    text: str
    expected: Expected
    mixed: bool = False
    option: int | None = None


@dataclass(frozen=True)
class Conversation:
    """Turns in order. A single question is one of a single turn."""

    id: str
    group: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Refusal:
    """A message that must not be answered with a fact, but for those admitted."""

    id: str
    group: str
    language: str
    motive: str
    text: str
    admitted: frozenset[Fact]


@dataclass(frozen=True)
class Holdout:
    """`group` of everything in it is `es`, or `qu` for Quechua and mixed."""

    questions: tuple[Conversation, ...]
    conversations: tuple[Conversation, ...]
    refusals: tuple[Refusal, ...]


def load(folder: Path) -> Holdout:
    """Raises ExpectationError, KeyError or a YAML error for what is not as the README says."""
    questions = [
        _question(entry, group)
        for group in ("es", "qu")
        for entry in _entries(folder, f"preguntas_{group}.yml")
    ]
    return Holdout(
        tuple(questions),
        tuple(_conversation(entry) for entry in _entries(folder, "conversaciones.yml")),
        tuple(_refusal(entry) for entry in _entries(folder, "no_responder.yml")),
    )


def _entries(folder: Path, name: str) -> list[Mapping[str, Any]]:
    loaded: list[Mapping[str, Any]] = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    return loaded


def _question(entry: Mapping[str, Any], group: str) -> Conversation:
    return Conversation(entry["id"], group, (_turn(entry),))


def _conversation(entry: Mapping[str, Any]) -> Conversation:
    return Conversation(entry["id"], entry["idioma"], tuple(_turn(turn) for turn in entry["turnos"]))


def _turn(entry: Mapping[str, Any]) -> Turn:
    return Turn(
        entry["idioma"],
        entry["texto"],
        expectations.read(entry["espera"]),
        entry.get("mixto", False),
        entry.get("opcion"),
    )


def _refusal(entry: Mapping[str, Any]) -> Refusal:
    admitted = (expectations.read(form) for form in entry.get("admite", ()))
    facts = {
        fact
        for form in admitted
        for one in form
        if isinstance(one, expectations.Answers)
        for fact in one.facts
    }
    language = entry["idioma"]
    return Refusal(entry["id"], language, language, entry["motivo"], entry["texto"], frozenset(facts))
