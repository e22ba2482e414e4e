"""The study of one scope, from figures without a database."""

from collections.abc import Iterable
from datetime import date

import pandas as pd
import pytest

from survey.linkage.alignment import align
from survey.linkage.comparing import FEWEST_CUSTOMERS, Side
from survey.linkage.studying import (
    Sides,
    compute_study,
    count_coverage,
    join_sides,
    read_sides,
)
from survey.linkage.units import FIGURES, Units, read_units
from survey.linkage.worth import Worth
from survey.statistics.correlation import Correlation
from tests.factories.linkage import ask_customers, ask_employees, make_company, release_all

N_GROUPS = 24
DAY = date(2026, 3, 10)
FAIR = Side("fair", "fairness", Worth(0.3, "GREEN"))
SEEN = Side("seen", "being seen", Worth(0.3, "GREEN"))
CARE = Side("care", "care", Worth(0.3, "GREEN"))
SIDES = Sides(ex=(FAIR, SEEN), cx=(CARE,))


def table(rows: Iterable[tuple[int, str, float, int]]) -> pd.DataFrame:
    """Make figures from group, scale, mean and number of people."""
    records = [
        {"group_id": group, "metric": metric, "n": n, "mean": mean, "se": 2.0}
        | {"low": mean - 4, "high": mean + 4}
        for group, metric, mean, n in rows
    ]
    return pd.DataFrame(records).set_index(["group_id", "metric"])[FIGURES]


def make_units(n_customers: dict[int, int] | None = None) -> Units:
    """Make groups whose fairness goes with care, and whose being seen goes with nothing."""
    groups = range(1, N_GROUPS + 1)
    sizes = dict.fromkeys(groups, 30) if n_customers is None else n_customers
    wave = {group: (group * 7) % 11 for group in groups}
    ex = table(
        row
        for group in groups
        for row in (
            (group, "fair", 40.0 + group, 8),
            (group, "seen", 50.0 + wave[group], 8),
        )
    )
    cx = table((g, "care", 50.0 + g + wave[g] / 10, n) for g, n in sizes.items())
    frame = pd.DataFrame(index=pd.Index(groups))
    return Units(groups=frame, ex=ex, cx=cx, scopes={}, customers=pd.DataFrame())


class TestJoinSides:
    def test_joins_every_scale_with_every_one_of_the_other_side(self) -> None:
        joined = join_sides(make_units(), SIDES)

        assert [(one.ex.scale, one.cx.scale) for one in joined] == [
            ("fair", "care"),
            ("seen", "care"),
        ]

    def test_lays_the_figures_of_one_group_side_by_side(self) -> None:
        fair, _ = join_sides(make_units(), SIDES)

        assert fair.figures.loc[3, ["ex_mean", "ex_n", "cx_n"]].tolist() == [43, 8, 30]


class TestComputeStudy:
    def test_ranks_all_pairs_together(self) -> None:
        units = make_units()
        study = compute_study(units, join_sides(units, SIDES), scope=None, previous={})
        (strong, verdict), (weak, _) = study.pairs

        assert study.family_size == 2
        assert strong.numbers.r is not None
        assert strong.numbers.r > 0.9
        assert strong.numbers.q_value == pytest.approx(2 * (strong.numbers.p_value or 0))
        assert weak.numbers.q_value == weak.numbers.p_value
        assert verdict["code"] == "HIGHER"

    def test_looks_only_inside_the_scope(self) -> None:
        units = make_units()
        study = compute_study(units, join_sides(units, SIDES), scope=range(1, 11), previous={})

        assert {pair.n_teams for pair, _ in study.pairs} == {10}
        assert study.coverage["n_groups"] == 10

    def test_tests_nothing_where_too_few_groups_can_be_compared(self) -> None:
        units = make_units()
        study = compute_study(units, join_sides(units, SIDES), scope={1, 2}, previous={})

        assert study.family_size == 0
        assert [pair.numbers.r for pair, _ in study.pairs] == [None, None]

    def test_is_firm_only_where_the_period_before_agrees(self) -> None:
        units = make_units()
        joined = join_sides(units, SIDES)
        before = Correlation(r=0.5, low=0.3, high=0.7, p_value=0.01, n_teams=24)
        chips = [
            compute_study(units, joined, scope=None, previous=previous).pairs[0][1]["chip"]
            for previous in ({}, {("fair", "care"): before}, {("seen", "care"): before})
        ]

        assert chips == ["some", "firm", "some"]

    def test_counts_the_groups_it_leaves_out(self) -> None:
        units = make_units(dict.fromkeys(range(1, N_GROUPS - 1), 30))
        study = compute_study(units, join_sides(units, SIDES), scope=None, previous={})

        assert any("2 groups are not drawn" in line for line in study.pairs[0][1]["caveats"])


class TestCountCoverage:
    def test_gives_every_group_one_reason(self) -> None:
        sizes = {1: FEWEST_CUSTOMERS, 2: FEWEST_CUSTOMERS - 1, 3: 500}
        units = make_units(sizes)
        found = count_coverage(units, [1, 2, 3, 4, 999])

        assert found == {
            "n_groups": 5,
            "n_compared": 2,
            "n_not_shown": 1,
            "n_no_customers": 1,
            "n_few_customers": 1,
        }

    def test_counts_nothing_in_an_empty_scope(self) -> None:
        assert set(count_coverage(make_units(), []).values()) == {0}


@pytest.mark.django_db
class TestReadSides:
    def test_takes_the_released_scales_in_the_order_they_were_asked(self) -> None:
        from_ten = make_company(10)
        scores = {code: 2 + at % 3 for at, code in enumerate(from_ten.teams)}
        ask_employees(from_ten, scores)
        ask_customers(from_ten, scores, day=DAY)
        release_all()
        (aligned,) = align(from_ten.pairing)
        sides = read_sides(aligned, read_units(aligned))

        assert [side.scale for side in sides.ex] == ["fair", "care", "recommend"]
        assert [side.scale for side in sides.cx] == ["cx_fair", "cx_care", "cx_recommend"]
        assert sides.ex[0].phrase == "how high fair is"
