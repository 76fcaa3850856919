"""Searching the public fichas."""

from collections.abc import Collection
from dataclasses import dataclass

from cms.search.index import this_node
from cms.search.ranking import Question, Scored, names_of, rank, read_question

WORST_SHOWN = 0.12


@dataclass(frozen=True, slots=True)
class Hit:
    codigo: str
    nombre: str
    entidad: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Results best first; `sugerencias` are the question with its typing mistakes mended."""

    results: list[Hit]
    sugerencias: list[str]


def search(q: str, locale: str, limit: int | None = 10, *, only: Collection[str] | None = None) -> SearchPage:
    """Fichas named by `q`, among the codes `only` where given; without `limit`, all that are found.

    Accents, slips, Quechua suffixes and mixed language do not matter.
    """
    with this_node.reading() as searcher:
        question = read_question(q, names_of(searcher))
        found = [hit for hit in rank(searcher, question, only=only) if hit.score >= WORST_SHOWN][:limit]
    return SearchPage([hit_of(scored, locale) for scored in found], _suggestions(q, question, found, locale))


def hit_of(scored: Scored, locale: str) -> Hit:
    stored = scored.stored
    name = stored["qu"] if locale == "qu" and stored["qu"] else stored["es"]
    return Hit(scored.codigo, name, stored["entidad"], round(scored.score, 4))


def _suggestions(q: str, question: Question, found: list[Scored], locale: str) -> list[str]:
    """Names of what was probably meant, only where a word had to be read as another."""
    if not question.corrected:
        return []
    return list(dict.fromkeys(hit_of(scored, locale).nombre for scored in found[:3]))
