"""Feeds are set up, changed and switched off."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from survey.organization.models import RosterFeed

FEED = {"name": "Nightly", "location": "hr", "at": "06:00"}


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A folder from which lists may be picked up."""
    settings.ROSTER_DIR = tmp_path
    (tmp_path / "hr").mkdir()
    return tmp_path / "hr"


@pytest.mark.usefixtures("folder")
@pytest.mark.django_db
class TestFeeds:
    def test_are_set_up_and_shown(self, hr: Client) -> None:
        page = hr.post("/console/people/feeds/new/", FEED, follow=True).text

        assert "Nightly is looked at every day from 06:00." in page
        assert not RosterFeed.objects.get().applies_by_itself

    @pytest.mark.parametrize(
        ("location", "problem"),
        [
            ("../etc", "only folders below ROSTER_DIR"),
            ("/etc", "only folders below ROSTER_DIR"),
            ("nowhere", "there is no such folder"),
            ("http://example.org/a.csv", "begin with https://"),
            ("file:///etc/passwd", "begin with https://"),
            ("https://user:secret@example.org/a.csv", "no name and no password"),
            ("https://example.org:22/", "only the usual port"),
        ],
    )
    def test_look_nowhere_else(self, hr: Client, location: str, problem: str) -> None:
        response = hr.post("/console/people/feeds/new/", FEED | {"location": location})

        assert response.status_code == 422
        assert problem in response.text
        assert not RosterFeed.objects.exists()

    def test_are_changed_and_switched(self, hr: Client) -> None:
        hr.post("/console/people/feeds/new/", FEED)
        feed = RosterFeed.objects.get()
        hr.post(f"/console/people/feeds/{feed.pk}/", FEED | {"applies_by_itself": "on"})
        hr.post(f"/console/people/feeds/{feed.pk}/switch/")

        feed.refresh_from_db()
        assert (feed.applies_by_itself, feed.is_active) == (True, False)
        assert "Not looked at" in hr.get("/console/people/").text

    def test_tell_what_went_wrong_the_last_time(self, hr: Client) -> None:
        hr.post("/console/people/feeds/new/", FEED)
        RosterFeed.objects.update(problem="the host is not known")

        assert "the host is not known" in hr.get("/console/people/").text
        feed = RosterFeed.objects.get()
        assert "the host is not known" in hr.get(f"/console/people/feeds/{feed.pk}/").text
