"""How calls go, the rota and the rules."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from survey.accounts.models import Role, User
from survey.followup.callbacks import confirm_callback, reopen_callback, solve_callback
from survey.followup.models import CallbackRule, Duty
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.followup.calls import ask

HOME, ROTA, RULES = (f"/console/calls/{name}" for name in ("", "rota/", "rules/"))


@pytest.fixture
def dora(db: None) -> User:
    """Customer experience: the office that answers for customers' calls."""
    return make_user("dora", Role.CX_MANAGER)


class TestHome:
    def test_says_so_where_nobody_asked(self, client: Client, dora: User) -> None:
        client.force_login(dora)

        page = client.get(HOME).text

        assert "Nobody waits." in page
        assert "Nobody has asked for a call yet." in page

    def test_tells_ages_lateness_and_outcomes(
        self, client: Client, organisation: Organisation, dora: User
    ) -> None:
        now = timezone.now()
        ask(now=now - timedelta(days=9), team=organisation.bakery)
        for says_yes in (True, False):
            asked_at = now - timedelta(hours=4)
            one = ask(now=asked_at, team=organisation.garden)
            ended_at = asked_at + timedelta(hours=2)
            solve_callback(callback_id=one.pk, user=dora, note="", now=ended_at)
            if says_yes:
                confirm_callback(callback_id=one.pk, now=now)
            else:
                reopen_callback(callback_id=one.pk, words="", now=now)
        client.force_login(dora)

        page = client.get(HOME).text

        assert "1 is late." in page
        assert "9 days" in page
        assert "1 of 2 say that it was put right" in page
        assert "Half were settled within 2 hours." in page
        assert 'Put right, as the person says: <span class="num">1<' in page

    def test_keeps_staff_from_customer_experience_and_customers_from_the_people_team(
        self, client: Client, alice: User, dora: User
    ) -> None:
        ask(now=timezone.now())
        client.force_login(alice)
        assert "Nia" not in client.get(HOME).text
        assert client.get(ROTA).status_code == 403

        ask(now=timezone.now(), audience=Audience.EMPLOYEE)
        assert client.get(HOME).text.count("Nia") == 1


class TestRota:
    def send(self, client: Client, user: User, **changes: object) -> str:
        fields = {"user": user.pk, "active_from": "2026-01-01", "weekdays": ["0", "4"], **changes}
        return client.post(ROTA, fields, follow=True).text

    def test_puts_somebody_on_duty_and_takes_them_off(
        self, client: Client, organisation: Organisation, dora: User, bob: User
    ) -> None:
        client.force_login(dora)

        page = self.send(client, bob, team=organisation.bakery.pk)

        assert "Monday, Friday" in page
        duty = Duty.objects.get()
        assert (duty.user, duty.team, duty.weekdays) == (bob, organisation.bakery, [0, 4])
        client.post(ROTA, {"end": str(duty.pk)})
        assert "Nobody is on duty" in client.get(ROTA).text

    def test_refuses_whoever_may_not_see_the_team(
        self, client: Client, organisation: Organisation, dora: User, charlie: User
    ) -> None:
        client.force_login(dora)

        page = self.send(client, charlie, team=organisation.bakery.pk)

        assert "Charlie may not see the calls of this team" in page
        assert not Duty.objects.exists()

    def test_refuses_an_end_before_the_beginning(self, client: Client, dora: User) -> None:
        client.force_login(dora)

        assert "The last day cannot be before the first." in self.send(
            client, dora, last_day="2025-12-31"
        )


class TestRules:
    def test_are_changed_for_those_one_answers_for(self, client: Client, dora: User) -> None:
        client.force_login(dora)

        client.post(
            RULES,
            {
                "audience": "CUSTOMER",
                "customer-answer_within_hours": "48",
                "customer-remind_before_hours": "6",
                "customer-counts_weekends": "on",
            },
        )

        rule = CallbackRule.objects.get()
        assert (rule.answer_within_hours, rule.remind_before_hours) == (48, 6)
        assert rule.counts_weekends
        assert client.post(RULES, {"audience": "EMPLOYEE"}).status_code == 403

    def test_say_what_is_wrong(self, client: Client, alice: User) -> None:
        client.force_login(alice)

        page = client.post(RULES, {"audience": "EMPLOYEE", "employee-answer_within_hours": "0"})

        assert page.status_code == 422
        assert "This cannot be saved yet" in page.text
        assert not CallbackRule.objects.exists()
