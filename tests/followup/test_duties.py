"""Who is on duty, and how soon people are called back."""

from datetime import date, timedelta

import pytest

from survey.accounts.models import User
from survey.followup.callbacks import NotATakerError
from survey.followup.duties import add_duty, end_duty, set_callback_rule
from survey.followup.models import CallbackRule, Duty
from survey.questionnaires.models import Audience
from tests.cast import Organisation

TODAY = date(2026, 3, 2)


class TestAddDuty:
    def test_refuses_whoever_may_not_see_the_team(
        self, organisation: Organisation, bob: User, charlie: User
    ) -> None:
        add_duty(team=organisation.bakery, user=bob, weekdays=[4, 0, 4], active_from=TODAY)

        assert Duty.objects.get().weekdays == [0, 4]
        with pytest.raises(NotATakerError):
            add_duty(team=organisation.bakery, user=charlie, weekdays=[], active_from=TODAY)


class TestEndDuty:
    def test_keeps_what_has_been_and_deletes_what_never_began(
        self, organisation: Organisation, bob: User
    ) -> None:
        for day in (TODAY - timedelta(days=1), TODAY):
            duty = add_duty(team=organisation.bakery, user=bob, weekdays=[], active_from=day)
            end_duty(duty_id=duty.pk, today=TODAY)

        assert Duty.objects.get().last_day == TODAY - timedelta(days=1)
        end_duty(duty_id=0, today=TODAY)  # somebody was quicker


class TestSetCallbackRule:
    def test_takes_the_place_of_the_one_before(self, db: None) -> None:
        for hours in (24, 8):
            set_callback_rule(
                audience=Audience.CUSTOMER,
                answer_within_hours=hours,
                remind_before_hours=1,
                counts_weekends=False,
            )

        assert CallbackRule.objects.get().answer_within_hours == 8
