"""For how long callbacks are kept; what is handed out and erased."""

from datetime import datetime, timedelta

import pytest

from survey.accounts.models import Role, User
from survey.followup.callback_keeping import (
    KEPT,
    erase_callbacks,
    export_callbacks,
    find_callbacks,
    forget_callbacks,
    kept_too_long,
)
from survey.followup.callback_rounds import remind_owners
from survey.followup.callbacks import Wish, solve_callback
from survey.followup.models import Callback, CallbackEvent, Notice
from survey.letters.models import Delivery
from survey.letters.states import DeliveryState
from tests.cast import make_user
from tests.followup.calls import ask

DAY = timedelta(days=1)


@pytest.fixture
def dora(db: None) -> User:
    """Customer experience: the office that answers for customers' calls."""
    return make_user("dora", Role.CX_MANAGER)


class TestForgetCallbacks:
    def test_counts_from_the_end_or_the_asking(self, dora: User, now: datetime) -> None:
        never_ended, ended_later = ask(now=now), ask(now=now)
        solve_callback(callback_id=ended_later.pk, user=dora, note="", now=now + 2 * DAY)

        assert not kept_too_long(now=now + KEPT)
        assert kept_too_long(now=now + KEPT + DAY).get() == never_ended
        assert forget_callbacks(now=now + KEPT + DAY, at_most=9) == 1
        assert forget_callbacks(now=now + KEPT + 3 * DAY, at_most=9) == 1
        assert not CallbackEvent.objects.exists()
        assert not Notice.objects.exists()


class TestFindCallbacks:
    @pytest.mark.parametrize("address", ["NIA@example.org", "0049 30 123456", "+49 (30) 123-456"])
    def test_finds_by_address_however_written(
        self, dora: User, now: datetime, address: str
    ) -> None:
        ask(now=now)
        ask(now=now, wish=Wish("Nia", phone="+49 30 123456"))
        ask(now=now, wish=Wish("Sam", phone="+49 30 999999"))

        assert len(find_callbacks(addresses=[address])) == 1

    def test_finds_nobody_by_hardly_anything(self, dora: User, now: datetime) -> None:
        ask(now=now, wish=Wish("Sam", phone="12345"))

        assert find_callbacks(addresses=["12345"]) == []


class TestExportCallbacks:
    def test_hands_out_what_was_asked(self, dora: User, now: datetime) -> None:
        ask(now=now)

        [told] = export_callbacks(addresses=["nia@example.org"])

        assert (told["name"], told["words"]) == ("Nia Brandt", "The bread was stale")


class TestEraseCallbacks:
    def test_leaves_nothing_and_sends_nothing(self, dora: User, now: datetime) -> None:
        callback = ask(now=now)
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now)
        remind_owners(now=now)

        assert erase_callbacks(addresses=["nia@example.org"]) == 1

        assert not Callback.objects.exists()
        assert not Delivery.objects.exclude(address="", recipient_name="").exists()
        assert not Delivery.objects.filter(state=DeliveryState.QUEUED).exists()
