"""Promises at the boundaries of days, in three time zones, against a checker of its own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import DataError
from django.utils import timezone
from pytest_django.fixtures import Settings

from survey.accounts.models import Role, User
from survey.core.timestamps import local_date
from survey.followup.commitments import count_commitments, list_commitments
from survey.followup.models import Commitment
from survey.followup.notices import send_due_notices
from survey.followup.noting import queue_notices
from survey.followup.promising import change_commitment, keep_commitment
from survey.followup.settling import settle_commitments
from survey.letters.models import Delivery, Letter
from survey.organization.models import Person
from tests.cast import make_user
from tests.factories.letters import DeliveryFactory
from tests.factories.promises import promise

ZONES = ("Pacific/Auckland", "Europe/Berlin", "America/Los_Angeles")
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
MADE = datetime(2026, 3, 2, 12, tzinfo=UTC)
DUE = date(2026, 3, 29)  # the night in which clocks change in Berlin


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, settings: Settings) -> Iterator[ZoneInfo]:
    settings.TIME_ZONE = request.param
    timezone.get_default_timezone.cache_clear()
    yield ZoneInfo(request.param)
    timezone.get_default_timezone.cache_clear()


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def expected(moment: datetime, zone: ZoneInfo) -> tuple[str, int]:
    """Work the state out from nothing but calendars: no code of the product."""
    day = moment.astimezone(zone).toordinal()
    return ("late", day - DUE.toordinal()) if day > DUE.toordinal() else ("open", 0)


def letters() -> list[Delivery]:
    return list(Delivery.objects.filter(notice__commitment__isnull=False).order_by("pk"))


class TestDayBoundaries:
    def test_agree_with_the_calendar_to_the_second(self, alice: User, zone: ZoneInfo) -> None:
        promise(alice, MADE, due_date=DUE)
        first = midnight(DUE - 4 * DAY, zone).astimezone(zone).date()
        boundaries = [midnight(first + n * DAY, zone) for n in range(9)]

        for moment in (one + shift for one in boundaries for shift in (-SECOND, 0 * SECOND)):
            today = local_date(moment)
            (told,) = list_commitments(team_ids=None, today=today)
            counts = count_commitments(today=today)
            said = ("late" if told.is_late else "open", told.days_late)
            assert said == expected(moment, zone), moment
            assert (counts.open, counts.late) == ((1, 0) if said[0] == "open" else (0, 1)), moment


class TestSettleCommitments:
    def test_writes_three_days_before_and_the_day_after_once_each(
        self, alice: User, zone: ZoneInfo
    ) -> None:
        promise(alice, MADE, due_date=DUE)
        written: list[datetime] = []
        moment, end = midnight(DUE - 5 * DAY, zone) - SECOND, midnight(DUE + 9 * DAY, zone)
        while moment < end:
            before = len(letters())
            settle_commitments(now=moment)
            written += [moment] * (len(letters()) - before)
            moment += timedelta(hours=4)

        days = [one.astimezone(zone).date() for one in written]
        assert days == [DUE - 3 * DAY, DUE + DAY]
        assert [one.due_at.astimezone(zone).time() for one in letters()] == [time(8), time(8)]

    def test_goes_to_whoever_promised(self, alice: User, bob: User) -> None:
        promise(alice, MADE, due_date=DUE, who=bob)
        settle_commitments(now=MADE + 25 * DAY)

        assert [(row.recipient_name, row.address) for row in letters()] == [
            ("Bob", "bob@example.org")
        ]

    def test_goes_to_the_people_team_where_that_account_is_gone(
        self, alice: User, bob: User
    ) -> None:
        promise(alice, MADE, due_date=DUE, who=bob)
        User.objects.filter(pk=bob.pk).update(is_active=False)
        settle_commitments(now=MADE + 25 * DAY)

        assert [row.recipient_name for row in letters()] == ["Alice"]

    def test_goes_to_the_people_team_where_the_address_takes_no_letters(
        self, alice: User, bob: User
    ) -> None:
        promise(alice, MADE, due_date=DUE, who=bob)
        DeliveryFactory(
            address=bob.email, state="FAILED", due_at=MADE, reason="address refused with 550"
        )
        settle_commitments(now=MADE + 25 * DAY)

        assert [row.recipient_name for row in letters()] == ["Alice"]

    def test_goes_to_the_other_office_where_the_one_that_asks_is_empty(self, alice: User) -> None:
        carmen = make_user("carmen", Role.CX_MANAGER)
        promise(carmen, MADE, due_date=DUE)
        for gone in (alice, carmen):
            User.objects.filter(pk=gone.pk).update(is_active=False)
        make_user("cleo", Role.CX_MANAGER)
        settle_commitments(now=MADE + 25 * DAY)

        assert [row.recipient_name for row in letters()] == ["Cleo"]
        assert Letter.objects.get().signer_name == "Cleo"

    def test_is_signed_with_a_name_that_fits(self, alice: User) -> None:
        User.objects.filter(pk=alice.pk).update(name="n" * 200)
        promise(alice, MADE, due_date=DUE)

        assert settle_commitments(now=MADE + 25 * DAY) == 1
        assert Letter.objects.get().signer_name == "n" * 100

    def test_is_written_in_the_language_of_each_reader(self, alice: User, bob: User) -> None:
        for number, (user, language) in enumerate(((alice, "es"), (bob, "de"))):
            Person.objects.create(
                external_id=f"p{number}", name=user.name, email=user.email, language=language
            )
            promise(alice, MADE, due_date=DUE, who=user)
        settle_commitments(now=MADE + 25 * DAY)
        send_due_notices(now=MADE + 26 * DAY)

        assert {one.to[0]: one.subject for one in mail.outbox} == {
            "Alice <alice@example.org>": "Una promesa tuya",
            "Bob <bob@example.org>": "Ein Versprechen von Ihnen",
        }
        german = mail.outbox[-1].body
        assert "Jemand wartet" in german
        assert "29. März 2026" in german
        assert "Somebody" not in german

    def test_goes_on_with_the_others_where_one_fails(self, alice: User, bob: User) -> None:
        broken, _ = promise(alice, MADE, due_date=DUE), promise(alice, MADE, due_date=DUE, who=bob)

        def queue(*, commitment: Commitment, **others: Any) -> int:
            if commitment == broken:
                raise DataError
            return queue_notices(commitment=commitment, **others)

        with mock.patch("survey.followup.settling.queue_notices", side_effect=queue):
            assert settle_commitments(now=MADE + 25 * DAY) == 1

        assert [row.recipient_name for row in letters()] == ["Bob"]
        assert settle_commitments(now=MADE + 25 * DAY) == 1

    def test_says_nothing_of_a_promise_that_was_made_for_tomorrow(self, alice: User) -> None:
        promise(alice, MADE, due_date=(MADE + DAY).date())

        assert settle_commitments(now=MADE) == 0
        assert settle_commitments(now=MADE + 2 * DAY) == 1

    def test_says_nothing_of_one_that_was_kept(self, alice: User) -> None:
        made = promise(alice, MADE, due_date=DUE)
        keep_commitment(key=made.key, kept_date=MADE.date(), by=alice, now=MADE)

        assert settle_commitments(now=MADE + 40 * DAY) == 0

    def test_follows_a_day_that_was_moved(self, alice: User) -> None:
        made = promise(alice, MADE, due_date=DUE)
        late = MADE + 28 * DAY
        assert settle_commitments(now=late) == 1
        moved = {"due_date": DUE + 14 * DAY}
        change_commitment(key=made.key, changes=moved, why="Late shift", by=alice, now=late)

        assert settle_commitments(now=late + DAY) == 0
        assert settle_commitments(now=late + 11 * DAY) == 1
