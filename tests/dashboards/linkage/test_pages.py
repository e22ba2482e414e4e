"""The page "Inside & outside", gathered."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.linkage import drawn
from survey.dashboards.linkage.pages import EmptyPage, LinkagePage, build_linkage_page
from survey.linkage.printed import PrintedUnit
from survey.organization.models import Team
from tests.cast import Organisation
from tests.dashboards.studies import SPRING, make_study, without_margins

pytest_plugins = ["tests.dashboards.company"]
Figures = Callable[..., list[PrintedUnit]]
PAGE = "/dashboards/linkage/"
NOW = datetime(2026, 10, 3, 9, tzinfo=UTC)


def build(user: User, **wanted: str) -> LinkagePage:
    page = build_linkage_page(reader=find_reader(user=user), wanted=wanted, now=NOW)
    assert isinstance(page, LinkagePage)
    return page


def _bar(client: Client) -> str:
    page = client.get(PAGE).content.decode()
    return page[page.index("<main") : page.index("</p>", page.index("<main"))]


class TestEmptyPage:
    def test_says_that_nothing_is_compared(self, alice: User) -> None:
        assert build_linkage_page(reader=find_reader(user=alice), wanted={}, now=NOW) == EmptyPage(
            has_pairing=False, has_studies=False, missing=()
        )

    def test_says_what_is_missing_of_each_pairing(self, both_sides: Pairing, alice: User) -> None:
        page = build_linkage_page(reader=find_reader(user=alice), wanted={}, now=NOW)

        assert isinstance(page, EmptyPage)
        assert (page.has_pairing, page.has_studies, len(page.missing)) == (True, False, 1)
        assert page.missing[0]

    def test_shows_a_leader_nothing_of_wider_parts(
        self, organisation: Organisation, both_sides: Pairing, bob: User
    ) -> None:
        make_study(both_sides, organisation.company, 0.4)
        page = build_linkage_page(reader=find_reader(user=bob), wanted={}, now=NOW)

        assert isinstance(page, EmptyPage)
        assert page.has_studies


class TestLinkagePage:
    @pytest.fixture(autouse=True)
    def studies(
        self, organisation: Organisation, both_sides: Pairing, branch_figures: Figures
    ) -> None:
        for scope, r in ((organisation.company, 0.41), (organisation.food, 0.33)):
            make_study(both_sides, scope, r)

    def test_opens_on_the_widest_part(self, alice: User, branches: list[Team]) -> None:
        page = build(alice)

        assert (page.study.scope.name, page.period) == ("The Company", "Q3 2026")
        assert page.title == "Fairness at work and Kind treatment, The Company, Q3 2026"
        assert page.finding.r == pytest.approx(0.41)
        assert len(page.units) == len(branches)

    def test_names_the_scales_as_people_do(self, alice: User) -> None:
        page = build(alice)

        assert (page.ex_name, page.cx_name) == ("Fairness at work", "Kind treatment")

    def test_shows_the_units_of_the_part_by_name(self, alice: User, branches: list[Team]) -> None:
        page = build(alice, scope="food")
        names = [unit.name for unit in page.units]

        assert names == sorted(names)
        assert len(names) == len(branches) / 2

    def test_looks_back_at_the_period_before(
        self, organisation: Organisation, both_sides: Pairing, alice: User
    ) -> None:
        assert build(alice).previous is None

        make_study(both_sides, organisation.company, 0.22, period_start=SPRING)
        page = build(alice)
        assert page.previous is not None
        assert page.previous.r == pytest.approx(0.22)
        assert page.previous_period == "Q2 2026"

    def test_leads_to_both_periods_side_by_side_where_there_are_two(
        self, client: Client, organisation: Organisation, both_sides: Pairing, alice: User
    ) -> None:
        client.force_login(alice)
        assert "/dashboards/waves/" not in _bar(client)

        make_study(both_sides, organisation.company, 0.22, period_start=SPRING)
        assert f'href="/dashboards/waves/{escape(build(alice).address)}"' in _bar(client)

    def test_says_why_the_evidence_has_its_grade(
        self, client: Client, organisation: Organisation, both_sides: Pairing, alice: User
    ) -> None:
        client.force_login(alice)
        assert "in one more period (this is the first)" in client.get(PAGE).content.decode()

        make_study(both_sides, organisation.company, 0.22, period_start=SPRING)
        assert "the same link in the period before" in client.get(PAGE).content.decode()

    def test_says_its_choices_in_a_line(self, client: Client, alice: User) -> None:
        client.force_login(alice)

        page = client.get(PAGE).content.decode()
        line = page.partition('class="choice"')[2].partition("</summary>")[0]

        assert all(name in line for name in ("The Company", "Fairness at work", "Kind treatment"))
        assert "Change" in line

    def test_does_not_look_back_at_a_period_without_a_coefficient(
        self, organisation: Organisation, both_sides: Pairing, alice: User
    ) -> None:
        make_study(both_sides, organisation.company, None, n_teams=3, period_start=SPRING)

        assert build(alice).previous is None

    def test_draws_nothing_where_no_unit_is_left(
        self, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(drawn, "paired_units", lambda **asked: [])
        page = build(alice)

        assert (page.units, page.drawn.marks, page.drawn.figure) == ((), (), "")

    def test_knows_margins_unless_counts_were_published(
        self, alice: User, branch_figures: Figures, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert build(alice).drawn.has_margins

        monkeypatch.setattr(
            drawn, "paired_units", lambda **asked: without_margins(branch_figures(**asked))
        )
        assert not build(alice).drawn.has_margins

    def test_asks_as_often_for_many_studies_as_for_few(
        self,
        organisation: Organisation,
        both_sides: Pairing,
        alice: User,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        with CaptureQueriesContext(connection) as few:
            build(alice)
        for scope in (organisation.goods, organisation.bakery):
            make_study(both_sides, scope, 0.2)
        with django_assert_num_queries(len(few)):
            build(alice)
