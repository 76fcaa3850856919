"""What a message means while a ficha is being talked of: that ficha still, a sister of it, or something else.

"And how long does it take?" names nothing, "and the duplicate?" only what sets a sister apart, "and the passport for my
son" all of it. Each ficha that may be meant, the one being talked of among them, is given points for what the words
say by themselves and for what they say read behind its name; the points become shares (a conditional logit, McFadden 1974). The
weights are fitted on conversations to develop on: `python -m tests.evaluation.parts.following`.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from whoosh.searching import Searcher

from cms.search.asked import Heard
from cms.search.ranking import Question, Scored, rank, read_question, weakened
from cms.search.reading import Read

CANDIDATES = 8  # of each way to read the words
LEAST = 0.001  # share that counts as never heard
WEIGHTS = {
    "stays": 2.74,  # it is the ficha being talked of,
    "stays_unnamed": 1.13,  # and no word can name another,
    "stays_words": -0.83,  # which the logarithm of the number of words makes less likely
    "score": 2.25,  # how well the words name it
    "heard": 1.5,  # how likely people mean it who say so
    "heard_log": 0.25,
    "beside_heard_log": 0.39,  # the same of the words behind the name of the ficha being talked of
    "beside_score": 5.3,
    "same_entity": 1.88,  # as the ficha being talked of, and another
}


@dataclass(frozen=True, slots=True)
class Meant:
    """A ficha that may be meant, how likely it is, and how likely if the one being talked of is not meant.

    `stays`: it is the one being talked of.
    """

    hit: Scored
    likely: float
    else_likely: float
    stays: bool


def sides(searcher: Searcher, said: Read, talked_of: Scored) -> dict[str, tuple[Scored, dict[str, float]]]:
    """Codigo -> the ficha and what speaks for it, of all that may be meant; the one being talked of is the first."""
    names, heard = said.names, said.heard
    name = talked_of.stored["es"]
    own = weakened(read_question(name, names))
    beside = rank(searcher, Question(said.question.slots + own.slots))
    heard_beside = names.asked.hear(f"{name} {said.text}")
    alone = {hit.codigo: hit for hit in said.ranked}
    joined = {hit.codigo: hit for hit in beside}
    codigos = dict.fromkeys(
        [
            talked_of.codigo,
            *(hit.codigo for found in (said.ranked, beside) for hit in found[:CANDIDATES]),
            *(codigo for one in (heard, heard_beside) for codigo in _first(one)),
        ]
    )
    found = {}
    for codigo in codigos:
        stored = names.held.document(codigo)
        if stored is None:
            continue
        hit = alone.get(codigo) or Scored(codigo, 0.0, 0.0, 0.0, stored)
        stays = codigo == talked_of.codigo
        found[codigo] = (
            hit,
            {
                "stays": float(stays),
                "stays_unnamed": float(stays and not said.question.telling),
                "stays_words": math.log(1 + len(said.text.split())) if stays else 0.0,
                "score": hit.score,
                "heard": heard.likely.get(codigo, 0.0),
                "heard_log": _log(heard, codigo),
                "beside_heard_log": _log(heard_beside, codigo),
                "beside_score": joined[codigo].score if codigo in joined else 0.0,
                "same_entity": float(not stays and _entity(codigo) == _entity(talked_of.codigo)),
            },
        )
    return found


def meant(searcher: Searcher, said: Read, talked_of: Scored) -> list[Meant]:
    """What may be meant, the likeliest first."""
    found = sides(searcher, said, talked_of)
    points = {codigo: weighed(own) for codigo, (_hit, own) in found.items()}
    likely = shares(points)
    else_likely = shares({codigo: own for codigo, own in points.items() if codigo != talked_of.codigo})
    listed = [
        Meant(hit, likely[codigo], else_likely.get(codigo, 0.0), stays=codigo == talked_of.codigo)
        for codigo, (hit, _own) in found.items()
    ]
    return sorted(listed, key=lambda one: -one.likely)


def weighed(own: Mapping[str, float]) -> float:
    return sum(weight * own[side] for side, weight in WEIGHTS.items())


def shares(points: Mapping[str, float]) -> dict[str, float]:
    """Points as shares of one whole."""
    most = max(points.values(), default=0.0)
    powers = {codigo: math.exp(own - most) for codigo, own in points.items()}
    total = sum(powers.values())
    return {codigo: power / total for codigo, power in powers.items()}


def _first(heard: Heard) -> Iterable[str]:
    return sorted(heard.likely, key=lambda codigo: -heard.likely[codigo])[:CANDIDATES]


def _log(heard: Heard, codigo: str) -> float:
    return math.log(max(heard.likely.get(codigo, 0.0), LEAST))


def _entity(codigo: str) -> str:
    return codigo.partition("-")[0]
