"""What a message means while a ficha is being talked of: that ficha still, a sister of it, or something else.

"And how long does it take?" names nothing, "and the duplicate?" only what sets a sister apart, "and the passport for my
son" all of it. Each ficha that may be meant, the one being talked of among them, is given points for what the words
say by themselves and for what they say read behind its name; the points become shares (a conditional logit, McFadden 1974). The
weights are fitted on conversations to develop on: `python -m tests.evaluation.parts.following`.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from whoosh.searching import Searcher

from cms.search.asked import Heard
from cms.search.ranking import Scored
from cms.search.reading import Read, read
from cms.search.weighing import is_elsewhere, shares, weighed

CANDIDATES = 10  # of each way to read the words
LEAST = 0.001  # share that counts as never heard
MOST_TOLD = 5  # of the fichas told of before
WEIGHTS = {
    "stays": 1.62,  # it is the ficha being talked of,
    "stays_unnamed": 0.84,  # and no word can name another,
    "stays_heard": -0.28,  # and the logarithm of how likely people mean it who say so with nothing before it
    "stays_unknown": -5.23,  # and the share of the words that nobody ever said
    "stays_heard_most": -0.88,  # and how likely the one is that people mean most who say so
    "stays_change": -1.13,  # and how people speak who turn to another
    "explained": 1.9,  # how much of the words its name explains
    "heard": 0.45,  # the logarithm of how likely people mean it who say so
    "elsewhere": -0.4,  # it is of one town or region, which nobody named
    "beside_heard": 0.09,  # as heard, read behind the name of the ficha being talked of
    "beside_explained": 3.75,
    "beside_said": 2.38,
    "same_entity": 1.72,  # as the ficha being talked of, and another
    "told": 3.76,  # it was told of before, and another
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


def sides(
    searcher: Searcher, said: Read, talked_of: Scored, told: Collection[str]
) -> dict[str, tuple[Scored, dict[str, float]]]:
    """Codigo -> the ficha and what speaks for it, of all that may be meant; the one being talked of is the first."""
    beside = read(searcher, f"{talked_of.stored['es']} {said.text}")
    before = [codigo for codigo in dict.fromkeys(told) if codigo != talked_of.codigo][:MOST_TOLD]
    first = dict.fromkeys([talked_of.codigo, *before, *_first(said), *_first(beside)])
    found = {}
    for codigo in first:
        stored = said.names.held.document(codigo)
        if stored is None:
            continue
        stays = codigo == talked_of.codigo
        alone, joined = _hit(said, codigo, stored), _hit(beside, codigo, stored)
        own = dict.fromkeys(WEIGHTS, 0.0) | {
            "explained": alone.explained,
            "heard": _log(said.heard, codigo),
            "elsewhere": float(is_elsewhere(said, alone)),
            "beside_heard": _log(beside.heard, codigo),
            "beside_explained": joined.explained,
            "beside_said": joined.said,
            "same_entity": float(not stays and _entity(codigo) == _entity(talked_of.codigo)),
            "told": float(codigo in before),
        }
        found[codigo] = (alone, own | _staying(said, codigo) if stays else own)
    return found


def _staying(said: Read, codigo: str) -> dict[str, float]:
    return {
        "stays": 1.0,
        "stays_unnamed": float(not said.question.telling),
        "stays_heard": _log(said.heard, codigo),
        "stays_unknown": 1.0 - said.heard.known,
        "stays_heard_most": max(said.heard.likely.values(), default=0.0),
        "stays_change": said.change,
    }


def _hit(said: Read, codigo: str, stored: dict[str, Any]) -> Scored:
    found = next((hit for hit in said.ranked if hit.codigo == codigo), None)
    return found or Scored(codigo, 0.0, 0.0, 0.0, stored)


def _first(said: Read) -> list[str]:
    """The fichas that come first by either witness."""
    likely = said.heard.likely
    heard = sorted(likely, key=lambda codigo: -likely[codigo])[:CANDIDATES]
    return [*(hit.codigo for hit in said.ranked[:CANDIDATES]), *heard]


def meant(searcher: Searcher, said: Read, talked_of: Scored, told: Collection[str] = ()) -> list[Meant]:
    """What may be meant, the likeliest first; `told`: codigos of what was told of before, the newest first."""
    found = sides(searcher, said, talked_of, told)
    points = {codigo: weighed(WEIGHTS, own) for codigo, (_hit, own) in found.items()}
    likely = shares(points)
    else_likely = shares({codigo: own for codigo, own in points.items() if codigo != talked_of.codigo})
    listed = [
        Meant(hit, likely[codigo], else_likely.get(codigo, 0.0), stays=codigo == talked_of.codigo)
        for codigo, (hit, _own) in found.items()
    ]
    return sorted(listed, key=lambda one: -one.likely)


def _log(heard: Heard, codigo: str) -> float:
    return math.log(max(heard.likely.get(codigo, 0.0), LEAST))


def _entity(codigo: str) -> str:
    return codigo.partition("-")[0]
