"""How a promise stands, in words."""

from datetime import datetime, timedelta

from django.template.loader import render_to_string

from survey.accounts.models import User
from survey.dashboards.promises.states import Standing, say_counts, stand
from survey.followup.commitments import count_promises, tell_promise
from survey.followup.models import Commitment
from survey.followup.promising import keep_commitment, withdraw_commitment
from tests.factories.promises import promise, refuse


def see(commitment: Commitment, now: datetime, days: int = 0) -> Standing:
    commitment.refresh_from_db()
    return stand(tell_promise(commitment, today=(now + timedelta(days=days)).date()))


class TestStand:
    def test_says_until_when_or_for_how_long(self, alice: User, now: datetime) -> None:
        made = promise(alice, now)

        assert [see(made, now, days).label for days in (7, 8, 9)] == [
            "by 9 March 2026", "late, 1 day", "late, 2 days",
        ]  # fmt: skip
        assert [see(made, now, days).chip for days in (7, 8)] == ["gold", "bad"]

    def test_says_how_it_ended(self, alice: User, now: datetime) -> None:
        kept, gone = promise(alice, now), promise(alice, now, what="A bus")
        keep_commitment(key=kept.key, kept_date=now.date(), by=alice, now=now)
        withdraw_commitment(key=gone.key, why="Closed", by=alice, now=now)

        standings = [see(one, now, 30) for one in (kept, gone, refuse(alice, now))]

        assert [one.label for one in standings] == [
            "kept 2 March 2026", "withdrawn", "we won’t, and why",
        ]  # fmt: skip
        assert [one.icon for one in standings] == ["success", "", ""]
        assert say_counts([one.promise for one in standings]) == "1 kept, 0 open, 0 late"
        assert say_counts([]) == ""

    def test_says_that_it_was_kept_late(self, alice: User, now: datetime) -> None:
        labels, promises = [], []
        for days in (7, 8):  # in a week
            made, day = promise(alice, now, what=f"Kept after {days} days"), now + timedelta(days)
            keep_commitment(key=made.key, kept_date=day.date(), by=alice, now=day)
            labels.append(see(made, now, 30).label)
            promises.append(see(made, now, 30).promise)
            chip = render_to_string("components/heard_state.html", {"promise": promises[-1]})
            assert labels[-1] in chip

        assert labels == ["kept 9 March 2026", "kept late, 10 March 2026"]
        assert say_counts(promises) == "2 kept, 0 open, 0 late; 1 was kept late"
        told = {"counts": count_promises(promises)}
        assert "1 was kept late." in render_to_string("components/promise_tiles.html", told)
