"""Which ficha people meant when they asked in words like these: learnt from questions, where names compare words.

Complement naive Bayes (Rennie, Shih, Teevan and Karger, Tackling the Poor Assumptions of Naive Bayes Text
Classifiers, ICML 2003, section 4.1, without its normalised weights), each text being its words and pairs of words and, with
the same weight in all, its runs of four letters, each term by its rarity. Of each ficha people asked about it learns those questions and the
ficha's names; of the others nothing, so they are neither found nor ruled out by it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import yaml
from django.conf import settings

from lenguas.normalise import fold, key
from lenguas.tokens import tokens

QUESTIONS = settings.CONTENT_DIR / "busqueda" / "preguntas.yaml"
SMOOTHING = 1.0  # of every term in every ficha, unseen
SHARPNESS = 16.0  # how soon a small difference of score decides; chosen on the questions to develop on
LETTERS = 4
MAX_TOKENS = 80
NOBODY: Mapping[str, float] = {}

Terms = tuple[frozenset[str], frozenset[str]]  # words and pairs of words; runs of letters


@lru_cache(maxsize=1)
def questions() -> dict[str, list[str]]:
    """Codigo -> what people asked of it, in both languages (written by assistant/examples.py)."""
    path: Path = QUESTIONS
    found: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def terms(text: str) -> Terms:
    """The terms of `text`, in neutral spelling."""
    words = [key(fold(token)) or fold(token) for token in tokens(text)[:MAX_TOKENS]]
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    return frozenset({*words, *pairs}), frozenset(run for word in words for run in _runs(word))


def _runs(word: str) -> Iterable[str]:
    """`#` keeps them apart from words; a blank stands for the word's edge."""
    edged = f" {word} "
    return (f"#{edged[at : at + LETTERS]}" for at in range(max(len(edged) - LETTERS + 1, 1)))


@dataclass(frozen=True, slots=True)
class Heard:
    """`likely`: codigo -> share of likelihood, of all fichas people asked about; `known`: weight of its terms ever heard."""

    likely: Mapping[str, float]
    known: float


class Asked:
    """What was asked of each of these fichas: codigo -> texts."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        said = {codigo: [terms(text) for text in dict.fromkeys(of)] for codigo, of in texts.items()}
        self._texts = sum(map(len, said.values()))
        self._frequency = Counter(
            term for of in said.values() for parts in of for part in parts for term in part
        )
        self._of: dict[str, dict[str, float]] = defaultdict(dict)  # term -> codigo -> weight
        self._total: dict[str, float] = defaultdict(float)
        self._seen: dict[str, float] = defaultdict(float)
        for codigo, of in said.items():
            for parts in of:
                self._learn(codigo, parts)
        self._sum = sum(self._total.values())
        self._smooth = SMOOTHING * len(self._seen)

    def _learn(self, codigo: str, parts: Terms) -> None:
        for term, weight in self._weighed(parts):
            of = self._of[term]
            of[codigo] = of.get(codigo, 0.0) + weight
            self._seen[term] += weight
            self._total[codigo] += weight

    def _weighed(self, parts: Terms) -> list[tuple[str, float]]:
        """Each term by how few texts have it; words and letters each of length 1, whatever the text's length."""
        found = []
        for part in parts:
            rarity = {
                term: 1.0 + math.log((1 + self._texts) / (1 + self._frequency[term])) for term in sorted(part)
            }
            length = math.sqrt(sum(weight * weight for weight in rarity.values()))
            found += [(term, weight / length) for term, weight in rarity.items()]
        return found

    def hear(self, text: str) -> Heard:
        """How likely each ficha is meant by `text`."""
        heard = [(term, weight) for term, weight in self._weighed(terms(text)) if term in self._seen]
        known = sum(weight for _term, weight in heard)
        if not heard:
            return Heard(NOBODY, 0.0)
        # The likelihood of the text in the words of all other fichas: the less likely there, the likelier it is here.
        scores = {
            codigo: known * math.log(self._sum - total + self._smooth)
            for codigo, total in self._total.items()
        }
        for term, weight in heard:
            seen = self._seen[term] + SMOOTHING
            for codigo, own in self._of[term].items():
                scores[codigo] += weight * math.log(seen / (seen - own))
        return Heard(_shares(scores), known)


def _shares(scores: Mapping[str, float]) -> dict[str, float]:
    best = max(scores.values())
    powers = {codigo: math.exp(SHARPNESS * (score - best)) for codigo, score in scores.items()}
    total = sum(powers.values())
    return {codigo: power / total for codigo, power in powers.items()}


@lru_cache(maxsize=2)
def learnt(texts: tuple[tuple[str, tuple[str, ...]], ...]) -> Asked:
    """What is learnt of these fichas: kept, since most publications change none of their names."""
    return Asked(dict(texts))
