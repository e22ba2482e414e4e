"""The history of a promise in sentences."""

from datetime import date, datetime, timedelta

from survey.accounts.models import User
from survey.dashboards.promises.history import read_history
from survey.followup.models import Commitment
from survey.followup.promising import (
    change_commitment,
    keep_commitment,
    refuse_commitment,
    reopen_commitment,
    withdraw_commitment,
)
from tests.factories.promises import promise, refuse


def said(commitment: Commitment) -> list[str]:
    return [" ".join(entry.said) for entry in read_history(commitment)]


class TestReadHistory:
    def test_tells_every_step_the_newest_first(self, alice: User, now: datetime) -> None:
        made = promise(alice, now)
        step = {"key": made.key, "by": alice, "now": now + timedelta(hours=1)}
        moved = {"due_date": date(2026, 4, 1), "is_shown_outside": False, "heard": "Late rotas"}
        change_commitment(changes=moved, why="Late shift", **step)
        keep_commitment(kept_date=date(2026, 3, 2), **step)
        reopen_commitment(why="Not everywhere", **step)
        withdraw_commitment(why="Closed", **step)

        assert said(made) == [
            "Withdrawn.",
            "Not kept after all: it stands again.",
            "Kept, on 2 March 2026.",
            "Moved from 9 March 2026 to 1 April 2026. What was heard was worded anew. It said: "
            "“–” Shown to everybody it is made to: no.",
            "Promised, by 9 March 2026.",
        ]
        assert [entry.why for entry in read_history(made)][-2:] == ["Late shift", ""]

    def test_tells_a_no(self, alice: User, now: datetime) -> None:
        made = promise(alice, now)
        refuse_commitment(key=made.key, why="No money", by=alice, now=now)

        assert said(refuse(alice, now)) == ["Said that it will not be done."]
        assert said(made)[0] == "Said that it will not be done after all."
