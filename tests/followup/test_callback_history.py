"""What a callback's history says of its having been thought settled before."""

from datetime import datetime, timedelta

import pytest

from survey.accounts.models import Role, User
from survey.followup.callback_history import find_reopening, was_reopened
from survey.followup.callbacks import (
    give_up_callback,
    hand_over_callback,
    reopen_callback,
    solve_callback,
)
from tests.cast import make_user
from tests.followup.calls import ask

HOUR = timedelta(hours=1)


@pytest.fixture
def dora(db: None) -> User:
    """Customer experience: the office that answers for customers' calls."""
    return make_user("dora", Role.CX_MANAGER)


class TestFindReopening:
    @pytest.mark.parametrize("was_solved", [True, False])
    def test_tells_who_thought_it_over_and_when_the_person_said_not_yet(
        self, dora: User, now: datetime, was_solved: bool
    ) -> None:
        callback = ask(now=now)
        end = solve_callback if was_solved else give_up_callback
        end(callback_id=callback.pk, user=dora, note="", now=now + HOUR)
        assert find_reopening(callback=callback) is None

        reopen_callback(callback_id=callback.pk, words="No", now=now + 2 * HOUR)
        emil = make_user("emil", Role.CX_MANAGER)
        hand_over_callback(
            callback_id=callback.pk, user=dora, to_user_id=emil.pk, note="", now=now + 3 * HOUR
        )

        again = find_reopening(callback=callback)
        assert again is not None
        assert (again.was_solved, again.ended_by) == (was_solved, "Dora")
        assert (again.ended_at, again.reopened_at) == (now + HOUR, now + 2 * HOUR)


class TestWasReopened:
    def test_is_not_so_of_a_call_that_ended(self, dora: User, now: datetime) -> None:
        callback = ask(now=now)
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now)
        assert not was_reopened(callback=callback)

        reopen_callback(callback_id=callback.pk, words="", now=now)

        assert was_reopened(callback=callback)
