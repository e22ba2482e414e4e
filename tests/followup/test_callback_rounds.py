"""Reminders and the one question at the end: each once, when it is time."""

from datetime import datetime, timedelta

import pytest

from survey.accounts.models import Role, User
from survey.followup.callback_rounds import calls_to_check, calls_to_remind, remind_owners
from survey.followup.callbacks import Wish, hand_over_callback, reopen_callback, solve_callback
from survey.followup.models import Notice, NoticeKind
from survey.letters.models import Delivery
from tests.cast import Organisation, make_user
from tests.followup.calls import ask

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def dora(db: None) -> User:
    """Customer experience: the office that answers for customers' calls."""
    return make_user("dora", Role.CX_MANAGER)


class TestRemindOwners:
    def test_reminds_once_before_and_once_when_it_is_late(self, dora: User, now: datetime) -> None:
        callback = ask(now=now)

        done = [
            (hours, n)
            for hours in range(72)
            if (n := remind_owners(now=now + hours * HOUR))
        ]  # fmt: skip

        assert done == [(20, 1), (24, 1)]
        assert callback.events.filter(kind="REMINDED").count() == 2

    def test_reminds_at_the_minute(self, dora: User, now: datetime) -> None:
        ask(now=now)

        assert not calls_to_remind(now=now + 20 * HOUR - MINUTE)
        assert calls_to_remind(now=now + 20 * HOUR)

    def test_says_only_that_it_is_late_where_nobody_went_round_before(
        self, dora: User, now: datetime
    ) -> None:
        ask(now=now)

        assert [remind_owners(now=now + days * 24 * HOUR) for days in (2, 3)] == [1, 0]

    def test_asks_the_person_once_in_all(self, dora: User, now: datetime) -> None:
        callback = ask(now=now)
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now)

        assert [remind_owners(now=now + n * MINUTE) for n in (0, 1)] == [1, 0]
        reopen_callback(callback_id=callback.pk, words="No", now=now + HOUR)
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now + 2 * HOUR)
        assert remind_owners(now=now + 3 * HOUR) == 0

    def test_asks_by_e_mail_also_whoever_wanted_a_call(self, dora: User, now: datetime) -> None:
        both = Wish("Nia", phone="+49 30 123456", email="nia@example.org")
        callback = ask(now=now, wish=both)
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now)

        assert remind_owners(now=now + HOUR) == 1
        told = Delivery.objects.get(notice__kind=NoticeKind.CALLBACK_CHECK)
        assert told.address == "nia@example.org"

    def test_asks_nobody_who_left_no_e_mail_address(self, dora: User, now: datetime) -> None:
        callback = ask(now=now, wish=Wish("Nia", phone="+49 30 123456"))
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now)

        assert not calls_to_check(now=now + HOUR)

    def test_gives_what_is_nobodys_to_whoever_came(self, db: None, now: datetime) -> None:
        callback = ask(now=now)
        assert remind_owners(now=now) == 0

        emil = make_user("emil", Role.CX_MANAGER)

        assert remind_owners(now=now + MINUTE) == 1
        callback.refresh_from_db()
        assert callback.owner == emil

    def test_gives_away_what_an_owner_may_not_take_any_more(
        self, organisation: Organisation, bob: User, dora: User, now: datetime
    ) -> None:
        callback = ask(now=now, team=organisation.bakery)
        hand_over_callback(callback_id=callback.pk, user=dora, to_user_id=bob.pk, note="", now=now)
        assert remind_owners(now=now) == 0
        n_events = callback.events.count()

        bob.grants.update(team=organisation.garden)

        assert [remind_owners(now=now + n * MINUTE) for n in (0, 1)] == [1, 0]
        callback.refresh_from_db()
        assert callback.owner == dora
        assert callback.events.count() == n_events + 1
        told = Notice.objects.filter(callback=callback).order_by("pk").last()
        assert told is not None
        assert told.user == dora

    def test_leaves_with_its_owner_what_nobody_else_can_take(
        self, organisation: Organisation, bob: User, dora: User, now: datetime
    ) -> None:
        callback = ask(now=now, team=organisation.bakery)
        hand_over_callback(callback_id=callback.pk, user=dora, to_user_id=bob.pk, note="", now=now)
        User.objects.update(is_active=False)

        assert remind_owners(now=now) == 0
        callback.refresh_from_db()
        assert callback.owner == bob
