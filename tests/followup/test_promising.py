"""Promises are made, changed, kept and taken back, and their history says so."""

from datetime import datetime, timedelta

import pytest

from survey.accounts.models import User
from survey.followup.models import Commitment, CommitmentState
from survey.followup.promising import (
    CommitmentSettledError,
    DayPassedError,
    KeptDayError,
    NoWhyError,
    change_commitment,
    find_promiser,
    keep_commitment,
    refuse_commitment,
    reopen_commitment,
    withdraw_commitment,
)
from tests.factories.promises import WEEK, promise, refuse

DAY = timedelta(days=1)


def histories(commitment: Commitment) -> list[tuple[dict[str, object], dict[str, object], str]]:
    rows = commitment.changes.order_by("pk")
    return [(row.before, row.after, row.why) for row in rows]


class TestMakeCommitment:
    def test_begins_a_history(self, alice: User, now: datetime) -> None:
        made = promise(alice, now)

        assert made.state == CommitmentState.PROMISED
        ((before, after, _),) = histories(made)
        assert (before, after["what"]) == ({}, "Rotas go up two weeks ahead")
        assert made.changes.get().by_name == "Alice"

    def test_takes_today_and_no_earlier_day(self, alice: User, now: datetime) -> None:
        promise(alice, now, due_date=now.date())

        with pytest.raises(DayPassedError):
            promise(alice, now, due_date=now.date() - DAY)

    def test_makes_one_promise_of_the_same_sent_twice(
        self, alice: User, bob: User, now: datetime
    ) -> None:
        made = promise(alice, now)
        assert promise(alice, now) == made
        assert len(histories(made)) == 1

        later, others = (now + 2 * WEEK).date(), {"audience": "CUSTOMER"}
        promise(bob, now, who=alice)
        promise(alice, now, due_date=later)
        promise(alice, now + DAY, due_date=made.due_date)
        promise(alice, now, **others)
        keep_commitment(key=made.key, kept_date=now.date(), by=alice, now=now)
        promise(alice, now)

        assert Commitment.objects.count() == 6


class TestRefuseWish:
    def test_says_why(self, alice: User, now: datetime) -> None:
        refused = refuse(alice, now)

        assert refused.state == CommitmentState.REFUSED
        assert refused.because == "It needs four more people."
        assert refused.settled_date == now.date()

    def test_refuses_once_what_is_sent_twice(self, alice: User, now: datetime) -> None:
        assert refuse(alice, now) == refuse(alice, now)
        refuse(alice, now, what="Open at night")

        assert Commitment.objects.count() == 2


class TestChangeCommitment:
    def test_keeps_what_it_said_before(self, alice: User, now: datetime) -> None:
        made = promise(alice, now)
        later = made.due_date + DAY

        change_commitment(
            key=made.key, changes={"due_date": later}, why="Late shift", by=alice, now=now
        )

        before, after, why = histories(made)[-1]
        assert before == {"due_date": made.due_date.isoformat()}
        assert after == {"due_date": later.isoformat()}
        assert why == "Late shift"

    def test_asks_why_the_day_moves_but_not_why_words_do(self, alice: User, now: datetime) -> None:
        made = promise(alice, now)
        say = {"key": made.key, "why": "", "by": alice, "now": now}
        change_commitment(changes={"what": "Rotas go up earlier"}, **say)

        with pytest.raises(NoWhyError):
            change_commitment(changes={"due_date": made.due_date + DAY}, **say)

    def test_moves_no_day_into_the_past(self, alice: User, now: datetime) -> None:
        made = promise(alice, now)

        with pytest.raises(DayPassedError):
            change_commitment(
                key=made.key, changes={"due_date": now.date() - DAY}, why="x", by=alice, now=now
            )

    def test_writes_nothing_where_nothing_changes(self, alice: User, now: datetime) -> None:
        made = promise(alice, now)
        change_commitment(key=made.key, changes={"what": made.what}, why="", by=alice, now=now)

        assert len(histories(made)) == 1

    def test_changes_no_state_behind_the_services(self, alice: User, now: datetime) -> None:
        made = promise(alice, now)
        change_commitment(key=made.key, changes={"state": "KEPT"}, why="x", by=alice, now=now)

        assert Commitment.objects.get().state == CommitmentState.PROMISED


class TestKeepCommitment:
    def test_notes_the_day(self, alice: User, now: datetime) -> None:
        made = promise(alice, now)
        keep_commitment(key=made.key, kept_date=now.date() + DAY, by=alice, now=now + 2 * DAY)

        made.refresh_from_db()
        assert (made.state, made.settled_date) == (CommitmentState.KEPT, now.date() + DAY)

    @pytest.mark.parametrize("days", [-1, 1])
    def test_takes_no_day_before_the_promise_or_after_today(
        self, alice: User, now: datetime, days: int
    ) -> None:
        made = promise(alice, now)

        with pytest.raises(KeptDayError):
            keep_commitment(key=made.key, kept_date=now.date() + days * DAY, by=alice, now=now)


class TestEnds:
    @pytest.mark.parametrize("end", [withdraw_commitment, refuse_commitment])
    def test_need_a_reason_and_come_once(self, alice: User, now: datetime, end: object) -> None:
        assert callable(end)
        made = promise(alice, now)
        with pytest.raises(NoWhyError):
            end(key=made.key, why=" ", by=alice, now=now)

        end(key=made.key, why="The shop closes", by=alice, now=now)

        made.refresh_from_db()
        assert made.because == "The shop closes"
        with pytest.raises(CommitmentSettledError):
            end(key=made.key, why="Again", by=alice, now=now)

    def test_can_be_undone_where_it_was_not_kept_after_all(
        self, alice: User, now: datetime
    ) -> None:
        made = promise(alice, now)
        keep_commitment(key=made.key, kept_date=now.date(), by=alice, now=now)
        reopen_commitment(key=made.key, why="Only in one team", by=alice, now=now)

        made.refresh_from_db()
        assert (made.state, made.settled_date) == (CommitmentState.PROMISED, None)
        assert [after.get("state") for _, after, _ in histories(made)] == [
            "PROMISED", "KEPT", "PROMISED",
        ]  # fmt: skip


class TestFindPromiser:
    def test_takes_the_account_of_that_name_if_there_is_one(self, alice: User, bob: User) -> None:
        assert find_promiser(name=" bob ", otherwise=alice) == bob
        assert find_promiser(name="Jonah", otherwise=alice) == alice

    def test_takes_neither_of_two(self, alice: User, bob: User, charlie: User) -> None:
        User.objects.filter(pk=charlie.pk).update(name="Bob")

        assert find_promiser(name="Bob", otherwise=alice) == alice
