"""Organisations in which service passes on from team to team to customer, or does not."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from survey.statistics.inputs import FloatArray, IntArray

# Shares of what a rating holds beside the effect: who is rated, and who rates.
OF_PROVIDER, OF_RATER = 0.3, 0.3
STEADY = 0.5  # how far a team's own feeling goes with what is usual there


class Cascade(NamedTuple):
    """What `cascade.chain` reads, with waves."""

    edges: pd.DataFrame
    ex: pd.Series
    cx: pd.Series


def draw_cascade(
    rng: np.random.Generator,
    effect: float,
    *,
    n_teams: int = 30,
    n_each: int = 2,
    n_waves: int = 4,
    broken: str = "",
) -> Cascade:
    """Draw teams that are each served by some others; every link has one strength, or is broken.

    Raters are lenient or not and serving teams liked or not whatever the effect, so that pairs
    that share a team go together. The middle link takes a wave.
    """
    strengths = dict.fromkeys(("rating", "after", "customers"), effect) | {broken: 0.0}
    provider, consumer = _wire(rng, n_teams, n_each)
    liked, lenient, steady, site, ex = rng.normal(size=(5, n_teams))
    waves = []
    for _ in range(n_waves):
        noise = np.sqrt(OF_PROVIDER) * liked[provider] + np.sqrt(OF_RATER) * lenient[consumer]
        noise = noise + np.sqrt(1 - OF_PROVIDER - OF_RATER) * rng.normal(size=provider.size)
        rating = _mix(strengths["rating"], ex[provider], noise)
        customers = _mix(strengths["customers"], ex, _mix(STEADY, site, rng.normal(size=n_teams)))
        waves.append((ex, rating, customers))
        own = _mix(STEADY, steady, rng.normal(size=n_teams))
        ex = _treat(strengths, rating.reshape(n_teams, n_each), own)
    inside, ratings, outside = (np.array(one) for one in zip(*waves, strict=True))
    return _as_frames(provider, consumer, inside, ratings, outside)


def rewire(rng: np.random.Generator, drawn: Cascade) -> Cascade:
    """Give every arrow, with all its waves, the served team of another."""
    arrows = drawn.edges[drawn.edges.wave == 0]
    served = rng.permutation(arrows.consumer.to_numpy())
    return drawn._replace(
        edges=drawn.edges.assign(consumer=np.tile(served, drawn.edges.wave.nunique()))
    )


def _mix(share: float, one: FloatArray, other: FloatArray) -> FloatArray:
    """Add two figures of variance 1 to a third, which goes with the first by `share`."""
    return share * one + np.sqrt(1 - share**2) * other


def _treat(strengths: dict[str, float], ratings: FloatArray, own: FloatArray) -> FloatArray:
    """Let teams feel as they are served, so that each of their ratings has the strength alone."""
    n_each = ratings.shape[1]
    together = 1 + (n_each - 1) * OF_RATER * (1 - strengths["rating"] ** 2)
    pull = strengths["after"] / together
    return pull * ratings.sum(axis=1) + np.sqrt(1 - pull**2 * n_each * together) * own


def _wire(rng: np.random.Generator, n_teams: int, n_each: int) -> tuple[IntArray, IntArray]:
    turns = [1 + rng.choice(n_teams - 1, n_each, replace=False) for _ in range(n_teams)]
    consumer = np.repeat(np.arange(n_teams), n_each)
    return (consumer + np.concatenate(turns)) % n_teams, consumer


def _as_frames(
    provider: IntArray,
    consumer: IntArray,
    inside: FloatArray,
    ratings: FloatArray,
    outside: FloatArray,
) -> Cascade:
    n_waves = len(inside)
    wave, team = np.indices(inside.shape).reshape(2, -1)
    edges = pd.DataFrame(
        {
            "provider": np.tile(provider, n_waves),
            "consumer": np.tile(consumer, n_waves),
            "wave": np.repeat(np.arange(n_waves), provider.size),
            "rating": ratings.ravel(),
        }
    )
    index = pd.MultiIndex.from_arrays([team, wave])
    return Cascade(edges, pd.Series(inside.ravel(), index), pd.Series(outside.ravel(), index))
