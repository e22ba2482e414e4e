"""How calls went, in counts."""

from datetime import datetime, timedelta
from typing import Any

from survey.accounts.models import Role
from survey.followup.call_counts import count_calls
from survey.followup.callbacks import confirm_callback, give_up_callback, solve_callback
from survey.followup.models import Callback, CallbackState
from tests.cast import Organisation, make_user
from tests.followup.calls import ask


class TestCountCalls:
    def test_counts_by_state_and_team_in_one_query(
        self, organisation: Organisation, now: datetime, django_assert_num_queries: Any
    ) -> None:
        dora = make_user("dora", Role.CX_MANAGER)
        for hours in (1, 3, 8):
            one = ask(now=now, team=organisation.bakery)
            ended_at = now + timedelta(hours=hours)
            solve_callback(callback_id=one.pk, user=dora, note="", now=ended_at)
        confirm_callback(callback_id=one.pk, now=now)
        ask(now=now)

        with django_assert_num_queries(1):
            counts = count_calls(calls=Callback.objects.all(), now=now + timedelta(days=9))

        assert [(one.name, one.n, one.n_late) for one in counts.teams] == [
            ("", 1, 1), ("Bakery", 3, 0)
        ]  # fmt: skip
        assert (counts.whole.median_hours, counts.whole.n_told, counts.whole.n_right) == (3.0, 1, 1)
        assert dict(counts.states)[str(CallbackState.SOLVED.label)] == 2

    def test_counts_nothing_where_nobody_asked(self, db: None, now: datetime) -> None:
        counts = count_calls(calls=Callback.objects.all(), now=now)

        assert (counts.whole.n, counts.whole.median_hours, counts.teams) == (0, None, ())

    def test_counts_no_hours_of_those_who_were_never_reached(self, db: None, now: datetime) -> None:
        dora = make_user("dora", Role.CX_MANAGER)
        given_up = ask(now=now)
        give_up_callback(callback_id=given_up.pk, user=dora, note="", now=now)

        assert count_calls(calls=Callback.objects.all(), now=now).whole.median_hours is None
        solved = ask(now=now)
        ended_at = now + timedelta(hours=2)
        solve_callback(callback_id=solved.pk, user=dora, note="", now=ended_at)
        assert count_calls(calls=Callback.objects.all(), now=now).whole.median_hours == 2.0
