"""A text as both witnesses read it: the names in it (ranking.py), and what people asked in such words (asked.py)."""

from dataclasses import dataclass

from whoosh.searching import Searcher

from cms.search.asked import Heard
from cms.search.coverage import cover
from cms.search.ranking import Names, Question, Scored, names_of, rank, read_question


@dataclass(frozen=True, slots=True)
class Read:
    """`ranked`: the fichas its names touch, best first; `heard`: how likely people mean each who say so.

    `change`: the logarithm of the odds that whoever says so while a ficha is being talked of turns to another.
    """

    text: str
    question: Question
    ranked: list[Scored]
    heard: Heard
    change: float
    names: Names

    def is_foreign(self, hit: Scored) -> bool:
        """Whether its words name something of another kind beside `hit` (coverage.py)."""
        return cover(self.text, self.question, hit).foreign

    @property
    def strangers(self) -> list[str]:
        """The words that can name something, are in no name and were in no question."""
        terms = frozenset(term for hit in self.ranked for term in hit.matched)
        return [
            slot.word
            for slot in self.question.telling
            if not slot.matches(terms) and not self.names.asked.knows(slot.word)
        ]


def read(searcher: Searcher, text: str) -> Read:
    names = names_of(searcher)
    question = read_question(text, names)
    return Read(
        text, question, rank(searcher, question), names.asked.hear(text), names.change.points(text), names
    )
