"""Rosters are picked up by themselves."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from unittest import mock

import pytest
from celery import current_app
from pytest_django import Settings

from survey.organization.fetching import FetchError
from survey.organization.models import RosterFeed, RosterImport
from survey.organization.services import (
    WrongLocationError,
    feeds,
    pick_up_due_rosters,
    save_feed,
)
from tests.organization.arrivals import LINES, csv_of
from tests.organization.test_folders import put

SIX = datetime(2026, 12, 7, 6, 0, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A folder from which lists may be picked up."""
    settings.ROSTER_DIR = tmp_path
    (tmp_path / "hr").mkdir()
    return tmp_path / "hr"


@pytest.fixture
def feed(db: None, folder: Path) -> RosterFeed:
    """A feed that is looked at from six o'clock."""
    return save_feed(name="Nightly", location="hr", at=time(6), applies_by_itself=False)


class TestPickUpDueRosters:
    def test_takes_a_new_file_once(self, feed: RosterFeed, folder: Path) -> None:
        put(folder, "staff.csv", content=csv_of(*LINES), seconds_ago=5 * 3600)

        assert [pick_up_due_rosters(now=SIX + n * DAY) for n in range(3)] == [1, 0, 0]
        roster = RosterImport.objects.get()
        assert (roster.name, roster.source, roster.by) == ("staff.csv", "pick-up", "Nightly")
        assert not roster.is_confirmed_ahead

    def test_leaves_a_file_to_whoever_fetches_it_however_slowly(self, feed: RosterFeed) -> None:
        slow = timedelta(seconds=current_app.conf.task_time_limit)
        meanwhile = []

        def fetch(**_: object) -> tuple[str, bytes]:
            meanwhile.append(pick_up_due_rosters(now=SIX + slow))
            return "staff.csv", csv_of(*LINES)

        with mock.patch.object(feeds, "read_newest", side_effect=fetch):
            assert pick_up_due_rosters(now=SIX) == 1

        assert meanwhile == [0]
        assert RosterImport.objects.count() == 1

    def test_looks_once_a_day_from_its_time_on(self, feed: RosterFeed, folder: Path) -> None:
        put(folder, "staff.csv", content=csv_of(*LINES), seconds_ago=5 * 3600)
        with mock.patch.object(feeds, "read_newest", return_value=("a.csv", b"x")) as looks:
            for moment in (SIX - MINUTE, SIX, SIX + MINUTE, SIX + DAY - MINUTE, SIX + DAY):
                pick_up_due_rosters(now=moment)

        assert [call.kwargs["now"] for call in looks.call_args_list] == [SIX, SIX + DAY]

    def test_waits_for_the_time_of_the_day_where_the_organisation_lives(
        self, feed: RosterFeed, settings: Settings
    ) -> None:
        settings.TIME_ZONE = "America/New_York"

        assert not feeds.is_due(feed, SIX + 4 * 60 * MINUTE)
        assert feeds.is_due(feed, SIX + 5 * 60 * MINUTE)

    def test_notes_what_went_wrong_and_tries_again_in_an_hour(self, feed: RosterFeed) -> None:
        pick_up_due_rosters(now=SIX)
        feed.refresh_from_db()
        assert feed.problem == "there is no .csv or .xlsx file in the folder"

        assert not feeds.is_due(feed, SIX + 59 * MINUTE)
        assert feeds.is_due(feed, SIX + 60 * MINUTE)

    def test_forgets_the_problem_once_it_works(self, feed: RosterFeed, folder: Path) -> None:
        pick_up_due_rosters(now=SIX)
        put(folder, "staff.csv", content=csv_of(*LINES), seconds_ago=5 * 3600)
        pick_up_due_rosters(now=SIX + 60 * MINUTE)

        feed.refresh_from_db()
        assert feed.problem == ""

    def test_leaves_feeds_that_are_off(self, feed: RosterFeed) -> None:
        RosterFeed.objects.update(is_active=False)
        pick_up_due_rosters(now=SIX)

        feed.refresh_from_db()
        assert feed.looked_at is None

    def test_fetches_from_addresses(self, feed: RosterFeed) -> None:
        url = "https://hr.example.org/lists/staff.csv?token=abc"
        save_feed(name="Web", location=url, at=time(6), applies_by_itself=True, feed=feed)
        with mock.patch.object(feeds, "fetch_file", return_value=csv_of(*LINES)):
            pick_up_due_rosters(now=SIX)

        roster = RosterImport.objects.get()
        assert (roster.name, roster.is_confirmed_ahead) == ("staff.csv", True)

    def test_keeps_the_reason_of_a_host_that_refuses(self, feed: RosterFeed) -> None:
        url = "https://hr.example.org/staff.csv"
        save_feed(name="Web", location=url, at=time(6), applies_by_itself=True, feed=feed)
        with mock.patch.object(feeds, "fetch_file", side_effect=FetchError("status 404")):
            pick_up_due_rosters(now=SIX)

        feed.refresh_from_db()
        assert feed.problem == "status 404"


class TestSaveFeed:
    def test_begins_anew_at_another_place(self, feed: RosterFeed, folder: Path) -> None:
        put(folder, "staff.csv", content=csv_of(*LINES), seconds_ago=5 * 3600)
        pick_up_due_rosters(now=SIX)
        (folder.parent / "other").mkdir()
        feed.refresh_from_db()
        save_feed(name="N", location="other", at=time(6), applies_by_itself=False, feed=feed)

        assert (feed.last_digest, feed.looked_at) == ("", None)

    @pytest.mark.parametrize("location", ["..", "http://example.org/", "nowhere"])
    def test_refuses_places_out_of_reach(self, feed: RosterFeed, location: str) -> None:
        with pytest.raises(WrongLocationError):
            save_feed(name="N", location=location, at=time(6), applies_by_itself=False)
        assert RosterFeed.objects.count() == 1
