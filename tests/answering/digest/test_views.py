"""The page that stops the monthly page, without logging in."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from survey.accounts.models import User
from survey.followup.digests import stop_token, wants_digests


@pytest.fixture
def url(bob: User) -> str:
    return f"/digest/stop/{stop_token(user=bob)}/"


class TestStopDigest:
    def test_changes_nothing_when_it_is_read(self, url: str, bob: User) -> None:
        with CaptureQueriesContext(connection) as queries:
            page = Client(enforce_csrf_checks=True).get(url)

        assert "Shall we stop the monthly page?" in page.text
        assert not [one["sql"] for one in queries if not one["sql"].startswith("SELECT")]
        assert wants_digests(user=bob)
        assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert not page.cookies

    @pytest.mark.parametrize("posted", [{"stop": "1"}, {"List-Unsubscribe": "One-Click"}])
    def test_stops_on_the_button_and_on_a_mail_programs_one_click(
        self, url: str, bob: User, posted: dict[str, str]
    ) -> None:
        page = Client(enforce_csrf_checks=True).post(url, posted)

        assert "The monthly page is stopped" in page.text
        assert not wants_digests(user=bob)

    def test_lets_it_come_again(self, url: str, bob: User) -> None:
        browser = Client()
        browser.post(url)
        browser.post(url, {"again": "1"})

        assert wants_digests(user=bob)

    def test_stops_nobody_elses(self, url: str, bob: User, charlie: User) -> None:
        Client().post(url)

        assert wants_digests(user=charlie)

    def test_knows_no_link_that_was_made_up(self, bob: User) -> None:
        page = Client().post(f"/digest/stop/{bob.pk}.made-up/")

        assert page.status_code == 404
        assert "We don’t know this link" in page.text
        assert wants_digests(user=bob)
