"""Which ficha people meant when they asked in words like these: learnt from questions, where names compare words.

A linear model (cms/search/learning.py): each ficha has a weight for every stem, pair of stems and run of four letters,
the letters carrying slips and Quechua suffixes. A text is its terms by their rarity, stems and letters each of length 1.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import yaml
from django.conf import settings
from numpy.typing import NDArray

from cms.search.analysis import unit
from lenguas.normalise import fold, key
from lenguas.tokens import tokens

QUESTIONS = settings.CONTENT_DIR / "busqueda" / "preguntas.yaml"
TURNS = settings.CONTENT_DIR / "busqueda" / "turnos.yaml"
SHARPNESS = 12.0  # how soon a small difference of score decides; chosen on the questions to develop on
LETTERS = 4
MAX_TOKENS = 80
NOBODY: Mapping[str, float] = {}
NO_FICHA = "-"  # what people asked that no ficha covers, in place of a codigo

Terms = tuple[frozenset[str], frozenset[str]]  # stems and pairs of stems; runs of letters


@lru_cache(maxsize=1)
def questions() -> dict[str, list[str]]:
    """Codigo -> what people asked of it, in both languages (written by assistant/examples.py)."""
    path: Path = QUESTIONS
    found: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def turns() -> dict[str, list[str]]:
    """What people said while a ficha was talked of: `sigue`, of that ficha still, and `cambia`, of another."""
    path: Path = TURNS
    found: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def terms(text: str) -> Terms:
    """The terms of `text`, in neutral spelling."""
    words = [fold(token) for token in tokens(text)[:MAX_TOKENS]]
    stems = [_stem(word) for word in words]
    pairs = (f"{one} {other}" for one, other in pairwise(stems))
    runs = (run for word in words for run in _runs(key(word) or word))
    return frozenset({*stems, *pairs}), frozenset(runs)


def _stem(word: str) -> str:
    return key(unit(word)[0][2:]) or word


def _runs(word: str) -> Iterable[str]:
    """`#` keeps them apart from words; a blank stands for the word's edge."""
    edged = f" {word} "
    return (f"#{edged[at : at + LETTERS]}" for at in range(max(len(edged) - LETTERS + 1, 1)))


def weighed(parts: Terms, rarity: Mapping[str, float]) -> dict[str, float]:
    """Each known term by its rarity; stems and letters each of length 1, whatever the text's length."""
    found: dict[str, float] = {}
    for part in parts:
        own = {term: rarity[term] for term in sorted(part) if term in rarity}
        length = math.sqrt(sum(weight * weight for weight in own.values()))
        found |= {term: weight / length for term, weight in own.items()}
    return found


@dataclass(frozen=True, slots=True)
class Heard:
    """`likely`: codigo -> share of likelihood, of all fichas people asked about; `uncovered`: the share of what no ficha
    covers; `known`: share of its terms ever heard.
    """

    likely: Mapping[str, float]
    known: float
    uncovered: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """How people speak who turn to another ficha ("no, el otro"), whichever it is: the weight of each stem and pair."""

    weights: Mapping[str, float]
    base: float

    def points(self, text: str) -> float:
        """The logarithm of the odds that `text`, said while a ficha is being talked of, is about another."""
        own = [self.weights[term] for term in terms(text)[0] if term in self.weights]
        return self.base + sum(own) / math.sqrt(len(own)) if own else self.base


@dataclass(frozen=True, slots=True)
class Learnt:
    """All that is learnt of what people asked."""

    asked: "Asked"
    change: Change


class Asked:
    """What was learnt. `weights`: terms by codigos, the terms in the order of `rarity`; `base`: one of each codigo."""

    def __init__(
        self,
        codigos: Sequence[str],
        rarity: Mapping[str, float],
        weights: NDArray[np.float32],
        base: NDArray[np.float32],
    ) -> None:
        self.codigos = codigos
        self.rarity = rarity
        self.weights = weights
        self.base = base
        self._places = {term: place for place, term in enumerate(rarity)}

    def knows(self, word: str) -> bool:
        """Whether anybody ever said `word` of a ficha, rather than of what no ficha covers."""
        place = self._places.get(_stem(fold(word)))
        return place is not None and self.codigos[int(self.weights[place].argmax())] != NO_FICHA

    def hear(self, text: str) -> Heard:
        """How likely each ficha is meant by `text`."""
        parts = terms(text)
        own = weighed(parts, self.rarity)
        if not own:
            return Heard(NOBODY, 0.0)
        rows = self.weights[[self._places[term] for term in own]]
        scores = SHARPNESS * (np.fromiter(own.values(), np.float64) @ rows + self.base)
        powers = np.exp(scores - scores.max())
        likely = dict(zip(self.codigos, (powers / powers.sum()).tolist(), strict=True))
        uncovered = likely.pop(NO_FICHA, 0.0)
        return Heard(likely, len(own) / sum(map(len, parts)), uncovered)
