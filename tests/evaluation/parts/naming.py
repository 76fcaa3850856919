"""Which tramite, by itself: the resolver on one question without a conversation, in this process."""

from dataclasses import dataclass
from enum import StrEnum

from cms.search.index import this_node
from cms.search.ranking import names_of, rank, read_question
from cms.search.resolving import Resolution, resolve
from tests.evaluation.parts.asked import Asked


class Verdict(StrEnum):
    """What the resolver made of a question; the first three are right."""

    SURE = "sure and right"
    ASKED_RIGHTLY = "asked, as it should"
    SILENT_RIGHTLY = "not known, as it should"
    ASKED_AMONG = "asked although clear, the right one among them"
    ASKED_BESIDE = "asked, the right one not among them"
    NOT_KNOWN = "not known although published"
    WRONG = "sure of another"
    SURE_OF_UNCLEAR = "sure although unclear"
    SURE_OF_NOTHING = "sure of what must not be answered"


RIGHT = frozenset({Verdict.SURE, Verdict.ASKED_RIGHTLY, Verdict.SILENT_RIGHTLY})


@dataclass(frozen=True)
class Named:
    """`best`: the codigos ranked first with their scores, whatever was decided."""

    asked: Asked
    resolution: Resolution
    verdict: Verdict
    best: tuple[tuple[str, float], ...]

    @property
    def right(self) -> bool:
        return self.verdict in RIGHT

    @property
    def decided(self) -> str:
        return f"{self.resolution.decision} {self.resolution.codigo or ''}".strip()


def is_of_tramites(asked: Asked) -> bool:
    """Whether the resolver has to say which tramite: not for a sede, nor where a person or words are due."""
    with this_node.reading() as searcher:
        held = names_of(searcher).held
    of_sede = asked.codigos and not any(held.document(codigo) for codigo in asked.codigos)
    return not of_sede and bool(asked.codigos or asked.choices is not None or asked.refuse)


def name(asked: Asked) -> Named:
    """The resolver's word on `asked`."""
    found = resolve(asked.text, asked.group)
    with this_node.reading() as searcher:
        ranked = rank(searcher, read_question(asked.text, names_of(searcher)))[:5]
    best = tuple((hit.codigo, round(hit.score, 3)) for hit in ranked)
    return Named(asked, found, judge(asked, found), best)


def judge(asked: Asked, found: Resolution) -> Verdict:
    """How right the resolution is."""
    if asked.refuse:
        return Verdict.SURE_OF_NOTHING if found.decision == "sure" else Verdict.SILENT_RIGHTLY
    if found.decision == "sure":
        return _of_sure(asked, found)
    if found.decision == "which":
        return _of_choices(asked, {hit.codigo for hit in found.candidates})
    if asked.choices is not None and not asked.choices:
        return Verdict.SILENT_RIGHTLY
    return Verdict.NOT_KNOWN


def _of_sure(asked: Asked, found: Resolution) -> Verdict:
    if found.codigo in asked.codigos:
        return Verdict.SURE
    return Verdict.SURE_OF_UNCLEAR if asked.choices is not None else Verdict.WRONG


def _of_choices(asked: Asked, offered: set[str]) -> Verdict:
    if asked.choices is not None and asked.choices <= offered:
        return Verdict.ASKED_RIGHTLY
    if asked.codigos:
        return Verdict.ASKED_AMONG if asked.codigos & offered else Verdict.ASKED_BESIDE
    return Verdict.ASKED_BESIDE
