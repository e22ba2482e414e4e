"""Wishes to be called, from the asking to the end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from survey.accounts.models import Role, User
from survey.followup.callbacks import (
    NotATakerError,
    Place,
    StepNotPossibleError,
    ask_callback,
    confirm_callback,
    give_up_callback,
    hand_over_callback,
    note_callback,
    reopen_callback,
    solve_callback,
    take_callback,
)
from survey.followup.models import Callback, CallbackRule, CallbackState, NoticeKind
from survey.letters.models import Delivery
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.followup.calls import WISH, ask

HOUR = timedelta(hours=1)


@pytest.fixture
def dora(db: None) -> User:
    """Customer experience: the office that answers for customers' calls."""
    return make_user("dora", Role.CX_MANAGER)


def history(callback: Callback) -> list[tuple[str, str]]:
    return list(callback.events.order_by("pk").values_list("kind", "by_name"))


def told(callback: Callback) -> list[tuple[str, str]]:
    notices = callback.notices.order_by("pk").select_related("delivery")
    return [(one.kind, one.delivery.address) for one in notices]


class TestAskCallback:
    def test_gives_it_to_somebody_and_tells_them_at_once(
        self, organisation: Organisation, dora: User, now: datetime
    ) -> None:
        callback = ask(now=now + timedelta(seconds=42), team=organisation.bakery)

        assert callback.owner == dora
        assert callback.asked_at == now
        assert callback.due_at == now + 24 * HOUR
        assert callback.remind_at == now + 20 * HOUR
        assert history(callback) == [("ASKED", ""), ("GIVEN", "Dora")]
        assert told(callback) == [(NoticeKind.CALLBACK_ASKED, "dora@example.org")]
        assert Delivery.objects.get().due_at <= now + timedelta(minutes=1)

    def test_takes_a_form_once_however_often_it_is_sent(self, dora: User, now: datetime) -> None:
        place, form_key = Place(Audience.CUSTOMER, None, "en"), uuid4()

        for _time in range(3):
            ask_callback(wish=WISH, place=place, form_key=form_key, now=now)

        assert Callback.objects.count() == 1
        assert Delivery.objects.count() == 1

    def test_keeps_to_the_rule_of_the_audience(self, dora: User, now: datetime) -> None:
        CallbackRule.objects.create(
            audience=Audience.CUSTOMER, answer_within_hours=2, remind_before_hours=0
        )

        callback = ask(now=now)

        assert callback.due_at == now + 2 * HOUR
        assert callback.remind_at is None

    def test_is_taken_in_where_nobody_is_there(self, db: None, now: datetime) -> None:
        callback = ask(now=now)

        assert callback.owner is None
        assert history(callback) == [("ASKED", "")]


class TestSteps:
    def test_lead_from_taking_in_hand_over_a_note_to_its_end(
        self, dora: User, now: datetime
    ) -> None:
        callback = ask(now=now)

        take_callback(callback_id=callback.pk, user=dora, now=now)
        note_callback(callback_id=callback.pk, user=dora, note="Engaged", now=now)
        solve_callback(callback_id=callback.pk, user=dora, note="New bread", now=now + HOUR)

        callback.refresh_from_db()
        assert callback.state == CallbackState.SOLVED
        assert callback.ended_at == now + HOUR
        assert callback.remind_at is None
        assert [kind for kind, _ in history(callback)][2:] == ["ACCEPTED", "NOTED", "SOLVED"]

    def test_cannot_be_taken_twice(self, dora: User, now: datetime) -> None:
        callback = ask(now=now)
        give_up_callback(callback_id=callback.pk, user=dora, note="", now=now)

        with pytest.raises(StepNotPossibleError):
            solve_callback(callback_id=callback.pk, user=dora, note="", now=now)

    @pytest.mark.parametrize("end", [solve_callback, give_up_callback])
    def test_belong_to_whoever_ends_it(
        self, dora: User, bob: User, now: datetime, end: Callable[..., None]
    ) -> None:
        callback = ask(now=now)

        end(callback_id=callback.pk, user=bob, note="", now=now)

        callback.refresh_from_db()
        assert callback.owner == bob
        assert history(callback)[2:] == [("ACCEPTED", "Bob"), (callback.state, "Bob")]

    def test_open_what_was_given_up(self, dora: User, now: datetime) -> None:
        callback = ask(now=now)
        give_up_callback(callback_id=callback.pk, user=dora, note="", now=now)

        take_callback(callback_id=callback.pk, user=dora, now=now)

        callback.refresh_from_db()
        assert (callback.state, callback.ended_at) == (CallbackState.ACCEPTED, None)


class TestHandOverCallback:
    def test_tells_the_colleague(
        self, organisation: Organisation, dora: User, bob: User, now: datetime
    ) -> None:
        callback = ask(now=now, team=organisation.bakery)

        hand_over_callback(
            callback_id=callback.pk, user=dora, to_user_id=bob.pk, note="Yours", now=now
        )

        callback.refresh_from_db()
        assert callback.owner == bob
        assert history(callback)[2:] == [("HANDED_OVER", "Dora"), ("GIVEN", "Bob")]
        assert told(callback)[-1] == (NoticeKind.CALLBACK_ASKED, "bob@example.org")

    def test_refuses_whoever_may_not_see_it(
        self, organisation: Organisation, dora: User, charlie: User, now: datetime
    ) -> None:
        callback = ask(now=now, team=organisation.bakery)

        with pytest.raises(NotATakerError):
            hand_over_callback(
                callback_id=callback.pk, user=dora, to_user_id=charlie.pk, note="", now=now
            )

        callback.refresh_from_db()
        assert callback.owner == dora


class TestWhatThePersonSays:
    def test_confirms_once(self, dora: User, now: datetime) -> None:
        callback = ask(now=now)
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now)

        confirm_callback(callback_id=callback.pk, now=now)

        with pytest.raises(StepNotPossibleError):
            confirm_callback(callback_id=callback.pk, now=now)
        callback.refresh_from_db()
        assert callback.state == CallbackState.CONFIRMED

    def test_opens_it_again_once_and_tells_the_owner(self, dora: User, now: datetime) -> None:
        callback = ask(now=now)
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now + HOUR)

        reopen_callback(callback_id=callback.pk, words="Still stale", now=now + 2 * HOUR)

        callback.refresh_from_db()
        assert (callback.state, callback.ended_at) == (CallbackState.NEW, None)
        assert callback.due_at == now + 26 * HOUR
        assert [kind for kind, _ in told(callback)] == [NoticeKind.CALLBACK_ASKED] * 2
        assert callback.events.get(kind="REOPENED").note == "Still stale"
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now + 3 * HOUR)
        with pytest.raises(StepNotPossibleError):
            reopen_callback(callback_id=callback.pk, words="", now=now + 4 * HOUR)

    def test_is_heard_where_the_owner_is_gone(self, dora: User, alice: User, now: datetime) -> None:
        callback = ask(now=now)
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now)
        User.objects.filter(pk=dora.pk).update(is_active=False)
        emil = make_user("emil", Role.CX_MANAGER)

        reopen_callback(callback_id=callback.pk, words="", now=now)

        callback.refresh_from_db()
        assert callback.owner == emil
