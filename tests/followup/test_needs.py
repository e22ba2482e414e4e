"""What waits for one account."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import User
from survey.accounts.selectors import get_scope
from survey.aggregation.models import Release
from survey.campaigns.models import Pairing
from survey.core.timestamps import local_date
from survey.followup.needs import Need, list_needs, sort_needs
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.dashboards.team.staging import everywhere, release, write
from tests.followup.waiting import make_answer, make_call, make_playback, make_promise

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EMPLOYEE, CUSTOMER = Audience.EMPLOYEE, Audience.CUSTOMER
pytest_plugins = ["tests.dashboards.team.company"]


@pytest.fixture
def today(now: datetime) -> date:
    return local_date(now)


def needs(user: User, now: datetime, **more: object) -> tuple[Need, ...]:
    teams = get_scope(user=user).past_team_ids
    return list_needs(user=user, team_ids=teams, now=now, **more)  # type: ignore[arg-type]


def titles(user: User, now: datetime, **more: object) -> list[str]:
    return [need.title for need in needs(user, now, **more)]


class TestCalls:
    def test_are_late_from_their_hour_on(self, bob: User, now: datetime) -> None:
        make_call(bob, now + HOUR)

        assert [(one.tone, one.title) for one in needs(bob, now)] == [
            ("wait", "Somebody waits for your call")
        ]
        assert [(one.tone, one.title) for one in needs(bob, now + HOUR)] == [
            ("bad", "A call is late")
        ]

    def test_name_the_team_and_never_who_asked(
        self, bob: User, organisation: Organisation, now: datetime
    ) -> None:
        make_call(bob, now + HOUR, organisation.bakery)
        (need,) = needs(bob, now)

        assert need.detail == "Bakery, by 2 March, 10:00."
        assert "Nia" not in str(need)
        assert "1234" not in str(need)


class TestPromises:
    @pytest.mark.parametrize(
        ("due_in", "title"),
        [
            (4, []),
            (3, ["A promise is due on 5 March"]),
            (0, ["A promise is due on 2 March"]),
            (-1, ["A promise is 1 day late"]),
            (-30, ["A promise is 30 days late"]),
        ],
    )
    def test_wait_from_three_days_before_their_day(
        self, bob: User, now: datetime, today: date, due_in: int, title: list[str]
    ) -> None:
        make_promise(bob, today + due_in * DAY)

        assert titles(bob, now) == title

    def test_of_others_wait_for_offices_once_they_are_late(
        self, alice: User, bob: User, now: datetime, today: date
    ) -> None:
        make_promise(bob, today - DAY)
        make_promise(bob, today)
        make_promise(bob, today - DAY, audience=CUSTOMER)

        assert titles(alice, now) == []
        assert titles(alice, now, watched={EMPLOYEE}) == ["A promise is 1 day late"]

    def test_that_are_settled_wait_for_nobody(self, bob: User, now: datetime, today: date) -> None:
        make_promise(bob, today - DAY, state="KEPT", settled_date=today)

        assert titles(bob, now) == []


class TestPlaybacks:
    @pytest.fixture
    def made(self, team_sides: Pairing) -> Release:
        release(team_sides.ex, everywhere("fair", 70.0))
        return Release.objects.get()

    def test_wait_for_their_owner_and_are_overdue_after_their_day(
        self, made: Release, bob: User, now: datetime, today: date
    ) -> None:
        make_playback(made, bob, today)

        (need,) = needs(bob, now)
        assert (need.tone, need.title) == ("wait", "Staff wait to hear what came of it")
        assert need.detail == "Inside, wave 1. Due by 2 March. Bob signs."
        (late,) = needs(bob, now + DAY)
        assert (late.tone, late.detail) == (
            "warn",
            "Inside, wave 1. It was due on 2 March. Bob signs.",
        )

    def test_wait_for_the_office_of_their_audience(
        self, made: Release, alice: User, now: datetime, today: date
    ) -> None:
        make_playback(made, None, today)

        assert titles(alice, now) == titles(alice, now, watched={CUSTOMER}) == []
        assert len(titles(alice, now, watched={EMPLOYEE})) == 1


class TestAnswers:
    def test_wait_for_those_who_may_read_the_words(
        self, team_sides: Pairing, bob: User, charlie: User, now: datetime, today: date
    ) -> None:
        groups = release(team_sides.ex, everywhere("fair", 70.0))
        make_answer(write(groups["bakery"], "The door squeaks."), today)

        assert titles(bob, now) == ["1 writer wrote back and waits for a reply"]
        assert titles(bob, now - DAY) == []
        assert titles(charlie, now) == []


class TestListNeeds:
    def test_tells_what_is_late_first_and_nothing_to_anybody_else(
        self, bob: User, charlie: User, now: datetime, today: date
    ) -> None:
        make_promise(bob, today)
        make_promise(bob, today - DAY)
        make_call(bob, now - HOUR)
        make_call(bob, now + HOUR)

        assert [one.tone for one in needs(bob, now)] == ["warn", "bad", "wait", "wait"]
        assert needs(charlie, now) == ()

    def test_tells_the_longest_late_first_and_then_what_is_due_next_whatever_it_is(
        self, team_sides: Pairing, bob: User, now: datetime, today: date
    ) -> None:
        groups = release(team_sides.ex, everywhere("fair", 70.0))
        make_answer(write(groups["bakery"], "The door squeaks."), today)
        make_playback(Release.objects.latest("pk"), bob, today - 9 * DAY)
        make_call(bob, now - 5 * DAY)
        make_promise(bob, today - DAY)
        make_call(bob, now - HOUR)
        make_promise(bob, today + DAY)
        make_call(bob, now + HOUR)

        assert titles(bob, now) == [
            "Staff wait to hear what came of it",
            "A call is late",
            "A promise is 1 day late",
            "A call is late",
            "Somebody waits for your call",
            "A promise is due on 3 March",
            "1 writer wrote back and waits for a reply",
        ]

    def test_puts_what_is_wrong_before_what_is_late(self, bob: User, now: datetime) -> None:
        make_call(bob, now - DAY)
        wrong = Need("bad", "Keys are missing", "", "/", "Mend it")

        assert sort_needs([*needs(bob, now), wrong])[0] == wrong

    def test_leads_to_pages_there_are(
        self, team_sides: Pairing, bob: User, now: datetime, today: date
    ) -> None:
        groups = release(team_sides.ex, everywhere("fair", 70.0))
        make_answer(write(groups["bakery"], "The door squeaks."), today)
        make_playback(Release.objects.get(), bob, today)
        make_promise(bob, today)
        make_call(bob, now)

        found = {resolve(urlsplit(one.address).path).url_name for one in needs(bob, now)}
        assert found == {"words", "playback", "promise", "call"}

    def test_asks_as_much_however_much_there_is(
        self,
        bob: User,
        now: datetime,
        today: date,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(5):
            make_promise(bob, today)
            make_call(bob, now)

        with django_assert_num_queries(5):
            assert len(list_needs(user=bob, team_ids=(), now=now)) == 10
