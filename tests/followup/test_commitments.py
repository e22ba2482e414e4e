"""Promises as they stand on a day."""

from datetime import date, datetime, timedelta

from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import User
from survey.followup.commitments import PromiseCounts, count_commitments, list_commitments
from survey.followup.promising import change_commitment, keep_commitment, withdraw_commitment
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.factories.promises import promise, refuse

DAY = timedelta(days=1)


def whats(**wanted: object) -> list[str]:
    return [one.what for one in list_commitments(**wanted)]  # type: ignore[arg-type]


class TestListCommitments:
    def test_tells_those_to_some_teams_and_everybody_or_all(
        self, alice: User, organisation: Organisation, now: datetime
    ) -> None:
        promise(alice, now, what="Bread", team=organisation.bakery)
        promise(alice, now, what="Soup", team=organisation.kitchen)
        promise(alice, now, what="Everybody")

        today = now.date()
        assert whats(team_ids=[organisation.bakery.pk], today=today) == ["Bread", "Everybody"]
        assert whats(team_ids=None, today=today) == ["Bread", "Soup", "Everybody"]
        assert whats(team_ids=[], today=today) == ["Everybody"]

    def test_tells_one_audience_and_what_is_for_public_pages(
        self, alice: User, now: datetime
    ) -> None:
        promise(alice, now, what="Queue", audience=Audience.CUSTOMER)
        promise(alice, now, what="Inside", is_shown_outside=False)

        today = now.date()
        assert whats(team_ids=None, today=today, audience=Audience.CUSTOMER) == ["Queue"]
        assert whats(team_ids=None, today=today, is_outside=True) == ["Queue"]

    def test_puts_the_next_day_first_and_then_the_newest_end(
        self, alice: User, now: datetime
    ) -> None:
        promise(alice, now, what="Soon", due_date=now.date() + DAY)
        promise(alice, now, what="Late", due_date=now.date())
        refuse(alice, now, what="No")
        kept = promise(alice, now, what="Kept")
        keep_commitment(key=kept.key, kept_date=now.date() + DAY, by=alice, now=now + DAY)

        found = list_commitments(team_ids=None, today=now.date() + DAY)

        assert [one.what for one in found] == ["Late", "Soon", "Kept", "No"]
        assert [one.days_late for one in found] == [1, 0, 0, 0]

    def test_asks_two_questions(
        self, alice: User, organisation: Organisation, now: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for number in range(5):
            promise(alice, now, what=f"{number}", team=organisation.bakery)

        with django_assert_num_queries(2):
            list_commitments(team_ids=None, today=now.date())


class TestCountCommitments:
    def test_counts_each_state_once(self, alice: User, now: datetime) -> None:
        today: date = now.date()
        kept, gone = promise(alice, now), promise(alice, now, what="Gone")
        keep_commitment(key=kept.key, kept_date=today, by=alice, now=now)
        withdraw_commitment(key=gone.key, why="Closed", by=alice, now=now)
        promise(alice, now, due_date=today)
        promise(alice, now, due_date=today + DAY)
        refuse(alice, now)

        assert count_commitments(today=today + DAY) == PromiseCounts(1, 1, 1, 1, 1)
        assert count_commitments(today=today).late == 0
        assert count_commitments(today=today, audience=Audience.CUSTOMER) == PromiseCounts(
            0, 0, 0, 0
        )

    def test_counts_what_the_list_tells(
        self, alice: User, organisation: Organisation, now: datetime
    ) -> None:
        promise(alice, now, team=organisation.bakery)
        promise(alice, now, what="Soup", team=organisation.kitchen)
        promise(alice, now, what="Everybody")

        assert count_commitments(today=now.date(), team_ids=[organisation.bakery.pk]).open == 2

    def test_goes_on_counting_what_was_late_before_its_day_was_moved(
        self, alice: User, now: datetime
    ) -> None:
        due, later = now.date() + DAY, now.date() + 9 * DAY
        made = promise(alice, now, due_date=due)
        moved = {"changes": {"due_date": later}, "why": "Ill", "by": alice, "key": made.key}

        change_commitment(**moved, now=now + 2 * DAY)

        counts = count_commitments(today=due + DAY)
        assert (counts.open, counts.late, counts.was_late) == (1, 0, 1)
        again = count_commitments(today=later + DAY)
        assert (again.open, again.late, again.was_late) == (0, 1, 0)
        keep_commitment(key=made.key, kept_date=later, by=alice, now=now + 9 * DAY)
        assert count_commitments(today=later).was_late == 1
