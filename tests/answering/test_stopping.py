from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from survey.answering.stopping import build_stop_page
from survey.campaigns.ledger import human_of
from survey.campaigns.links import stop_token
from survey.campaigns.models import Asking, Invitation, Snooze
from survey.campaigns.standing import Standing
from survey.letters.models import StopEntry
from survey.organization.models import Customer
from tests.answering.asking import Asked

MARCH = date(2026, 3, 3)
JANUARY = date(2026, 1, 5)


@pytest.fixture
def url(asked: Asked) -> str:
    return f"/stop/{stop_token(token=asked.token)}/"


def tell(**standing: object) -> str:
    """Return all that the page says to somebody who stands so."""
    page = build_stop_page(standing=Standing(has_address=True, **standing))  # type: ignore[arg-type]
    return " ".join((page.title, *page.sentences))


class TestBuildStopPage:
    @pytest.mark.parametrize(
        ("days", "says"),
        [
            ((), "not asked you anything in the last twelve months"),
            ((JANUARY,), "asked you once in the last twelve months: on 5 January 2026."),
            ((JANUARY, MARCH), "asked you twice in the last twelve months: on 5 January 2026 and"),
            ((JANUARY,) * 8, "asked you 8 times in the last twelve months: most recently on"),
        ],
    )
    def test_says_how_often_somebody_was_asked(self, days: tuple[date, ...], says: str) -> None:
        assert says in tell(asked_dates=days)

    def test_says_before_which_day_nothing_comes(self) -> None:
        assert "not ask you again before 3 March 2026" in tell(free_date=MARCH)
        assert "planned for 3 March 2026" in tell(free_date=JANUARY, planned_date=MARCH)
        assert "may ask you again" in tell()

    def test_says_until_when_somebody_rests_or_that_they_stopped(self) -> None:
        assert "rest until 3 March 2026" in tell(snoozed_until=MARCH, free_date=MARCH)
        assert "We won’t ask you again" in tell(is_stopped=True)

    def test_offers_nothing_to_who_has_no_address_or_has_stopped(self) -> None:
        for standing in (
            Standing(has_address=False),
            Standing(has_address=True, is_stopped=True),
        ):
            page = build_stop_page(standing=standing)
            assert (page.can_rest, page.can_stop) == (False, False)

    def test_offers_one_three_or_six_months(self) -> None:
        page = build_stop_page(standing=Standing(has_address=True))

        assert page.months == ((1, "1 month"), (3, "3 months"), (6, "6 months"))


class TestStop:
    def test_shows_the_ledger_and_writes_nothing(self, url: str, browser: Client) -> None:
        human = human_of(Customer.objects.get())
        today = timezone.now().date()
        for days in (1, 50):
            Asking.objects.create(
                customer_id=human.customer_id,
                address_digest=human.digest,
                audience="CUSTOMER",
                asked_date=today - timedelta(days=days),
            )

        with CaptureQueriesContext(connection) as queries:
            page = browser.get(url).content.decode()

        assert "We asked you twice in the last twelve months" in page
        assert "We will not ask you again before" in page
        assert "What we keep about this" in page
        assert all(query["sql"].startswith("SELECT") for query in queries)
        assert browser.head(url).status_code == 200

    @pytest.mark.parametrize("months", [1, 3, 6])
    def test_lets_somebody_rest(self, url: str, browser: Client, months: int) -> None:
        response = browser.post(url, {"months": str(months), "rest": "1"})

        assert response.status_code == 200
        assert "We let you rest until" in response.content.decode()
        assert 27 * months < (Snooze.objects.get().until_date - timezone.now().date()).days
        assert not StopEntry.objects.exists()

    @pytest.mark.parametrize("sent", [{"rest": "1"}, {"months": "7"}, {"months": "1x"}])
    def test_asks_again_for_how_long(self, url: str, browser: Client, sent: dict[str, str]) -> None:
        response = browser.post(url, sent)

        page = response.content.decode()
        assert response.status_code == 422
        assert "<title>Error:" in page
        assert "Choose how long" in page
        assert not Snooze.objects.exists()
        assert not StopEntry.objects.exists()

    @pytest.mark.parametrize(
        "sent", [{"stop": "1"}, {"List-Unsubscribe": "One-Click"}, {"anything": "else"}, {}]
    )
    def test_stops_on_the_button_and_on_a_mail_programs_one_click(
        self, url: str, browser: Client, sent: dict[str, str]
    ) -> None:
        page = browser.post(url, sent).content.decode()

        assert "We won’t ask you again" in page
        assert StopEntry.objects.count() == 1

    def test_lets_nobody_else_be_seen(self, url: str, browser: Client) -> None:
        page = browser.get(url).content.decode()

        assert "sam@example.com" not in page
        assert "Sam" not in page

    def test_says_that_an_erased_address_is_gone(self, url: str, browser: Client) -> None:
        Invitation.objects.update(customer=None)

        page = browser.get(url).content.decode()

        assert "no address of yours" in page
        assert "<form" not in page
