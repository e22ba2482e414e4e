"""The units of a comparison."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.models import Channel
from survey.linkage.alignment import align
from survey.linkage.units import read_units
from survey.organization.models import Team
from tests.factories.linkage import (
    Company,
    ask_customers,
    ask_employees,
    make_company,
    release_all,
)


def of_scale(figures: pd.DataFrame, scale: str) -> pd.DataFrame:
    """Keep the figures of one scale, by group."""
    return figures.xs(scale, level="metric")


@pytest.mark.django_db
class TestReadUnits:
    def make(self, n_quarters: int) -> Company:
        company = make_company(4)
        scores = {code: 2 + at % 3 for at, code in enumerate(company.teams)}
        for quarter in range(n_quarters):
            closing = datetime(2025, 1 + 3 * quarter, 28, tzinfo=UTC)
            ask_employees(company, scores, closed_at=closing)
            ask_customers(company, scores, day=closing.date(), closed_at=closing)
        release_all()
        return company

    def test_reads_all_periods_with_three_queries(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        periods = align(self.make(3).pairing)
        with django_assert_num_queries(3):
            units = read_units(periods)
        assert [len(one.groups) for one in units] == [4, 4, 4]
        assert [of_scale(one.ex, "fair")["mean"].tolist() for one in units] == [
            [25, 50, 75, 25],
        ] * 3

    def test_leaves_items_and_inner_nodes_out(self) -> None:
        (units,) = read_units(align(self.make(1).pairing))
        scales = set(units.ex.index.get_level_values("metric"))
        assert scales == {"fair", "care", "recommend"}
        assert units.groups["kind"].unique().tolist() == ["TEAM"]

    def test_knows_what_lies_above_a_unit(self) -> None:
        (units,) = read_units(align(self.make(1).pairing))
        company, north = (Team.objects.get(code=code).pk for code in ("company", "north"))
        first = units.groups.iloc[0]
        assert first["path"] == (company, north)
        assert units.scopes[north] == frozenset(units.groups.index[::2])
        assert units.scopes[company] == frozenset(units.groups.index)

    def test_counts_customers_by_how_they_came(self) -> None:
        company = self.make(1)
        scores = dict.fromkeys(company.teams[:2], 3)
        closing = datetime(2025, 2, 20, tzinfo=UTC)
        ask_customers(
            company, scores, day=date(2025, 2, 3), closed_at=closing, channel=Channel.OPEN, n=6
        )
        release_all()
        (units,) = read_units(align(company.pairing))
        people = of_scale(units.channels, "cx_fair")
        assert people["PERSONAL"].tolist() == [12, 12, 12, 12]
        assert people["OPEN"].tolist() == [6, 6, 0, 0]
        assert of_scale(units.cx, "cx_fair")["n"].tolist() == [18, 18, 12, 12]

    def test_takes_no_periods(self) -> None:
        assert read_units([]) == []
