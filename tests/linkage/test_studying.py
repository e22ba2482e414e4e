"""The study of one part, from figures without a database."""

import json
from dataclasses import replace

import pytest
from scipy.stats import false_discovery_control

from survey.linkage.studying import Computed, compute_study
from survey.linkage.units import Units
from survey.statistics.correlation import Correlation
from tests.linkage.material import NORTH, PAIR_KEYS, SIDES, draw_periods, make_part, make_units

INTERVAL = {"r", "low", "high", "p_value"}
ARROW = {"estimate", "low", "high", "p_value"}


def study_of(*periods: Units, team_id: int = 1) -> Computed:
    return compute_study(make_part(*periods, team_id=team_id), SIDES, previous={})


class TestComputeStudy:
    def test_has_the_pinned_keys(self) -> None:
        (one, _) = study_of(*draw_periods(24, 7, lag=0.5)).pairs
        numbers = json.loads(json.dumps(one.as_numbers(), allow_nan=False))
        assert numbers.keys() == PAIR_KEYS
        assert numbers["influence"].keys() == {"team", "name", "r_without", "n_influential"}
        for partial in numbers["partial"]:
            assert partial.keys() == INTERVAL | {"given", "n_covariates", "reason"}
        assert numbers["pooled"].keys() == INTERVAL | {"n_teams", "n_waves", "reason"}
        assert numbers["within"].keys() == INTERVAL | {
            *("q_value", "n_teams", "n_waves", "df", "reason"),
        }
        assert numbers["waba"].keys() == {
            *("r_total", "r_between", "r_within", "eta_ex", "eta_cx", "reason"),
        }
        assert numbers["lags"].keys() == {"points", "reason"}
        assert numbers["lags"]["points"][0].keys() == {"lag", "r", "low", "high", "n_teams"}
        assert numbers["direction"].keys() == {
            *("code", "chip", "sentence", "caveats", "ex_before_cx", "cx_before_ex", "asymmetry"),
            *("n_teams", "n_waves", "n_left_out", "is_early", "reason"),
        }
        assert numbers["direction"]["ex_before_cx"].keys() == ARROW | {"q_value"}
        assert numbers["direction"]["asymmetry"].keys() == ARROW

    def test_ranks_each_family_together(self) -> None:
        study = study_of(*draw_periods(24, 7, lag=0.5))
        assert study.families == {"between": 2, "within": 2, "direction": 4}
        all_numbers = [one.as_numbers() for one in study.pairs]
        arrows = [
            numbers["direction"][name]
            for numbers in all_numbers
            for name in ("ex_before_cx", "cx_before_ex")
        ]
        for family in (all_numbers, [numbers["within"] for numbers in all_numbers], arrows):
            expected = false_discovery_control([one["p_value"] for one in family])
            assert [one["q_value"] for one in family] == pytest.approx(expected)

    def test_counts_only_tests_that_were_made(self) -> None:
        study = study_of(*draw_periods(7, 2))
        assert study.families == {"between": 0, "within": 0, "direction": 0}
        assert [one.pair.numbers.r for one in study.pairs] == [None, None]
        assert study.n_waves == 2
        assert study.self_check.is_passed is None

    def test_looks_only_inside_the_part(self) -> None:
        periods = draw_periods(48, 7, lag=0.4)
        changed = [_change_south(one) for one in periods]
        whole = [study_of(*units) for units in (periods, changed)]
        north = [study_of(*units, team_id=NORTH) for units in (periods, changed)]

        assert north[0] == north[1]
        assert {one.pair.n_teams for one in north[0].pairs} == {24}
        assert whole[0].pairs[0].as_numbers() != whole[1].pairs[0].as_numbers()

    def test_never_looks_forward(self) -> None:
        periods = draw_periods(24, 8, lag=0.5)
        assert study_of(*periods[:6]) == study_of(*draw_periods(24, 6, lag=0.5))
        assert study_of(*periods[:6]) != study_of(*periods)

    def test_is_the_same_every_time(self) -> None:
        periods = draw_periods(24, 6)
        assert study_of(*periods) == study_of(*periods)

    def test_is_firm_only_where_the_period_before_agrees(self) -> None:
        strong = [float(at) for at in range(24)]
        other = [float(at % 5) for at in range(24)]
        noise = [at % 3 for at in range(24)]
        care = [at + 4 * shift for at, shift in zip(strong, noise, strict=True)]
        part = make_part(make_units({"fair": strong, "seen": other}, {"care": care}))
        before = Correlation(r=0.5, low=0.3, high=0.7, p_value=0.01, n_teams=24)
        chips = [
            compute_study(part, SIDES, previous=previous).pairs[0].verdict["chip"]
            for previous in ({}, {("fair", "care"): before}, {("seen", "care"): before})
        ]
        assert chips == ["some", "firm", "some"]

    def test_tells_of_groups_left_out_and_of_what_was_held_steady(self) -> None:
        scores = [float(at**2 % 17) for at in range(24)]
        units = make_units(
            {"fair": scores, "seen": scores},
            {"care": [*scores[:-2], float("nan"), float("nan")]},
            n_ex=[6.0 + at % 7 for at in range(24)],
        )
        caveats = study_of(units).pairs[0].verdict["caveats"]
        assert any("2 groups are not drawn" in line for line in caveats)
        assert any("With team size and region held steady" in line for line in caveats)

    def test_compares_nothing_without_figures(self) -> None:
        study = study_of(make_units({"fair": [1.0], "seen": [1.0]}, {"care": [1.0]}, n_cx=2))
        for one in study.pairs:
            json.dumps(one.as_numbers(), allow_nan=False)
        assert study.n_waves == 0


def _change_south(units: Units) -> Units:
    """Change every figure of the south: odd group ids, since teams alternate from id 1."""
    ex, cx = (side.copy() for side in (units.ex, units.cx))
    for side in (ex, cx):
        is_south = side.index.get_level_values("group_id") % 2 == 1
        side.loc[is_south, "mean"] = (side.loc[is_south, "mean"] * 1.7) % 50
    return replace(units, ex=ex, cx=cx)
