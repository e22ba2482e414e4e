"""The printed figures of one pair of scales, unit by unit."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.aggregation.models import Figure, Release
from survey.aggregation.services import supersede_release
from survey.campaigns.models import Channel
from survey.linkage.alignment import align, find_aligned
from survey.linkage.printed import Margin, PrintedUnit, paired_units
from survey.linkage.tables import FEWEST_CUSTOMERS
from survey.linkage.units import read_units
from survey.organization.models import Team
from tests.factories.linkage import Company, ask_customers, ask_employees, make_company, release_all
from tests.stages import stage

pytestmark = pytest.mark.django_db
QUARTER = date(2026, 1, 1)


@stage
def company() -> Company:
    """Ten teams with figures of both sides, of customers over two months and two channels."""
    company = make_company(10)
    ask_employees(company, {code: 2 + at % 3 for at, code in enumerate(company.teams)})
    for month, channel in ((2, Channel.PERSONAL), (3, Channel.PERSONAL), (3, Channel.OPEN)):
        closing = datetime(2026, month, 20, tzinfo=UTC)
        scores = {code: 2 + (at + month) % 3 for at, code in enumerate(company.teams)}
        ask_customers(company, scores, day=date(2026, month, 3), closed_at=closing, channel=channel)
    release_all()
    return company


def read(company: Company, scope: str = "", period: date = QUARTER) -> tuple[PrintedUnit, ...]:
    return paired_units(
        pairing=company.pairing,
        aligned=find_aligned(company.pairing, period),
        ex_scale="fair",
        cx_scale="cx_fair",
        scope=Team.objects.get(code=scope) if scope else None,
    )


class TestPairedUnits:
    def test_gives_the_units_and_numbers_that_the_study_was_made_of(self, company: Company) -> None:
        (units,) = read_units(align(company.pairing))
        ex = units.ex.xs("fair", level="metric")
        cx = units.cx.xs("cx_fair", level="metric")
        by_code = {unit.code: unit for unit in read(company)}

        assert list(by_code) == list(company.teams)
        for group, code in units.groups["code"].items():
            for margin, figures in ((by_code[code].ex, ex), (by_code[code].cx, cx)):
                expected = figures.loc[group]
                assert margin.n == expected["n"]
                for name in ("mean", "low", "high"):
                    assert getattr(margin, name) == pytest.approx(expected[name], abs=1e-9)

    def test_adds_customers_of_all_months_and_channels_up(self, company: Company) -> None:
        assert {one.cx.n for one in read(company)} <= {33, 34, 35, 36}  # some wait for a month

    def test_names_the_teams_of_a_unit(self, company: Company) -> None:
        first = read(company)[0]

        assert (first.name, first.kind) == ("T0000", "TEAM")
        assert first.team_ids == (Team.objects.get(code="t0000").pk,)

    def test_keeps_to_a_scope(self, company: Company) -> None:
        assert [one.code for one in read(company, "south")] == list(company.teams)[1::2]
        assert [one.code for one in read(company, "company")] == list(company.teams)

    def test_is_empty_for_a_period_without_figures(self, company: Company) -> None:
        assert read(company, period=date(2020, 1, 1)) == ()

    def test_reads_figures_that_never_change_once(
        self, company: Company, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        aligned = find_aligned(company.pairing, QUARTER)

        def pair(scale: str) -> tuple[PrintedUnit, ...]:
            return paired_units(
                pairing=company.pairing, aligned=aligned, ex_scale="fair", cx_scale=scale
            )

        first = pair("cx_fair")
        with django_assert_num_queries(0):
            assert pair("cx_fair") is first
        assert pair("cx_care") != first

    def test_reads_the_release_that_takes_the_place_of_another(self, company: Company) -> None:
        right = read(company)
        aligned = find_aligned(company.pairing, QUARTER)
        assert aligned is not None
        Release.objects.filter(pk=aligned.ex.pk).update(checksum="0" * 64)
        Figure.objects.filter(release=aligned.ex, metric="fair").update(mean=12.5)
        assert {one.ex.mean for one in read(company)} == {12.5}

        day = datetime(2026, 5, 1, tzinfo=UTC)
        supersede_release(release_id=aligned.ex.pk, reason="counted wrongly", now=day)

        assert read(company) == right

    def test_leaves_out_units_with_too_few_customers(self) -> None:
        company = make_company(2)
        ask_employees(company, dict.fromkeys(company.teams, 3))
        few, enough = company.teams
        ask_customers(company, {few: 3}, day=date(2026, 2, 3), n=FEWEST_CUSTOMERS - 1)
        ask_customers(company, {enough: 3}, day=date(2026, 2, 3), n=FEWEST_CUSTOMERS)
        release_all()

        assert [unit.code for unit in read(company)] == [enough]

    def test_asks_as_often_for_many_teams_as_for_few(
        self, company: Company, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(7):
            read(company)


class TestMargin:
    def test_is_known_only_with_both_ends(self) -> None:
        assert Margin(50.0, 48.0, 52.0, 9).is_known
        assert not Margin(50.0, None, None, 9).is_known
