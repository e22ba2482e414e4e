"""A chain that is not there is seldom called supported, one that is there often enough."""

import numpy as np

from survey.statistics.cascade import Chain, chain
from survey.statistics.inputs import NORMAL_95
from tests.statistics.simulations.cascades import draw_cascade, rewire
from tests.statistics.simulations.draws import repeated

EFFECT, FEW_DRAWS, LEVEL = 0.35, 20, 0.05  # the links' intervals need no draws


def follow(
    count: int, effect: float, *, replicates: int = FEW_DRAWS, **options: object
) -> list[Chain]:
    rng = np.random.default_rng(11)
    drawn = (draw_cascade(rng, effect, **options) for _ in range(count))
    return [chain(*one, replicates=replicates) for one in drawn]


def share_supported(found: list[Chain]) -> float:
    return float(np.mean([one.supported for one in found]))


def missed(found: list[Chain], truth: float) -> np.ndarray:
    """Return for each link how often its interval leaves the truth out."""
    return np.mean(
        [[not link.low <= truth <= link.high for link in one.links] for one in found], axis=0
    )


def missed_as_if_alone(found: list[Chain]) -> float:
    """Return how often the first link is claimed if every pair in every wave stood alone."""
    z = [(np.arctanh(one.links[0].r), one.links[0].n * one.n_waves) for one in found]
    return float(np.mean([abs(size) > NORMAL_95 / np.sqrt(n - 3) for size, n in z]))


class TestChains:
    @repeated(200, 4000)
    def test_that_are_not_there_are_seldom_supported(self, count: int) -> None:
        found = follow(count, 0.0)

        assert share_supported(found) <= LEVEL
        assert (missed(found, 0.0) <= 0.10).all()
        assert (missed(found, 0.0) >= 0.01).all()
        assert missed_as_if_alone(found) > 2 * LEVEL  # the control: rows that share a team differ

    @repeated(25, 2000)
    def test_that_miss_one_link_are_seldom_supported(self, count: int) -> None:
        for broken in ("rating", "after", "customers"):
            assert share_supported(follow(count, EFFECT, broken=broken)) <= LEVEL

    @repeated(50, 4000)
    def test_that_are_there_are_found_and_bounded(self, count: int) -> None:
        found = follow(count, EFFECT)

        assert share_supported(found) >= 0.6
        assert (missed(found, EFFECT) <= 0.12).all()

    @repeated(20, 1000)
    def test_are_lost_when_the_graph_is_wired_anew(self, count: int) -> None:
        rng = np.random.default_rng(5)
        found = []
        for _ in range(count):
            drawn = draw_cascade(rng, EFFECT)
            found.append([chain(*one, replicates=99) for one in (drawn, rewire(rng, drawn))])

        p_values = np.array([[real.p_value, mixed.p_value] for real, mixed in found])
        assert (p_values[:, 0] <= LEVEL).mean() >= 0.6
        assert (p_values[:, 1] <= LEVEL).mean() <= 0.15
        assert np.mean([mixed.supported for _, mixed in found]) <= LEVEL
