"""Who gets the monthly page, when, and never twice."""

from datetime import date, datetime, timedelta
from unittest import mock

import pytest
from django.core.signing import Signer

from survey.accounts.models import Role, User
from survey.campaigns.models import Pairing
from survey.core.timestamps import local_date
from survey.followup import digests
from survey.followup.digests import (
    UnknownStopError,
    find_stopper,
    read_news,
    send_digests,
    stop_digests,
    stop_token,
    told_month,
    wants_digests,
)
from survey.followup.models import DigestChoice, Notice
from survey.letters.models import Delivery, Letter
from tests.cast import Organisation, make_user
from tests.dashboards.team.staging import everywhere, release
from tests.factories.aggregation import CLOSED
from tests.followup.waiting import make_promise

DAY = timedelta(days=1)
THIRD = datetime.fromisoformat("2026-04-03T05:00:00+00:00")
pytest_plugins = ["tests.dashboards.team.company"]


@pytest.fixture
def released(team_sides: Pairing) -> Pairing:
    """Staff of all teams were asked in March; figures came on its last day."""
    release(team_sides.ex, everywhere("fair", 70.0))
    return team_sides


def addressed() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("address", flat=True))


class TestSendDigests:
    def test_goes_to_those_who_lead_something_that_has_news(
        self, released: Pairing, bob: User, charlie: User, alice: User
    ) -> None:
        assert send_digests(now=THIRD) == 2

        assert addressed() == ["bob@example.org", "charlie@example.org"]
        assert [one.user for one in Notice.objects.order_by("pk")] == [bob, charlie]
        assert Letter.objects.get().subject == "March 2026 on one page"
        assert Letter.objects.get().signer_name == "Alice"
        assert "70" not in Letter.objects.get().body

    def test_is_signed_with_a_name_that_fits(
        self, released: Pairing, bob: User, alice: User
    ) -> None:
        User.objects.filter(pk=alice.pk).update(name="n" * 200)

        assert send_digests(now=THIRD) == 1
        assert Letter.objects.get().signer_name == "n" * 100

    @pytest.mark.parametrize(("day", "n"), [(2, 0), (3, 1), (10, 1), (11, 0)])
    def test_goes_in_the_first_days_of_a_month(
        self, released: Pairing, bob: User, day: int, n: int
    ) -> None:
        assert send_digests(now=THIRD.replace(day=day)) == n

    def test_goes_in_the_morning(self, released: Pairing, bob: User) -> None:
        send_digests(now=THIRD)

        assert Delivery.objects.get().due_at == THIRD.replace(hour=8)

    def test_goes_once_a_month(self, released: Pairing, bob: User) -> None:
        assert [send_digests(now=THIRD + n * DAY) for n in range(5)] == [1, 0, 0, 0, 0]

    def test_goes_once_though_the_worker_dies_on_the_way(
        self, released: Pairing, bob: User
    ) -> None:
        """Neither the mark without the letter nor the letter without the mark survives."""
        with mock.patch.object(digests, "queue_notices", side_effect=MemoryError):
            send_digests(now=THIRD)
        assert not DigestChoice.objects.exclude(last_month=None).exists()

        with mock.patch.object(DigestChoice, "save", side_effect=MemoryError):
            send_digests(now=THIRD)
        assert not Delivery.objects.exists()

        assert [send_digests(now=THIRD), send_digests(now=THIRD + DAY)] == [1, 0]
        assert addressed() == ["bob@example.org"]

    def test_goes_to_the_others_where_one_fails(
        self, released: Pairing, bob: User, charlie: User
    ) -> None:
        real = digests.queue_notices

        def fail_for_bob(**given: object) -> int:
            if given["users"] == [bob]:
                raise MemoryError
            return real(**given)  # type: ignore[arg-type]

        with mock.patch.object(digests, "queue_notices", side_effect=fail_for_bob):
            assert send_digests(now=THIRD) == 1

        assert addressed() == ["charlie@example.org"]

    def test_does_not_go_where_nothing_is_new_and_nothing_waits(
        self, released: Pairing, bob: User, organisation: Organisation
    ) -> None:
        month = timedelta(days=32)
        assert send_digests(now=THIRD + month) == 0

        make_promise(bob, local_date(THIRD + month))
        assert send_digests(now=THIRD + month) == 1

    def test_does_not_go_to_those_who_stopped_it_or_cannot_log_in(
        self, released: Pairing, bob: User, charlie: User
    ) -> None:
        stop_digests(user=bob)
        User.objects.filter(pk=charlie.pk).update(is_active=False)

        assert send_digests(now=THIRD) == 0

    def test_goes_to_team_leads_but_to_no_office(
        self, released: Pairing, organisation: Organisation
    ) -> None:
        for role in (Role.HR, Role.CX_MANAGER, Role.ANALYST, Role.ADMIN, Role.AUDITOR):
            make_user(role.lower(), role)
        make_user("tina", Role.TEAM_LEAD, organisation.garden)

        send_digests(now=THIRD)

        assert addressed() == ["tina@example.org"]


class TestReadNews:
    def test_is_what_came_since_the_third_of_the_month_before(
        self, released: Pairing, bob: User
    ) -> None:
        assert len(read_news(user=bob, now=THIRD)) == 1
        assert read_news(user=bob, now=CLOSED + timedelta(days=40)) == ()


class TestToldMonth:
    def test_is_the_month_before(self) -> None:
        assert told_month(date(2026, 1, 3)) == date(2025, 12, 1)
        assert told_month(date(2026, 3, 31)) == date(2026, 2, 1)


class TestStopDigests:
    def test_can_be_taken_back(self, bob: User) -> None:
        assert wants_digests(user=bob)
        stop_digests(user=bob)
        assert not wants_digests(user=bob)
        stop_digests(user=bob, is_stopped=False)
        assert wants_digests(user=bob)


class TestFindStopper:
    def test_is_whose_letter_it_was(self, bob: User) -> None:
        assert find_stopper(token=stop_token(user=bob)) == bob

    @pytest.mark.parametrize("token", ["", "7", "7.abc", "\x00", "é.é", "." * 300])
    def test_is_nobody_for_what_we_did_not_sign(self, bob: User, token: str) -> None:
        with pytest.raises(UnknownStopError):
            find_stopper(token=token)

    def test_is_nobody_once_the_account_is_closed_or_for_another_signature(self, bob: User) -> None:
        other = Signer(salt="something.else", sep=".").sign(str(bob.pk))
        with pytest.raises(UnknownStopError):
            find_stopper(token=other)

        token = stop_token(user=bob)
        User.objects.filter(pk=bob.pk).update(is_active=False)
        with pytest.raises(UnknownStopError):
            find_stopper(token=token)
