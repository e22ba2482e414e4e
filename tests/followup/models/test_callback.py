"""What the database itself refuses of callbacks, duties and rules."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from survey.accounts.models import User
from survey.followup.models import (
    Callback,
    CallbackEvent,
    CallbackRule,
    CallbackState,
    Duty,
)
from survey.questionnaires.models import Audience
from tests.constraints import assert_refused, twice

pytestmark = pytest.mark.django_db
OVER = datetime(2026, 3, 2, tzinfo=UTC)


def make(now: datetime, **changes: Any) -> Callback:
    fields = {
        "form_key": uuid4(),
        "audience": Audience.CUSTOMER,
        "name": "Nia",
        "address": "Mill Street 1, Harbour",
        "asked_at": now,
        "due_at": now,
    }
    return Callback.objects.create(**fields | changes)


class TestCallback:
    @pytest.mark.parametrize(
        ("name", "changes"),
        [
            ("callback_state_is_known", {"state": "LOST", "ended_at": OVER}),
            ("callback_can_be_reached", {"address": ""}),
            ("callback_audience_is_known", {"audience": "PRESS"}),
            ("callback_is_open_until_it_ended", {"state": CallbackState.SOLVED}),
        ],
    )
    def test_refuses_what_makes_no_sense(
        self, now: datetime, name: str, changes: dict[str, Any]
    ) -> None:
        assert_refused(name, lambda: make(now, **changes))

    def test_is_open_without_an_end_only(self, now: datetime) -> None:
        assert_refused("callback_is_open_until_it_ended", lambda: make(now, ended_at=now))

    def test_comes_of_a_form_once(self, now: datetime) -> None:
        key = uuid4()

        assert_refused("form_key", twice(lambda: make(now, form_key=key)))

    def test_is_called_after_its_key(self, now: datetime) -> None:
        callback = make(now)

        assert str(callback) == str(callback.key)


class TestCallbackEvent:
    def test_is_of_a_known_kind(self, now: datetime) -> None:
        callback = make(now)

        assert_refused(
            "callback_event_kind_is_known",
            lambda: CallbackEvent.objects.create(callback=callback, at=now, kind="LOST"),
        )


class TestDuty:
    def test_ends_no_sooner_than_it_starts(self, alice: User) -> None:
        day = date(2026, 3, 2)

        assert_refused(
            "duty_does_not_end_before_it_starts",
            lambda: Duty.objects.create(
                user=alice, active_from=day, last_day=day - timedelta(days=1)
            ),
        )
        Duty.objects.create(user=alice, active_from=day, last_day=day)
        assert str(Duty(user=alice, active_from=day)) == "Alice for everybody"


class TestCallbackRule:
    def test_has_an_hour_at_least(self) -> None:
        assert_refused(
            "callback_rule_has_hours",
            lambda: CallbackRule.objects.create(audience=Audience.CUSTOMER, answer_within_hours=0),
        )

    def test_reminds_after_somebody_asked(self) -> None:
        assert_refused(
            "callback_rule_reminds_in_time",
            lambda: CallbackRule.objects.create(
                audience=Audience.CUSTOMER, answer_within_hours=4, remind_before_hours=4
            ),
        )
