"""A conditional logit (McFadden 1974): of several that may be meant, the weights that give what is meant the largest share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize


@dataclass(frozen=True)
class Choice:
    """`sides`: of each that may be meant, one row; `meant`: which are right.

    `several`: all of these are meant alike, as in a question to be asked back; otherwise any of them would do.
    """

    sides: np.ndarray
    meant: np.ndarray
    several: bool = False


def fit(found: Sequence[Choice], shrink: float) -> np.ndarray:
    """The likeliest weights; `shrink`: how strongly they are drawn to 0."""

    def cost(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = shrink * weights @ weights / 2, shrink * weights
        for one in found:
            share = shares(one, weights)
            if one.several:
                right = one.meant / one.meant.sum()
                total -= right @ np.log(share)
            else:
                right = share * one.meant
                total -= np.log(right.sum())
                right = right / right.sum()
            slope = slope - (right - share) @ one.sides
        return total, slope

    weights: np.ndarray = minimize(cost, np.zeros(found[0].sides.shape[1]), jac=True).x
    return weights


def shares(one: Choice, weights: np.ndarray) -> np.ndarray:
    """How likely each is, under these weights."""
    points = one.sides @ weights
    powers = np.exp(points - points.max())
    found: np.ndarray = powers / powers.sum()
    return found
