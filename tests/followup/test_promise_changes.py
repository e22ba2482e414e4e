"""What the history of a promise says of it."""

from datetime import date, datetime, timedelta

import pytest

from survey.accounts.models import User
from survey.followup.commitments import Promise, tell_promise
from survey.followup.models import Commitment
from survey.followup.promise_changes import Moved
from survey.followup.promising import Wording, change_commitment, make_commitment
from survey.questionnaires.models import Audience
from tests.factories.promises import promise

DAY = timedelta(days=1)


def see(made: Commitment) -> Promise:
    made = Commitment.objects.get(pk=made.pk)
    return tell_promise(made, today=made.made_date)


def move(made: Commitment, by: User, now: datetime, to: date) -> None:
    change_commitment(key=made.key, changes={"due_date": to}, why="Ill", by=by, now=now)


class TestFindMoved:
    @pytest.mark.parametrize(("after", "was_late"), [(7, False), (8, True)])
    def test_says_from_when_to_when_and_whether_its_day_had_passed(
        self, alice: User, now: datetime, after: int, was_late: bool
    ) -> None:
        made = promise(alice, now)  # in a week
        first, to, moved_at = made.due_date, now.date() + 20 * DAY, now + after * DAY
        assert first is not None

        move(made, alice, moved_at, to)

        assert see(made).moved == Moved(first, to, moved_at.date(), was_late)
        assert see(made).was_late == was_late

    def test_remembers_that_it_was_late_however_often_it_is_moved(
        self, alice: User, now: datetime
    ) -> None:
        made = promise(alice, now)
        move(made, alice, now + 8 * DAY, now.date() + 20 * DAY)
        move(made, alice, now + 9 * DAY, now.date() + 9 * DAY)
        moved = see(made).moved

        assert moved is not None
        assert (moved.from_date, moved.to_date) == (now.date() + 7 * DAY, now.date() + 9 * DAY)
        assert (moved.moved_date, moved.was_late) == ((now + 8 * DAY).date(), True)

    def test_says_nothing_of_a_day_that_was_brought_forward(
        self, alice: User, now: datetime
    ) -> None:
        made = promise(alice, now)
        assert see(made).moved is None

        move(made, alice, now, now.date() + 2 * DAY)

        assert see(made).moved is None


class TestFindWriter:
    def test_is_whoever_wrote_down_the_name_of_somebody_else(
        self, alice: User, bob: User, now: datetime
    ) -> None:
        own, others = promise(alice, now), promise(alice, now, what="Paint", who=bob)

        assert (see(own).writer, see(own).signed) == ("", "Alice")
        assert (see(others).writer, see(others).signed) == ("Alice", "Bob, entered by Alice")

    def test_follows_the_name_where_it_is_handed_over(
        self, alice: User, bob: User, now: datetime
    ) -> None:
        made = promise(alice, now)

        change_commitment(key=made.key, changes={"who_name": "Jo"}, why="", by=bob, now=now)
        assert see(made).signed == "Jo, entered by Bob"
        change_commitment(key=made.key, changes={"who_name": "bob"}, why="", by=bob, now=now)
        assert see(made).signed == "bob"

    def test_stays_whoever_it_was_when_words_change(
        self, alice: User, bob: User, now: datetime
    ) -> None:
        made = make_commitment(
            wording=Wording(Audience.CUSTOMER, "Paint"), who_name="Zoe Any", who=alice,
            due_date=now.date(), by=alice, now=now,
        )  # fmt: skip
        change_commitment(key=made.key, changes={"what": "Sweep"}, why="", by=bob, now=now)

        assert see(made).signed == "Zoe Any, entered by Alice"
