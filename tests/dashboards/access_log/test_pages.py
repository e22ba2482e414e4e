"""What the page of the access log chooses from all lines."""

from datetime import datetime, timedelta

import pytest

from survey.accounts.access_log import record_access, record_command
from survey.accounts.models import Action, User
from survey.dashboards.access_log import pages
from survey.dashboards.access_log.pages import LogPage, build_log_page
from survey.dashboards.filters import UnknownChoiceError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lines(now: datetime, alice: User, bob: User) -> None:
    for user, action, age in ((alice, "SEEN", 1), (alice, "EXPORTED", 40), (bob, "CHANGED", 100)):
        at = now - timedelta(days=age)
        record_access(user=user, action=action, route=f"{age}", what="", status=200, now=at)
    record_command(name="linkage", account="root", options=[], status=0, now=now)


def shown(page: LogPage) -> list[str]:
    return [row.entry.route for row in page.rows]


class TestBuildLogPage:
    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            ({}, ["linkage", "1"]),
            ({"period": "90"}, ["linkage", "1", "40"]),
            ({"period": "all"}, ["linkage", "1", "40", "100"]),
            ({"period": "all", "action": "EXPORTED"}, ["linkage", "40"]),
            ({"person": "command-line"}, ["linkage"]),
        ],
    )
    def test_chooses(self, wanted: dict[str, str], found: list[str], now: datetime) -> None:
        assert shown(build_log_page(wanted=wanted, now=now + timedelta(minutes=1))) == found

    def test_chooses_a_person(self, now: datetime, bob: User) -> None:
        wanted = {"person": str(bob.pk), "period": "all"}

        assert shown(build_log_page(wanted=wanted, now=now)) == ["100"]

    def test_chooses_what_was_refused_or_failed(self, now: datetime, bob: User) -> None:
        for route, status in (("dashboards:team", 403), ("login", 302)):
            record_access(user=bob, action="SEEN", route=route, what="", status=status, now=now)
        record_command(name="verify", account="root", options=[], status=1, now=now)

        page = build_log_page(wanted={"answer": "refused"}, now=now + timedelta(minutes=1))

        assert shown(page) == ["verify", "dashboards:team"]
        assert "answer=refused" in page.csv_address

    def test_turns_the_pages(self, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pages, "ROWS_OF_A_PAGE", 3)
        wanted = {"period": "all", "page": "2"}

        page = build_log_page(wanted=wanted, now=now)

        assert shown(page) == ["100"]
        assert (page.n_pages, page.next_address) == (2, "")
        assert page.previous_address == "?person=all&action=all&period=all&answer=all&page=1"

    @pytest.mark.parametrize("number", ["0", "2", "01", "x", "-1"])
    def test_has_no_such_page(self, now: datetime, number: str) -> None:
        with pytest.raises(UnknownChoiceError):
            build_log_page(wanted={"page": number}, now=now)

    def test_says_when_nothing_was_chosen(self, now: datetime) -> None:
        page = build_log_page(
            wanted={"action": Action.CHANGED, "period": "7", "person": "all"},
            now=now - timedelta(days=300),
        )

        assert not page.is_empty
