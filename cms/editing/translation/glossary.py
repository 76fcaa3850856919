"""The glossary's words that a Spanish sentence holds, with what they are in Quechua and how sure that is."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from lenguas.spanish import stem

SURE = {"high": "segura", "medium": "por revisar", "low": "dudosa"}
MOST = 8
# The one word of the glossary whose accent makes it another word.
ACCENTED = (("si",), "sí")


@dataclass(frozen=True, slots=True)
class Term:
    """One way to say a Spanish word or phrase. `variedad` is quy, quz or ambas."""

    es: str
    qu: str
    variedad: str
    fuente: str
    certeza: str

    @property
    def breve(self) -> str:
        """The first way to say it, without explanations: what goes into a sentence."""
        return re.split(r"[(/;,]", self.qu)[0].strip() or self.qu


Stems = tuple[str, ...]


def hits(spanish: str) -> list[Term]:
    """The terms of the glossary found in `spanish`, longer phrases first; a phrase hides the words it is made of."""
    words = _stems(spanish)
    bare = re.findall(r"[^\W_]+", re.sub(r"\{[^{}]*\}", " ", spanish.lower()))
    found: list[Term] = []
    covered: set[int] = set()
    for phrase, terms in _phrases():
        for start in range(len(words) - len(phrase) + 1):
            places = set(range(start, start + len(phrase)))
            if phrase == ACCENTED[0] and bare[start] != ACCENTED[1]:
                continue  # «si» asks nothing that «sí» answers
            if words[start : start + len(phrase)] == phrase and not places & covered:
                found.extend(term for term in terms if term not in found)
                covered |= places
    return found[:MOST]


@lru_cache(maxsize=1)
def _phrases() -> list[tuple[Stems, list[Term]]]:
    """Every phrase of the glossary as stems, the longest first."""
    found: dict[Stems, list[Term]] = {}
    for term in _terms():
        for phrase in _alternatives(term.es):
            found.setdefault(phrase, []).append(term)
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def _terms() -> list[Term]:
    path = settings.CONTENT_DIR / "glosario" / "glosario.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Term(row["es"], row["qu"], row["variant"], row["source"], SURE.get(row["confidence"], ""))
            for row in csv.DictReader(file)
        ]


def _alternatives(es: str) -> set[Stems]:
    """`costo / monto (de un trámite)` is two phrases of one word; what stands in brackets explains."""
    bare = re.sub(r"\([^)]*\)", " ", es)
    return {phrase for part in re.split(r"[/;,]", bare) if (phrase := _stems(part))}


def _stems(text: str) -> Stems:
    bare = re.sub(r"\{[^{}]*\}", " ", text)
    return tuple(stem(word) for word in re.findall(r"[^\W_]+", bare))
