"""The first page, by role and by budget."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role
from survey.campaigns.models import Wave
from tests.cast import Organisation, make_user
from tests.console.waves import make_draft

HOME = "/console/"
N_QUERIES = 26


class TestHome:
    def test_greets_whoever_asks(self, hr: Client, draft: Wave) -> None:
        shown = hr.get(HOME).text

        assert "Hello, Alice" in shown
        assert "1 thing needs you." in shown
        assert f"/console/waves/{draft.pk}/check/" in shown

    def test_leads_a_new_installation_step_by_step(self, hr: Client) -> None:
        shown = hr.get(HOME).text

        assert "Three steps, in this order" in shown
        assert "Nobody is being asked at the moment." in shown

    @pytest.mark.parametrize(
        ("role", "status"),
        [(Role.CX_MANAGER, 200), (Role.ADMIN, 403), (Role.ANALYST, 403), (Role.AUDITOR, 403)],
    )
    def test_is_for_those_who_ask(
        self, client: Client, organisation: Organisation, role: Role, status: int
    ) -> None:
        client.force_login(make_user("dana", role))

        assert client.get(HOME).status_code == status

    def test_asks_the_same_for_many_waves(
        self,
        hr: Client,
        draft: Wave,
        organisation: Organisation,
        present: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(4):
            make_draft(organisation, present)

        with django_assert_num_queries(N_QUERIES, exact=False):
            hr.get(HOME)
