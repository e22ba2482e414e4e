"""What else teams differ in."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from survey.linkage.confounders import CONFOUNDERS, Adjusted, adjust, choose_adjustment
from survey.linkage.parts import Part
from tests.linkage.material import NORTH, SIDES, make_part, make_units

Array = npt.NDArray[np.float64]
N = 40


def make_scores(seed: int = 3) -> tuple[Array, Array, Array]:
    """Return staff scores, customer scores and sizes; both sides lean on size and region."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(5, 40, N).astype(float)
    region = np.arange(N) % 2
    shared = 6 * np.log(sizes) + 10 * region
    return 30 + shared + rng.normal(0, 3, N), 40 + shared + rng.normal(0, 3, N), sizes


def part_of(shares: dict[str, Array] | None = None, team_id: int = 1) -> Part:
    fair, care, sizes = make_scores()
    units = make_units(
        {"fair": fair, "seen": fair[::-1]}, {"care": care}, n_ex=sizes, shares=shares
    )
    return make_part(units, team_id=team_id)


def left_over(values: Array, covariates: Array) -> Array:
    """Take covariates out by least squares."""
    design = np.column_stack([np.ones(len(values)), covariates])
    fitted: Array = design @ np.linalg.lstsq(design, values, rcond=None)[0]
    return values - fitted


def fair_care(part: Part) -> dict[str, Adjusted]:
    return {one.given: one for one in adjust(part, SIDES)["fair", "care"]}


def known(given: str, r: float, n_covariates: int = 1) -> Adjusted:
    return Adjusted(given, r, None, None, None, n_covariates)


class TestAdjust:
    def test_holds_each_steady_and_all_together(self) -> None:
        found = fair_care(part_of())
        fair, care, sizes = make_scores()
        size, region = np.log(sizes), np.arange(N) % 2
        for given, covariates in (
            ("team_size", size),
            ("region", region),
            ("all", np.column_stack([size, region])),
        ):
            expected = stats.pearsonr(left_over(fair, covariates), left_over(care, covariates))
            assert found[given].r == pytest.approx(expected.statistic)
        assert found["all"].n_covariates == 2
        assert abs(found["all"].r or 1) < 0.5 < stats.pearsonr(fair, care).statistic

    def test_bounds_with_the_freedom_that_is_left(self) -> None:
        found = fair_care(part_of())["all"]
        assert found.r is not None
        df = N - 2 - 2
        p_value = 2 * stats.t.sf(abs(found.r) * np.sqrt(df / (1 - found.r**2)), df)
        assert found.p_value == pytest.approx(p_value)
        half = 1.959964 / np.sqrt(df - 1)
        assert found.low == pytest.approx(np.tanh(np.arctanh(found.r) - half), abs=1e-6)

    def test_says_what_is_the_same_everywhere(self) -> None:
        assert fair_care(part_of())["channel"] == Adjusted(
            "channel", None, None, None, None, 0, "the same in all of these teams"
        )

    def test_holds_the_channel_steady_where_it_differs(self) -> None:
        rng = np.random.default_rng(5)
        opened = rng.uniform(0, 1, N)
        found = fair_care(part_of({"OPEN": opened, "PERSONAL": 1 - opened}))
        fair, care, _ = make_scores()
        expected = stats.pearsonr(left_over(fair, opened), left_over(care, opened)).statistic
        assert found["channel"].r == pytest.approx(expected)
        assert found["all"].n_covariates == 3

    def test_has_no_region_inside_a_part_without_further_parts(self) -> None:
        found = fair_care(part_of(team_id=NORTH))
        assert found["region"].reason == "the same in all of these teams"
        assert "all" not in found
        assert found["team_size"].r is not None

    def test_refuses_more_covariates_than_teams_bear(self) -> None:
        fair = np.arange(9.0)
        units = make_units({"fair": fair, "seen": fair}, {"care": fair**2}, n_ex=fair + 5)
        found = {one.given: one for one in adjust(make_part(units), SIDES)["fair", "care"]}
        assert found["team_size"].reason == "needs at least 10 teams"

    @pytest.mark.parametrize("n_teams", [1, 7])
    def test_gives_no_coefficient_under_eight_teams(self, n_teams: int) -> None:
        fair = np.arange(float(n_teams))
        units = make_units({"fair": fair, "seen": fair}, {"care": fair**2}, n_ex=fair + 5)
        found = adjust(make_part(units), SIDES)["fair", "care"]
        assert {one.reason for one in found} == {"fewer than 8 teams"}
        assert {one.r for one in found} == {None}

    def test_takes_no_units_at_all(self) -> None:
        units = make_units({"fair": [1.0], "seen": [1.0]}, {"care": [1.0]}, n_cx=2)
        found = adjust(make_part(units), SIDES)["fair", "care"]
        assert {one.r for one in found} == {None}


class TestChooseAdjustment:
    @pytest.mark.parametrize(
        ("found", "r", "phrase"),
        [
            ([known("team_size", 0.3), known("region", 0.1), known("all", 0.25, 2)], 0.25,
             "team size and region"),
            ([known("team_size", 0.3), known("region", 0.1)], 0.1, "region"),
            ([known("team_size", 0.9), known("region", 0.3)], 0.9, "team size"),
        ],
    )  # fmt: skip
    def test_is_all_together_or_what_moves_r_most(
        self, found: Sequence[Adjusted], r: float, phrase: str
    ) -> None:
        chosen = choose_adjustment(0.4, found)
        assert chosen is not None
        assert (chosen.r, chosen.held_steady) == (r, phrase)

    def test_names_three_as_a_list(self) -> None:
        found = [*(known(one.code, 0.3) for one in CONFOUNDERS), known("all", 0.2, 3)]
        chosen = choose_adjustment(0.4, found)
        assert chosen is not None
        assert chosen.held_steady == "team size, region and the way customers were asked"

    def test_does_not_name_what_is_the_same_everywhere(self) -> None:
        none = Adjusted("channel", None, None, None, None, 0, "the same in all of these teams")
        found = [known("team_size", 0.3), known("region", 0.3), none, known("all", 0.2, 2)]
        chosen = choose_adjustment(0.4, found)
        assert chosen is not None
        assert chosen.held_steady == "team size and region"

    def test_is_nothing_where_nothing_is_known(self) -> None:
        assert choose_adjustment(0.4, []) is None
        assert choose_adjustment(None, [known("region", 0.1)]) is None
