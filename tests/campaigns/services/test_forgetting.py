"""Customers are forgotten: their addresses, their contacts, and then that there were any."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from survey.campaigns.models import (
    Asking,
    ContactFile,
    ContactFileState,
    Interaction,
    Invitation,
    Wave,
)
from survey.campaigns.services.forgetting import (
    forget_contacts,
    forget_customers,
    forget_file_problems,
    forget_interactions,
    forget_who_served,
)
from survey.organization.models import Customer
from tests.cast import Organisation
from tests.factories.customers import end_wave, make_customer

pytest_plugins = ["tests.followup.asked"]

DAY = timedelta(days=1)


@pytest.fixture
def customer(wave: Wave, organisation: Organisation) -> Customer:
    return make_customer(wave=wave, team=organisation.bakery)


class TestForgetContacts:
    @pytest.mark.parametrize(("days", "n"), [(89, 0), (91, 1)])
    def test_forgets_addresses_90_days_after_the_wave(
        self, customer: Customer, wave: Wave, now: datetime, days: int, n: int
    ) -> None:
        end_wave(wave, now.date())

        assert forget_contacts(now=now + days * DAY, at_most=10) == n

        customer.refresh_from_db()
        assert (customer.email == "") == bool(n)
        assert customer.external_id

    def test_keeps_them_while_the_wave_runs(self, customer: Customer, now: datetime) -> None:
        assert forget_contacts(now=now + 400 * DAY, at_most=10) == 0

    def test_goes_by_the_setting(
        self, customer: Customer, wave: Wave, now: datetime, settings: Settings
    ) -> None:
        settings.CONTACTS_KEPT_DAYS = 10
        end_wave(wave, now.date())

        assert forget_contacts(now=now + 11 * DAY, at_most=10) == 1
        assert forget_contacts(now=now + 11 * DAY, at_most=10) == 0


class TestForgetWhoServed:
    @pytest.mark.parametrize(("days", "n"), [(29, 0), (31, 1)])
    def test_forgets_the_name_after_30_days_and_keeps_the_contact(
        self, customer: Customer, wave: Wave, now: datetime, days: int, n: int
    ) -> None:
        Wave.objects.update(closes_at=now + 90 * DAY)
        Interaction.objects.update(served_by="Petra")

        assert forget_who_served(now=now + days * DAY, at_most=10) == n
        assert (Interaction.objects.get().served_by == "") == bool(n)

    @pytest.mark.parametrize(
        "end",
        [
            lambda at: {"closes_at": at},
            lambda at: {"withdrawn_at": at, "withdrawn_reason": "by mistake"},
        ],
        ids=["closed", "withdrawn"],
    )
    def test_forgets_it_once_the_survey_is_over(
        self,
        customer: Customer,
        wave: Wave,
        now: datetime,
        end: Callable[[datetime], dict[str, object]],
    ) -> None:
        Interaction.objects.update(served_by="Petra")
        Wave.objects.update(**{"closes_at": now + 90 * DAY} | end(now - DAY / 2))

        assert forget_who_served(now=now - DAY, at_most=10) == 0
        assert forget_who_served(now=now, at_most=10) == 1


class TestForgetInteractions:
    @pytest.mark.parametrize(("days", "n"), [(395, 0), (397, 1)])
    def test_deletes_them_after_13_months(
        self, customer: Customer, now: datetime, days: int, n: int
    ) -> None:
        assert forget_interactions(now=now + days * DAY, at_most=10) == n
        assert Interaction.objects.count() == 1 - n
        assert Invitation.objects.filter(customer=customer).exists()


class TestForgetCustomers:
    def test_deletes_whoever_nothing_else_is_known_of(
        self, customer: Customer, wave: Wave, now: datetime
    ) -> None:
        end_wave(wave, now.date())
        later = now + 397 * DAY
        assert forget_customers(now=later, at_most=10) == 0
        forget_interactions(now=later, at_most=10)

        assert forget_customers(now=later, at_most=10) == 1

        assert not Customer.objects.exists()
        assert not Asking.objects.exists()

    def test_keeps_whoever_was_asked_of_late(
        self, customer: Customer, wave: Wave, now: datetime
    ) -> None:
        end_wave(wave, now.date())
        later = now + 397 * DAY
        forget_interactions(now=later, at_most=10)
        Asking.objects.update(asked_date=(now + 30 * DAY).date())

        assert forget_customers(now=later, at_most=10) == 0


class TestForgetFileProblems:
    @pytest.mark.django_db
    def test_forgets_what_old_refused_files_were_refused_for(self, now: datetime) -> None:
        for days in (89, 91):
            ContactFile.objects.create(
                name=f"{days}.csv",
                state=ContactFileState.REFUSED,
                problems=[[2, "email", "nia@example is no address"]],
                created_at=now - days * DAY,
            )

        assert [forget_file_problems(now=now, at_most=5) for _ in range(2)] == [1, 0]
        assert ContactFile.objects.exclude(problems=[]).get().name == "89.csv"
