"""What is kept no longer is forgotten every day, and `verify` notices where it is not."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from survey.accounts.models import AccessEntry, User
from survey.campaigns.models import Wave
from survey.followup import retention
from survey.followup.retention import KINDS, broken_invariants, forget_old
from survey.organization.models import Customer
from tests.cast import Organisation
from tests.factories.customers import end_wave, make_customer

pytest_plugins = ["tests.followup.asked"]


@pytest.fixture
def customer(wave: Wave, organisation: Organisation, now: datetime) -> Customer:
    customer = make_customer(wave=wave, team=organisation.bakery)
    end_wave(wave, now.date())
    return customer


class TestForgetOld:
    @pytest.mark.parametrize(
        ("days", "forgotten"),
        [
            (29, {}),
            (31, {"addresses": 1}),
            (91, {"addresses": 1, "contacts": 1}),
            (397, {"addresses": 1, "contacts": 1, "interactions": 1, "customers": 1}),
        ],
    )
    def test_forgets_each_kind_in_its_time_and_once(
        self, customer: Customer, now: datetime, days: int, forgotten: dict[str, int]
    ) -> None:
        later = now + timedelta(days=days)

        assert {code: n for code, n in forget_old(now=later).items() if n} == forgotten
        assert not any(forget_old(now=later).values())

    def test_goes_round_until_nothing_is_left(
        self,
        wave: Wave,
        organisation: Organisation,
        now: datetime,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(retention, "AT_ONCE", 2)
        for _ in range(5):
            make_customer(wave=wave, team=organisation.bakery)

        assert forget_old(now=now + timedelta(days=31))["addresses"] == 5

    def test_forgets_who_was_logged_in(self, client: Client, alice: User) -> None:
        client.force_login(alice)
        now = timezone.now()
        assert forget_old(now=now)["sessions"] == 0

        assert forget_old(now=now + timedelta(days=1))["sessions"] == 1


class TestBrokenInvariants:
    def test_holds_for_two_days_after_the_promised_day(
        self, customer: Customer, now: datetime
    ) -> None:
        assert broken_invariants(now=now + timedelta(days=31)) == []
        assert "of addresses should" in broken_invariants(now=now + timedelta(days=33))[0]

    def test_holds_once_it_was_forgotten(self, customer: Customer, now: datetime) -> None:
        later = now + timedelta(days=500)
        assert len(broken_invariants(now=later)) == 3

        forget_old(now=later)

        assert broken_invariants(now=later) == []

    def test_would_notice_an_old_line_of_the_access_log(self, db: None, now: datetime) -> None:
        AccessEntry.objects.create(
            at=now - timedelta(days=740), user_name="x", action="SEEN", route="x", status=200
        )

        assert broken_invariants(now=now) == [
            "1 of access_log should have been forgotten 2 days ago."
        ]


class TestKinds:
    def test_are_kept_as_long_as_is_promised(self) -> None:
        assert {kind.code: kind.days() for kind in KINDS} == {
            "addresses": 30,
            "contacts": 90,
            "served_by": 30,
            "interactions": 396,
            "customers": 396,
            "file_problems": 90,
            "roster_problems": 90,
            "callbacks": 365,
            "access_log": 731,
        }
        assert settings.CONTACTS_KEPT_DAYS == 90
