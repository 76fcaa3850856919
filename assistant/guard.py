"""Holds a worse model back: the candidate and the live one read the same held-out questions. Imports Rasa.

Only counts leave this module: no line of what is held out is ever said, kept or logged.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.utils.io import read_yaml_file

from assistant import fingerprint, lexicon
from assistant.aspects import ASPECTS
from assistant.channels.body import plain_text
from assistant.settings import NLU_DATA, Settings
from lenguas.normalise import fold

GUARDED = NLU_DATA / "holdout"
# So many more wrong than before are still the same: one in two hundred, and never less than one.
TOLERATED_SHARE = 0.005
NAMES = {"es": "el castellano", "qu": "el quechua", "no": "lo que no se debe responder"}


@dataclass(frozen=True)
class Line:
    """One held-out text; `right` are the intents that are right for it, none where no aspect is."""

    group: str
    text: str
    right: frozenset[str]

    def holds(self, intent: str) -> bool:
        return intent in self.right if self.right else intent not in ASPECTS


@dataclass(frozen=True)
class Score:
    """Right answers of the live model and of the candidate, of `count`."""

    group: str
    count: int
    live: int
    candidate: int

    @property
    def is_worse(self) -> bool:
        return self.candidate < self.live - max(1, int(self.count * TOLERATED_SHARE))

    def __str__(self) -> str:
        return f"{NAMES[self.group]}: {self.candidate} de {self.count} (antes {self.live})"


def why_worse(settings: Settings, candidate: Path, say: Callable[[str], None], folder: Path = GUARDED) -> str:
    """Empty where `candidate` understands no less than the live model; otherwise the figures, in Spanish."""
    learnt = _accepted_texts(settings)
    lines = [line for line in held_out(folder) if _plain(line.text) not in learnt]
    if not lines:
        return "Aquí no hay preguntas con que compararlo."
    _use_names(settings)
    try:
        live = intents_of(settings.model, lines)
    except Exception as error:  # whatever an older version wrote: a model that cannot be loaded serves nobody
        say(
            f"the live model cannot be read by this version ({type(error).__name__}): the new one takes its place"
        )
        return ""
    scores = compare(lines, live, intents_of(candidate, lines))
    say("compared on held-out questions. " + "; ".join(map(str, scores)))
    worse = [str(score) for score in scores if score.is_worse]
    return f"Entiende peor {'; '.join(worse)}." if worse else ""


def compare(lines: Sequence[Line], live: Sequence[str], candidate: Sequence[str]) -> list[Score]:
    """One score for each group."""
    found = []
    for group in NAMES:
        own = [place for place, line in enumerate(lines) if line.group == group]
        if own:
            right = [sum(lines[place].holds(told[place]) for place in own) for told in (live, candidate)]
            found.append(Score(group, len(own), *right))
    return found


def intents_of(model: Path, lines: Sequence[Line]) -> list[str]:
    """What the model at that place says is asked, for each line."""

    async def read() -> list[str]:
        agent = Agent.load(str(model))
        assert agent.processor is not None, f"{model} could not be loaded"
        found = []
        for line in lines:
            parsed = await agent.processor.parse_message(UserMessage(plain_text(line.text), metadata={}))
            found.append(str(parsed["intent"]["name"]))
        return found

    return asyncio.run(read())


def held_out(folder: Path) -> list[Line]:
    """The single questions that ask plainly for one or several aspects, and what must not be answered."""
    found: list[Line] = []
    for group in ("es", "qu"):
        for entry in _entries(folder / f"preguntas_{group}.yml"):
            if right := _aspects(entry["espera"]):
                found.append(Line(group, entry["texto"], right))
    none: frozenset[str] = frozenset()
    refused = _entries(folder / "no_responder.yml")
    return [*found, *(Line("no", entry["texto"], none) for entry in refused if not entry.get("admite"))]


def _entries(path: Path) -> list[Mapping[str, Any]]:
    return list(read_yaml_file(path)) if path.exists() else []


def _aspects(expected: Mapping[str, Any]) -> frozenset[str]:
    """The aspects any of which is right; none where something else than an answer may be right too."""
    forms = expected.get("o", [expected])
    told = [{form["aspecto"]} if "aspecto" in form else set(form.get("aspectos", ())) for form in forms]
    return frozenset[str]().union(*told) if all(told) else frozenset()


def _use_names(settings: Settings) -> None:
    """Both are asked with the names in force, where these were exported."""
    path = settings.accepted_dir / "lexicon.json"
    if path.exists():
        lexicon.current.replace(json.loads(path.read_text(encoding="utf-8")))


def _accepted_texts(settings: Settings) -> frozenset[str]:
    """A question that was accepted as an example is no measure of what was learnt."""
    found: set[str] = set()
    for path in fingerprint.accepted(settings):
        for intent in read_yaml_file(path)["nlu"]:
            lines = str(intent["examples"]).splitlines()
            found.update(
                _plain(re.sub(r"\[([^\]]+)\]\(\w+\)", r"\1", line.removeprefix("- "))) for line in lines
            )
    return frozenset(found)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
