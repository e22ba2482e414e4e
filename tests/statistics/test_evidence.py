"""The questions that the verdict asks of what is known."""

from dataclasses import replace
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.agreement import Level
from survey.statistics.correlation import Correlation
from survey.statistics.evidence import ENOUGH_TEAMS, FEWEST_TEAMS, Evidence

CLEAR = Evidence(
    n_teams=38,
    r=0.42,
    low=0.25,
    high=0.65,
    q_value=0.02,
    reliability_x=0.7,
    reliability_y=0.8,
    gate_x=Level.GREEN,
    gate_y=Level.GREEN,
    loo_low=0.35,
    loo_high=0.47,
    spearman=0.40,
    previous=Correlation(0.35, 0.1, 0.6, 0.01, 30),
    ex_label="fairness",
    cx_label="treatment",
    adjusted=None,
    adjusted_for="",
    n_left_out=0,
    trust_is_low=False,
)
known = st.none() | st.floats(-1, 1)


class TestClearLink:
    def test_has_nothing_against_it(self) -> None:
        assert CLEAR.is_higher
        assert CLEAR.is_firm
        doubts = (
            CLEAR.has_too_few_teams,
            CLEAR.is_not_measurable,
            CLEAR.is_early,
            CLEAR.is_ruled_out,
            CLEAR.cannot_tell,
            CLEAR.hangs_on_one_team,
        )
        assert not any(doubts)

    @pytest.mark.parametrize(
        ("r", "low", "high"), [(0.4, 0.0, 0.8), (-0.4, -0.8, 0.0), (0.4, 0.1, 0.0)]
    )
    def test_holds_no_more_once_an_interval_reaches_zero(
        self, r: float, low: float, high: float
    ) -> None:
        assert replace(CLEAR, r=r, low=low, high=high).cannot_tell
        assert replace(CLEAR, r=r, loo_low=low, loo_high=high).hangs_on_one_team

    def test_holds_at_the_marks_themselves(self) -> None:
        at_the_marks = replace(CLEAR, low=0.2, reliability_x=0.5, reliability_y=0.6)

        assert at_the_marks.is_firm
        assert not at_the_marks.is_not_measurable

    def test_goes_up_only_where_r_does(self) -> None:
        assert not replace(CLEAR, r=0.0).is_higher

    def test_may_go_down_as_well_as_up(self) -> None:
        lower = replace(
            CLEAR, r=-0.42, low=-0.65, high=-0.25, loo_low=-0.47, loo_high=-0.35,
            previous=Correlation(-0.35, -0.6, -0.1, 0.01, 30),
        )  # fmt: skip

        assert not lower.is_higher
        assert lower.is_firm
        assert not lower.cannot_tell
        assert not lower.hangs_on_one_team


class TestTeams:
    @pytest.mark.parametrize(
        ("n_teams", "too_few", "early"),
        [
            (FEWEST_TEAMS - 1, True, True),
            (FEWEST_TEAMS, False, True),
            (ENOUGH_TEAMS - 1, False, True),
            (ENOUGH_TEAMS, False, False),
        ],
    )
    def test_are_counted_exactly(self, n_teams: int, too_few: bool, early: bool) -> None:
        found = replace(CLEAR, n_teams=n_teams)

        assert (found.has_too_few_teams, found.is_early) == (too_few, early)


class TestDoubts:
    @pytest.mark.parametrize(
        ("doubt", "changes"),
        [
            ("is_not_measurable", {"r": None}),
            ("is_not_measurable", {"gate_x": Level.RED}),
            ("is_not_measurable", {"gate_y": Level.RED}),
            ("is_not_measurable", {"reliability_x": 0.0}),
            ("is_ruled_out", {"r": 0.05, "low": -0.1, "high": 0.19}),
            ("cannot_tell", {"q_value": 0.1}),
            ("cannot_tell", {"q_value": None}),
            ("cannot_tell", {"low": -0.01}),
            ("cannot_tell", {"low": 0.0}),
            ("cannot_tell", {"high": None}),
            ("cannot_tell", {"loo_low": None}),
            ("hangs_on_one_team", {"loo_low": -0.01}),
            ("hangs_on_one_team", {"loo_low": 0.0}),
        ],
    )
    def test_rise_with_one_figure(self, doubt: str, changes: dict[str, object]) -> None:
        assert getattr(replace(CLEAR, **changes), doubt)

    @pytest.mark.parametrize("end", [{"low": -0.2}, {"high": 0.2}, {"low": None}, {"high": None}])
    def test_rule_nothing_out_that_may_matter(self, end: dict[str, float | None]) -> None:
        near = {"r": 0.05, "low": -0.1, "high": 0.19}

        assert not replace(CLEAR, **(near | end)).is_ruled_out

    @given(low=known, high=known, loo_low=known, loo_high=known, r=known)
    def test_never_let_an_unknown_figure_pass_for_a_link(
        self,
        low: float | None,
        high: float | None,
        loo_low: float | None,
        loo_high: float | None,
        r: float | None,
    ) -> None:
        found = replace(CLEAR, r=r, low=low, high=high, loo_low=loo_low, loo_high=loo_high)

        if None in (low, high, loo_low, loo_high, r):
            assert found.cannot_tell or found.hangs_on_one_team
            assert not found.is_firm or None not in (low, high, r)


class TestFirm:
    @pytest.mark.parametrize(
        "changes",
        [
            {"low": 0.19},
            {"previous": None},
            {"previous": Correlation(0.3, -0.1, 0.6, 0.1, 30)},
            {"previous": Correlation(None, None, None, None, 3, "too few")},
        ],
    )
    def test_needs_both_periods(self, changes: dict[str, object]) -> None:
        assert not replace(CLEAR, **changes).is_firm


class TestCeiling:
    def test_is_the_root_of_the_reliabilities_together(self) -> None:
        assert CLEAR.ceiling == pytest.approx(sqrt(0.7 * 0.8))

    @pytest.mark.parametrize(("given_one", "used"), [(1.2, 1.0), (-0.3, 0.0)])
    def test_cuts_a_reliability_to_what_is_possible(self, given_one: float, used: float) -> None:
        found = replace(CLEAR, reliability_x=given_one).reliability_product

        assert found == pytest.approx(used * 0.8)

    def test_is_not_known_when_one_side_is_not(self) -> None:
        assert replace(CLEAR, reliability_y=None).ceiling is None


class TestLabels:
    def test_name_the_noisy_and_the_rough_sides(self) -> None:
        found = replace(CLEAR, gate_x=Level.RED, gate_y=Level.AMBER)

        assert (found.noisy_labels, found.rough_labels) == (["fairness"], ["treatment"])
        assert (CLEAR.noisy_labels, CLEAR.rough_labels) == ([], [])
