"""The page "Inside & outside" over real releases, from the answers to the screen."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.linkage.services import update_due_studies
from survey.organization.models import Team
from tests.cast import make_user
from tests.factories.linkage import (
    RUN_AT,
    Company,
    ask_customers,
    ask_employees,
    make_company,
    release_all,
)

pytestmark = pytest.mark.django_db
PAGE = "/dashboards/linkage/"
AUTUMN = datetime(2025, 12, 20, tzinfo=UTC)
MARCH = date(2026, 3, 10)


def read(client: Client, user: User) -> str:
    client.force_login(user)
    response = client.get(PAGE)
    assert response.status_code == 200
    return unescape(response.content.decode())


def compare_autumn(company: Company) -> None:
    """Release and compare a quarter in which enough people answered on both sides."""
    scores = {code: 2 + at % 3 for at, code in enumerate(company.teams)}
    ask_employees(company, scores, closed_at=AUTUMN)
    ask_customers(company, scores, day=AUTUMN.date(), closed_at=AUTUMN)
    release_all()
    update_due_studies(now=RUN_AT)


def compare_winter_in_vain(company: Company) -> None:
    """Compare the next quarter, in which three of the staff answered and twelve customers."""
    ask_employees(company, {company.teams[0]: 3}, n=3)
    ask_customers(company, {company.teams[0]: 3}, day=MARCH, n=12)
    release_all()
    update_due_studies(now=RUN_AT)


class TestBuildLinkagePage:
    def test_says_who_answered_too_little_where_nothing_can_be_compared(
        self, client: Client, alice: User
    ) -> None:
        compare_winter_in_vain(make_company(1))

        page = read(client, alice)

        assert "There are no figures to compare yet" in page
        assert "Pulse shows no team's figures of Q1 2026: too few answered." in page
        assert "nothing to compare before its next wave" in page

    def test_keeps_showing_the_last_study_that_compares_something(
        self, client: Client, alice: User
    ) -> None:
        company = make_company(10)
        compare_autumn(company)
        compare_winter_in_vain(company)

        page = read(client, alice)

        assert '<option value="2025-10-01" selected>Q4 2025</option>' in page
        assert '<dt>Teams compared</dt><dd class="num">10</dd>' in page
        assert "Q1 2026" not in page

    def test_keeps_a_leader_from_a_team_that_has_left_their_part(self, client: Client) -> None:
        company = make_company(10)
        compare_autumn(company)
        gone, stays = (Team.objects.get(code=code) for code in company.teams[:2])
        leader = make_user("lea", Role.LEADER, company.ex.scope)
        Team.objects.filter(pk=gone.pk).update(parent=None)

        page = read(client, leader)

        assert "The same numbers as a table (9 teams)" in page
        assert f'<th scope="row">{stays.name.capitalize()}' in page
        assert f'<th scope="row">{gone.name.capitalize()}' not in page

    @pytest.mark.parametrize("n_teams", [8, 24])
    def test_asks_as_few_questions_for_many_teams_as_for_few(
        self,
        client: Client,
        alice: User,
        django_assert_num_queries: DjangoAssertNumQueries,
        n_teams: int,
    ) -> None:
        compare_autumn(make_company(n_teams))
        client.force_login(alice)

        with django_assert_num_queries(14):
            assert f"table ({n_teams} teams)" in client.get(PAGE).content.decode()
