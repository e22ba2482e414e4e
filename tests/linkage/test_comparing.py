"""All pairs of scales between units, in one period."""

import numpy as np
import pytest
from scipy import stats

from survey.linkage.comparing import Numbers, Pair, Side, Sides, compare
from survey.linkage.parts import Part
from survey.linkage.worth import Worth
from survey.statistics.correlation import bootstrap, minimum_detectable
from tests.linkage.material import CARE, FAIR, SIDES, draw_periods, make_part, make_units

NAN = float("nan")
UNKNOWN = Worth(None, None, "not known from counts")


def part_of(n_teams: int) -> Part:
    return make_part(*draw_periods(n_teams, 1))


def first(part: Part, sides: Sides = SIDES) -> Pair:
    return compare(part, sides, seed=1)[0]


class TestCompare:
    def test_takes_every_pair_in_the_order_they_were_asked(self) -> None:
        pairs = compare(part_of(12), SIDES, seed=1)
        codes = [(pair.ex.scale, pair.cx.scale) for pair in pairs]
        assert codes == [("fair", "care"), ("seen", "care")]

    def test_holds_what_others_compute(self) -> None:
        part = part_of(30)
        numbers = first(part).numbers
        x, y = part.table.ex["fair"], part.table.cx["care"]
        found = stats.pearsonr(x, y)
        assert numbers.r == pytest.approx(found.statistic)
        assert numbers.p_value == pytest.approx(found.pvalue)
        assert (numbers.low, numbers.high) == pytest.approx(tuple(found.confidence_interval()))
        rank = stats.spearmanr(x, y).statistic
        half = 1.959964 * np.sqrt((1 + rank**2 / 2) / 27)
        assert numbers.spearman == pytest.approx(rank)
        assert numbers.spearman_low == pytest.approx(np.tanh(np.arctanh(rank) - half), abs=1e-6)
        assert numbers.spearman_high == pytest.approx(np.tanh(np.arctanh(rank) + half), abs=1e-6)
        assert numbers.kendall == pytest.approx(stats.kendalltau(x, y).statistic)
        assert (numbers.n_ex, numbers.n_cx) == (240, 900)
        assert numbers.minimum_detectable == minimum_detectable(30)

    def test_draws_teams_again_with_the_seed(self) -> None:
        part = part_of(30)
        drawn = bootstrap(part.table.ex["fair"], part.table.cx["care"], seed=3)
        other, numbers = (compare(part, SIDES, seed=seed)[0].numbers for seed in (1, 3))
        assert (numbers.bootstrap_low, numbers.bootstrap_high) == pytest.approx(
            (drawn.low, drawn.high)
        )
        assert other.bootstrap_low != numbers.bootstrap_low

    def test_names_the_unit_that_moves_r_most(self) -> None:
        fair, care = np.arange(10.0, 30.0), np.tile([50.0, 60.0], 10)
        fair[4], care[4] = 95, 99
        part = make_part(make_units({"fair": fair}, {"care": care}))
        numbers = first(part, Sides((FAIR,), (CARE,))).numbers
        assert numbers.influence is not None
        assert (numbers.influence.team, numbers.influence.name) == ("t004", "Team t004")
        rest = np.delete(np.arange(20), 4)
        without = [stats.pearsonr(np.delete(fair, at), np.delete(care, at))[0] for at in range(20)]
        assert numbers.influence.r_without == pytest.approx(
            stats.pearsonr(fair[rest], care[rest]).statistic
        )
        assert (numbers.loo_low, numbers.loo_high) == pytest.approx((min(without), max(without)))
        assert numbers.influence.n_influential >= 1

    def test_corrects_for_noise_with_both_ends(self) -> None:
        numbers = first(part_of(30)).numbers
        icc = 0.3
        ex, cx = (n * icc / (1 + (n - 1) * icc) for n in (8, 30))
        assert (numbers.reliability_ex, numbers.reliability_cx) == pytest.approx((ex, cx))
        ceiling = (ex * cx) ** 0.5
        assert numbers.ceiling == pytest.approx(ceiling)
        for corrected, end in (
            (numbers.disattenuated, numbers.r),
            (numbers.disattenuated_low, numbers.low),
            (numbers.disattenuated_high, numbers.high),
        ):
            assert end is not None
            assert corrected == pytest.approx(max(-1, min(1, end / ceiling)))

    def test_knows_no_ceiling_from_counts(self) -> None:
        sides = Sides((FAIR,), (Side("care", "care", UNKNOWN),))
        found = first(part_of(30), sides)
        assert found.numbers.ceiling is found.numbers.disattenuated is None
        assert found.numbers.r is not None
        assert found.reason == "care: not known from counts"

    def test_takes_the_units_that_have_both_scales(self) -> None:
        units = make_units(
            {"fair": [NAN, *range(9)], "seen": range(10)}, {"care": [*range(9), NAN]}
        )
        fair, seen = compare(make_part(units), SIDES, seed=1)
        assert (fair.n_teams, seen.n_teams) == (8, 9)
        assert (fair.numbers.n_ex, seen.numbers.n_cx) == (64, 270)

    @pytest.mark.parametrize("n_teams", [1, 2, 7])
    def test_gives_no_coefficient_under_eight_teams(self, n_teams: int) -> None:
        found = first(part_of(n_teams))
        numbers = found.numbers
        assert found.n_teams == n_teams
        assert found.reason == "fewer than 8 teams"
        assert numbers.r is numbers.loo_low is numbers.bootstrap_low is numbers.influence is None

    def test_takes_no_units_at_all(self) -> None:
        found = first(
            make_part(make_units({"fair": [1.0], "seen": [1.0]}, {"care": [1.0]}, n_cx=2))
        )
        assert found.n_teams == 0
        assert found.numbers == Numbers(n_ex=0, n_cx=0)

    def test_says_nothing_of_a_scale_that_is_the_same_everywhere(self) -> None:
        units = make_units({"fair": [50.0] * 9, "seen": range(9)}, {"care": range(9)})
        found = first(make_part(units))
        assert found.numbers.r is found.numbers.spearman is found.numbers.bootstrap_low is None
        assert "same in every team" in found.reason
