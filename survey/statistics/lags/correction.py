"""The least squares of a panel, freed from the bias that few waves bring."""

from typing import NamedTuple

import numpy as np

from survey.statistics.inputs import FloatArray, IntArray
from survey.statistics.lags.matrices import determinant, inverse, memory, stationary, times
from survey.statistics.lags.panel import SINGULAR, BoolArray

SETTLED, MOST_ROUNDS = 1e-6, 50


class Sums(NamedTuple):
    """Products of deviations of a wave (after) and the one before it, each (2, 2, draws)."""

    before: FloatArray
    across: FloatArray
    after: FloatArray


def add_up(values: FloatArray, members: IntArray, counts: FloatArray) -> FloatArray:
    """Add up the products of every two columns, over the teams as they are and as often as drawn.

    `values` is (columns, teams, waves), `counts` (replicates, all teams), and `members` says where
    the teams stand among all; the others count for nothing. Returns (3, columns, columns,
    1 + replicates): before, across and after as in `Sums`, of deviations from each team's mean.
    """
    before, after = values[:, :, :-1], values[:, :, 1:]
    before = before - before.mean(axis=2, keepdims=True)
    after = after - after.mean(axis=2, keepdims=True)
    pairs = ((before, before), (after, before), (after, after))
    own = np.stack([np.einsum("ajt,bjt->abj", a, b) for a, b in pairs])
    flat = own.reshape(-1, len(members))
    everybody = np.zeros((len(flat), counts.shape[1]))
    everybody[:, members] = flat
    drawn = np.hstack([flat.sum(axis=1, keepdims=True), everybody @ counts.T])
    return drawn.reshape(*own.shape[:3], -1)


def is_regular(products: FloatArray) -> BoolArray:
    """Tell which matrices, (2, 2, ...), can be inverted."""
    size = products[0, 0] + products[1, 1]
    regular: BoolArray = determinant(products) > SINGULAR * size**2
    return regular


def corrected(sums: Sums, n_steps: int) -> tuple[FloatArray, FloatArray]:
    """Return phi by least squares and freed from its bias, each (2, 2, draws).

    The bias is -(1 / steps) omega [sum over j of (steps - 1 - j) phi'^j] teams / before, with omega
    the variance of the errors (Hahn & Kuersteiner 2002); it is evaluated at the last estimate until
    that settles, for each draw on its own.
    """
    inverted = inverse(sums.before)
    naive = times(sums.across, inverted)
    found = stationary(naive)
    draws, phi = np.arange(naive.shape[2]), found
    known = np.stack([*sums, naive, inverted / (n_steps * (n_steps - 1))])
    for _ in range(MOST_ROUNDS):
        last, phi = phi, _improved(phi, known, n_steps)
        moves = np.abs(phi - last).max(axis=(0, 1)) >= SETTLED
        found[:, :, draws] = phi
        if not moves.any():
            break
        draws = draws[moves]
        phi, known = (np.compress(moves, one, axis=-1) for one in (phi, known))
    return naive, found


def _improved(phi: FloatArray, known: FloatArray, n_steps: int) -> FloatArray:
    """Free the least squares of the bias that phi implies."""
    before, across, after, naive, scaled = known
    turned = phi.swapaxes(0, 1)
    explained = times(across, turned)
    left = after - explained - explained.swapaxes(0, 1) + times(times(phi, before), turned)
    return stationary(naive + times(times(left, memory(turned, n_steps - 1)), scaled))
