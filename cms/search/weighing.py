"""Two witnesses for which ficha is meant: its names in the question (ranking.py), and what people asked of it (asked.py).

Each fails where the other holds: a purpose ("so that my baby has his document") has no word of the name, and an
official name nobody has asked for yet has no question. What both say of each ficha gives it points, and what they leave
unexplained gives points to none of them; the points become shares of likelihood (a conditional logit, McFadden 1974). The
weights are fitted on questions to develop on, each heard by what was learnt of the others only: `python -m
tests.evaluation.parts.fit`. tests/evaluation/reliability.py shows how well the shares hold.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cms.search.coverage import cover
from cms.search.ranking import Scored
from cms.search.reading import Read

CANDIDATES = 10  # of each witness
LEAST = 0.001  # share that counts as never heard
OF_A_FICHA = {
    "said": 1.27,  # how much of its name was said,
    "explained": 2.88,  # and how much of the question that explains
    "covered": 1.46,  # the same of the words that can name something, its entity and description among them
    "heard": 0.56,  # the logarithm of how likely people mean it who say so
    "named_first": 0.54,  # no other name explains as much
    "foreign": -0.59,  # a word that goes with its name is not of it
    "elsewhere": -1.52,  # it is of one town or region, which the question does not name
}
OF_NONE = {
    "none": 2.48,
    "heard_of_none": -2.61,  # how likely the one is that people mean most
    "unknown": 6.27,  # share of the question that nobody ever said
    "strange": 1.49,  # a word that can name something is in no name and was in no question
    "short": 4.65,  # one word leaves more open than many
}


@dataclass(frozen=True, slots=True)
class Likely:
    """A ficha that may be meant, and how likely it is; `among`: how likely, if any of those here is meant."""

    hit: Scored
    share: float
    among: float


def weigh(said: Read, offered: Collection[str] = ()) -> list[Likely]:
    """The fichas either witness speaks for, or those `offered`, the likeliest first.

    What is left of 1 is the likelihood of none of them.
    """
    found = sides(said, offered)
    points = {codigo: weighed(OF_A_FICHA, own) for codigo, (_hit, own) in found.items()}
    among = shares(points)
    share = shares({**points, "": weighed(OF_NONE, sides_of_none(said))})
    listed = [Likely(hit, share[codigo], among[codigo]) for codigo, (hit, _own) in found.items()]
    return sorted(listed, key=lambda one: -round(one.share, 4))


def sides(said: Read, offered: Collection[str] = ()) -> dict[str, tuple[Scored, dict[str, float]]]:
    """Codigo -> the ficha and what speaks for it and against it; of those `offered`, or of all that come near."""
    likely = said.heard.likely
    by_name = {hit.codigo: hit for hit in said.ranked}
    most_heard = sorted(likely, key=lambda codigo: -likely[codigo])[:CANDIDATES]
    found = {}
    near = [*(hit.codigo for hit in said.ranked[:CANDIDATES]), *most_heard]
    for codigo in dict.fromkeys(offered or near):
        stored = said.names.held.document(codigo)
        if stored is None:
            continue  # not public any more
        hit = by_name.get(codigo) or Scored(codigo, 0.0, 0.0, 0.0, stored)
        covered = cover(said.text, said.question, hit)
        found[codigo] = (
            hit,
            {
                "said": hit.said,
                "explained": hit.explained,
                "covered": covered.share,
                "heard": math.log(max(likely.get(codigo, 0.0), LEAST)),
                "named_first": float(bool(said.ranked) and said.ranked[0].codigo == codigo),
                "foreign": float(covered.foreign),
                "elsewhere": float(is_elsewhere(said, hit)),
            },
        )
    return found


def sides_of_none(said: Read) -> dict[str, float]:
    """What speaks for none of the fichas here."""
    return {
        "none": 1.0,
        "heard_of_none": max(said.heard.likely.values(), default=0.0),
        "unknown": 1.0 - said.heard.known,
        "strange": float(bool(said.strangers)),
        "short": 1.0 / max(len(said.text.split()), 1),
    }


def is_elsewhere(said: Read, hit: Scored) -> bool:
    """A tramite of one town or region, where the question names neither: whoever asks may live in another."""
    offices = frozenset(term for pair in hit.stored["offices"] for term in pair)
    return bool(hit.stored["local"]) and not any(slot.matches(offices) for slot in said.question.slots)


def weighed(weights: Mapping[str, float], own: Mapping[str, float]) -> float:
    return sum(weight * own[side] for side, weight in weights.items())


def shares(points: Mapping[str, float]) -> dict[str, float]:
    """Points as shares of one whole."""
    most = max(points.values(), default=0.0)
    powers = {codigo: math.exp(own - most) for codigo, own in points.items()}
    total = sum(powers.values())
    return {codigo: power / total for codigo, power in powers.items()}
