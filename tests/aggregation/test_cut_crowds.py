from fractions import Fraction
from itertools import combinations
from math import comb, lcm, log2
from statistics import median

import numpy as np
import pandas as pd
import pytest

from survey.aggregation import cut_crowds
from survey.aggregation.cut_crowds import Crowd, count_room, thin_out
from survey.aggregation.metrics import Metric
from survey.aggregation.models import CutReason, CutRollup

LEVELS = ("new", "old")


def crowd_of(n_sets: int, *, scales: int = 1, steps: int = 16, seed: int = 1) -> Crowd:
    """Return sets of ten people, half of each at either level, who answer as a die falls."""
    draw, n = np.random.default_rng(seed), n_sets * 10
    items = tuple(f"item_{place}" for place in range(steps // 4))
    metrics = [
        Metric(f"scale_{place}", "f", 1, 5, None, items, frozenset()) for place in range(scales)
    ]
    return Crowd(
        sets=pd.Series(np.repeat(np.arange(n_sets), 10)),
        levels=pd.DataFrame({"cut:tenure": list(LEVELS) * (n // 2)}),
        scales=metrics,
        scores=pd.DataFrame({one.code: draw.integers(0, steps + 1, n) / steps for one in metrics}),
    )


def crowd_with_gaps(n_sets: int, *, n_items: int, seed: int) -> tuple[Crowd, list[Fraction]]:
    """Return such sets of people who left up to half of the items out, and their exact scores."""
    draw = np.random.default_rng(seed)
    crowd = crowd_of(n_sets, steps=4 * n_items, seed=seed)
    n_answered = draw.integers(n_items - n_items // 2, n_items + 1, n_sets * 10)
    exact = [Fraction(int(draw.integers(0, 5, n).sum()), 4 * int(n)) for n in n_answered]
    scores = pd.DataFrame({"scale_0": [float(one) for one in exact]})
    return Crowd(crowd.sets, crowd.levels, scores, crowd.scales), exact


def count_bits_left(exact: list[Fraction]) -> float:
    """Return how many bits stay open, on average over all ways to deal levels to two sets of ten.

    The sums of all are told apart by brute force.
    """
    unit = lcm(*(one.denominator for one in exact))
    whole = np.array([int(one * unit) for one in exact])
    sums = [
        np.array([half[list(way)].sum() for way in combinations(range(10), 5)])
        for half in (whole[:10], whole[10:])
    ]
    _, ways = np.unique(np.add.outer(*sums), return_counts=True)
    return float(np.average(np.log2(ways), weights=ways))


def find_left_of_shown(n_items: int) -> list[float]:
    """Return the bits that stay open of some crowds with gaps, where the cut is shown."""
    crowds = (crowd_with_gaps(2, n_items=n_items, seed=seed) for seed in range(12))
    return [count_bits_left(exact) for crowd, exact in crowds if shows(crowd)]


def shows(crowd: Crowd) -> bool:
    return bool(thin_out([rollup_of()], {"fairness": crowd}, prefix="cut:")[0].levels)


def count_same_sums(crowd: Crowd) -> int:
    """Count by brute force the ways to deal levels that give the sum of the true one."""
    scores = crowd.scores["scale_0"].to_numpy()
    true = scores[(crowd.levels["cut:tenure"] == "new").to_numpy()].sum()
    ways = combinations(range(scores.size), scores.size // 2)
    return sum(abs(scores[list(way)].sum() - true) < 1e-9 for way in ways)


def rollup_of(family: str = "fairness") -> CutRollup:
    levels = [{"values": [level], "n": 5, "totals": {}} for level in LEVELS]
    return CutRollup(cut="tenure", family=family, levels=levels)


def reasons(n_sets: int, *, families: int = 1, scales: int = 1) -> list[str]:
    crowds = {f"family_{place}": crowd_of(n_sets, scales=scales) for place in range(families)}
    thinned = thin_out([rollup_of(family) for family in crowds], crowds, prefix="cut:")
    assert all(bool(one.reason) != bool(one.levels) for one in thinned)
    return [one.reason for one in thinned]


class TestCountRoom:
    @pytest.mark.parametrize(("levels", "ways"), [("ab", 2), ("aabb", 6), ("aabbcc", 90)])
    def test_counts_the_ways_to_deal_levels(self, levels: str, ways: int) -> None:
        room = count_room(pd.Series([7] * len(levels)), pd.Series(list(levels)))

        assert room == pytest.approx(log2(ways))

    def test_knows_that_sets_lie_apart(self) -> None:
        sets, levels = pd.Series([1] * 6 + [2] * 4), pd.Series(list("aaabbbabbb"))

        assert count_room(sets, levels) == pytest.approx(log2(comb(6, 3) * comb(4, 1)))

    def test_finds_none_where_a_set_is_of_one_level(self) -> None:
        assert count_room(pd.Series([1] * 5 + [2] * 5), pd.Series(list("aaaaabbbbb"))) == 0


class TestThinOut:
    def test_keeps_what_a_crowd_can_bear(self) -> None:
        assert reasons(4) == [""]

    def test_leaves_a_cut_out_where_few_answered(self) -> None:
        assert reasons(1, scales=8) == [CutReason.TOO_FEW]

    def test_counts_what_the_families_before_have_told(self) -> None:
        alone, beside = reasons(4), reasons(4, families=8)

        assert alone == [""]
        assert beside[0] == ""
        assert beside[-1] == CutReason.TOO_FEW

    def test_shows_everything_of_a_large_organisation(self) -> None:
        assert reasons(60, families=7) == [""] * 7

    def test_shows_only_what_many_ways_of_dealing_levels_would_tell(self) -> None:
        same = []
        for seed in range(50):
            crowd = crowd_of(1, steps=4, seed=seed)
            if thin_out([rollup_of()], {"fairness": crowd}, prefix="cut:")[0].levels:
                same.append(count_same_sums(crowd))

        assert len(same) > 25
        assert min(same) > 1
        assert median(same) > 16  # the square root of the 252 ways there are

    @pytest.mark.parametrize("n_items", [1, 2, 3, 4, 5, 9])
    def test_leaves_half_open_where_items_were_left_out(self, n_items: int) -> None:
        left = find_left_of_shown(n_items)

        assert bool(left) is (n_items < 5)
        assert all(bits >= log2(comb(10, 5)) for bits in left)  # of twice that for two sets

    def test_would_leave_less_if_all_items_were_taken_for_answered(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cut_crowds, "_count_steps", lambda _scores: 36)
        left = find_left_of_shown(9)

        assert len(left) == 12
        assert max(left) < log2(comb(10, 5))

    def test_shows_a_large_organisation_that_left_items_out(self) -> None:
        assert shows(crowd_with_gaps(60, n_items=9, seed=1)[0])

    @pytest.mark.parametrize(("n_sets", "is_shown"), [(4, False), (60, True)])
    def test_takes_scores_of_no_known_steps_for_as_fine_as_they_are_kept(
        self, n_sets: int, is_shown: bool
    ) -> None:
        crowd, _exact = crowd_with_gaps(n_sets, n_items=4, seed=1)
        crowd.scores["scale_0"] = np.random.default_rng(1).random(n_sets * 10)

        assert shows(crowd) is is_shown
