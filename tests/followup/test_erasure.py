"""A customer is found, handed everything that is known, and erased."""

import json
from datetime import datetime

import pytest
from django.apps import apps
from django.db import connection

from survey.campaigns.contacts import CustomerData
from survey.campaigns.models import Asking, Interaction, Invitation, Snooze, Wave
from survey.campaigns.services import record_interaction
from survey.followup.erasure import (
    ARTICLE_11,
    UnknownCustomerError,
    count_known,
    erase_customer,
    export_customer,
    find_customers,
)
from survey.followup.models import NoticeKind
from survey.followup.noting import queue_notices
from survey.letters.models import Delivery
from survey.letters.selectors import stopped_addresses
from survey.letters.services.queueing import Recipient
from survey.letters.states import DeliveryState
from survey.organization.models import Customer
from tests.cast import Organisation
from tests.factories.customers import make_customer
from tests.factories.playbacks import make_playback

pytest_plugins = ["tests.followup.asked"]


@pytest.fixture
def nia(wave: Wave, organisation: Organisation) -> Customer:
    return make_customer(wave=wave, team=organisation.bakery)


@pytest.fixture
def other(wave: Wave, organisation: Organisation) -> Customer:
    return make_customer(wave=wave, team=organisation.bakery)


def everything() -> str:
    """Return all rows of all tables as text."""
    rows: list[object] = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608
            rows += cursor.fetchall()
    return str(rows)


def write_back(wave: Wave, *people: Customer, now: datetime) -> None:
    """Tell customers what came of it, at their addresses as others write them."""
    playback = make_playback(wave, now=now, is_published=True)
    assert playback.letter is not None
    queue_notices(
        letter=playback.letter,
        kind=NoticeKind.PLAYBACK,
        recipients=[Recipient(one.name, one.email.title()) for one in people],
        due_at=now,
        playback=playback,
    )


class TestFindCustomers:
    def test_knows_numbers_and_addresses(self, nia: Customer, other: Customer) -> None:
        for wanted in (nia.external_id, f" {nia.external_id} ", nia.email.upper()):
            assert find_customers(wanted=wanted) == [nia]

    @pytest.mark.parametrize("wanted", ["", "  ", "C-", "nobody@example.com", "%", "@"])
    def test_finds_nobody_else(self, nia: Customer, wanted: str) -> None:
        assert find_customers(wanted=wanted) == []

    def test_finds_all_who_share_an_address(self, nia: Customer, other: Customer) -> None:
        Customer.objects.update(email="both@example.com")

        assert set(find_customers(wanted="both@example.com")) == {nia, other}


class TestExportCustomer:
    def test_names_who_served(self, nia: Customer, now: datetime) -> None:
        Interaction.objects.update(served_by="Petra")

        (met,) = export_customer(customer=nia, now=now)["interactions"]

        assert met["served_by"] == "Petra"
        assert "Petra" in everything()
        erase_customer(customer_id=nia.pk, today=now.date())
        assert "Petra" not in everything()

    def test_holds_all_that_is_known(self, nia: Customer, now: datetime) -> None:
        document = json.loads(json.dumps(export_customer(customer=nia, now=now)))

        assert document["customer"]["email"] == nia.email
        assert document["interactions"][0]["team"] == "Bakery"
        assert document["invitations"][0]["letter"]["address"] == nia.email
        assert document["asked_on"] == ["2026-03-02"]
        assert document["rests_until"] == ["2026-04-01"]
        assert document["answers"] == ARTICLE_11

    def test_holds_the_letters_of_what_came_of_it(
        self, wave: Wave, nia: Customer, other: Customer, now: datetime
    ) -> None:
        write_back(wave, nia, other, now=now)

        (letter,) = export_customer(customer=nia, now=now)["later_letters"]

        assert (letter["name"], letter["address"]) == (nia.name, nia.email.title())
        assert letter["state"] == DeliveryState.QUEUED

    def test_holds_nothing_of_anybody_else(
        self, wave: Wave, nia: Customer, other: Customer, now: datetime
    ) -> None:
        write_back(wave, nia, other, now=now)
        text = json.dumps(export_customer(customer=nia, now=now))

        assert other.email not in text
        assert other.external_id not in text


class TestCountKnown:
    def test_counts(self, nia: Customer) -> None:
        known = count_known(customer=nia)

        assert (known.n_interactions, known.n_invitations, known.n_letters) == (1, 1, 1)
        assert not known.is_stopped

    def test_counts_the_letters_of_what_came_of_it(
        self, wave: Wave, nia: Customer, other: Customer, now: datetime
    ) -> None:
        write_back(wave, nia, other, now=now)

        assert count_known(customer=nia).n_letters == 2
        erase_customer(customer_id=other.pk, today=now.date())
        assert count_known(customer=nia).n_letters == 2


class TestEraseCustomer:
    def test_leaves_no_trace_in_any_table_but_the_digests(
        self, nia: Customer, other: Customer, now: datetime
    ) -> None:
        traces = [nia.external_id + "'", nia.name, nia.email, nia.phone]
        assert all(trace in everything() for trace in traces)

        erase_customer(customer_id=nia.pk, today=now.date())

        assert [trace for trace in traces if trace in everything()] == []
        assert stopped_addresses(addresses=[nia.email, nia.phone]) == {nia.email, nia.phone}

    def test_leaves_everybody_else_as_they_are(
        self, nia: Customer, other: Customer, now: datetime
    ) -> None:
        erase_customer(customer_id=nia.pk, today=now.date())

        assert Customer.objects.get() == other
        assert [model.objects.count() for model in (Interaction, Asking, Snooze)] == [1, 1, 1]
        assert Invitation.objects.filter(customer=other).exists()

    def test_takes_name_and_address_off_letters_of_what_came_of_it(
        self, wave: Wave, nia: Customer, other: Customer, now: datetime
    ) -> None:
        write_back(wave, nia, other, now=now)

        erase_customer(customer_id=nia.pk, today=now.date())

        assert nia.name not in everything()
        assert nia.email not in everything().lower()
        told = Delivery.objects.filter(notice__isnull=False).order_by("pk")
        assert list(told.values_list("recipient_name", "address", "state")) == [
            ("", "", DeliveryState.FAILED),
            (other.name, other.email.title(), DeliveryState.QUEUED),
        ]

    def test_stops_a_letter_that_waits(
        self, wave: Wave, organisation: Organisation, now: datetime
    ) -> None:
        nia = make_customer(wave=wave, team=organisation.bakery, state=DeliveryState.QUEUED)

        erase_customer(customer_id=nia.pk, today=now.date())

        assert Delivery.objects.get().state == DeliveryState.FAILED

    def test_keeps_them_from_being_asked_again(
        self, nia: Customer, organisation: Organisation, now: datetime
    ) -> None:
        erase_customer(customer_id=nia.pk, today=now.date())
        receipt = record_interaction(
            idempotency_key="again",
            request_digest="1" * 64,
            customer=CustomerData(external_id=nia.external_id, email=nia.email),
            team_code="bakery",
            occurred_at=now,
            now=now,
        )

        assert (receipt.is_asked, receipt.reason) == (False, "stopped")

    def test_knows_when_there_is_nobody(self, nia: Customer, now: datetime) -> None:
        erase_customer(customer_id=nia.pk, today=now.date())

        with pytest.raises(UnknownCustomerError):
            erase_customer(customer_id=nia.pk, today=now.date())
