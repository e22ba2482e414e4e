"""What came of last time, on the page of thanks."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.answering.last_time import find_last_time
from survey.campaigns.models import GroupKind, Wave
from survey.campaigns.selectors import Link, get_link
from survey.followup.models import Commitment
from survey.followup.promising import change_commitment, keep_commitment
from tests.cast import make_user
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of
from tests.factories.promises import promise, refuse

TREE = {"company": None, "food": "company", "bakery": "food", "garden": "company"}
TODAY, DAY = NOW.date(), timedelta(days=1)


@pytest.fixture
def wave(db: None) -> Wave:
    """An open wave of staff in two teams."""
    return make_open_wave(make_campaign(make_teams(TREE, {"bakery": 9, "garden": 9})["company"]))


@pytest.fixture
def link(wave: Wave) -> Link:
    """A link of somebody in Bakery."""
    return get_link(token=tokens_of(wave, wave.groups.get(code="bakery"))[0], now=NOW)


@pytest.fixture
def ann(db: None) -> User:
    return make_user("ann", Role.HR)


def told(link: Link, today: date = TODAY) -> tuple[str, str] | None:
    found = find_last_time(link=link, today=today)
    return (found.what, found.standing) if found else None


class TestFindLastTime:
    def test_tells_the_newest_to_the_team_or_above_it(
        self, link: Link, ann: User, wave: Wave
    ) -> None:
        teams = {one.group.code: one.team for one in _group_teams(wave)}
        promise(ann, NOW, what="To everybody")
        promise(ann, NOW + DAY, what="To Food", team=teams["food"])
        promise(ann, NOW + 2 * DAY, what="To Garden", team=teams["garden"])

        assert told(link) is not None
        assert told(link)[0] == "To Food"  # type: ignore[index]

    def test_tells_a_pool_nothing_that_one_of_its_teams_was_promised(
        self, ann: User, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        teams = make_teams(
            {"company": None, "food": "company", "bakery": "food", "deli": "food"},
            {"food": 9, "bakery": 3, "deli": 3},
        )
        wave = make_open_wave(make_campaign(teams["company"]))
        pool = wave.groups.get(kind=GroupKind.POOL)
        link = get_link(token=tokens_of(wave, pool)[0], now=NOW)
        promise(ann, NOW, what="To Bakery", team=teams["bakery"])
        assert told(link) is None

        promise(ann, NOW - DAY, what="To Food", team=teams["food"])

        with django_assert_num_queries(2):
            found = told(link)
        assert found is not None
        assert found[0] == "To Food"

    def test_says_how_it_stands(self, link: Link, ann: User) -> None:
        made = promise(ann, NOW, due_date=TODAY + DAY)
        due = TODAY + DAY
        assert told(link) == (made.what, f"By {_say(due)}")
        assert told(link, due + DAY) == (made.what, f"Late since {_say(due)}")

        keep_commitment(key=made.key, kept_date=TODAY, by=ann, now=NOW)

        assert told(link) == (made.what, f"Done on {_say(TODAY)}")

    def test_says_that_it_was_kept_late(self, link: Link, ann: User) -> None:
        made, late = promise(ann, NOW, due_date=TODAY + DAY), TODAY + 4 * DAY
        keep_commitment(key=made.key, kept_date=late, by=ann, now=NOW + 4 * DAY)

        assert told(link, late) == (made.what, f"Done late, on {_say(late)}")

    def test_says_that_it_was_late_and_got_another_day(self, link: Link, ann: User) -> None:
        made, due, later = promise(ann, NOW, due_date=TODAY + DAY), TODAY + DAY, TODAY + 9 * DAY
        new = {"changes": {"due_date": later}, "why": "Ill"}
        change_commitment(key=made.key, by=ann, now=NOW + 3 * DAY, **new)  # type: ignore[arg-type]

        found = find_last_time(link=link, today=TODAY + 3 * DAY)
        page = render_to_string("answering/last_time.html", {"last_time": found})

        moved = f"promised by {_say(due)}, moved on {_say(TODAY + 3 * DAY)} to {_say(later)}."
        assert f"It was late: {moved}" in page

    def test_tells_no_refusal_nothing_from_inside_and_nothing_of_customers(
        self, link: Link, ann: User
    ) -> None:
        refuse(ann, NOW)
        promise(ann, NOW, is_shown_outside=False)
        promise(ann, NOW, audience="CUSTOMER")

        assert told(link) is None

    def test_asks_for_the_promise_and_its_history(
        self, link: Link, ann: User, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        promise(ann, NOW)

        with django_assert_num_queries(2):
            assert told(link)
        Commitment.objects.all().delete()
        with django_assert_num_queries(1):
            assert not told(link)


def _say(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _group_teams(wave: Wave) -> list:  # type: ignore[type-arg]
    return [one for group in wave.groups.all() for one in group.group_teams.select_related("group")]
