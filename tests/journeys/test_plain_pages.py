"""The pages nobody hopes to see shut nobody out either: errors, refusals, and an empty welcome."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import Role, User
from survey.dashboards.linkage import views
from survey.questionnaires.services import load_item_bank
from tests.answering.asking import Asked
from tests.cast import Organisation, make_user
from tests.console.waves import make_draft
from tests.journeys import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LINKAGE = "/dashboards/linkage/"
SPOIL = """() => {
    const form = document.querySelector("main form[method=post]");
    for (const field of form.querySelectorAll("input:is([type=text],[type=date]), textarea")) {
        field.value = "";
    }
    for (const choice of form.querySelectorAll("input[type=radio]")) choice.value = "none-such";
    form.querySelector("input[type=radio]")?.click();
    form.submit();
}"""


@pytest.fixture
def admin(db: None) -> User:
    """Somebody whose role opens no page."""
    return make_user("ada", Role.ADMIN)


def check(page: Page, *, says: str) -> None:
    assert says in page.content()
    assert not pages.overflows(page)
    assert pages.violations(page) == []


@pytest.fixture
def phone(browser: Browser) -> Page:
    return pages.open_page(browser)


def send_spoilt(page: Page) -> int:
    """Send the form of a page with answers that cannot be taken; return the status."""
    with page.expect_navigation() as sent:
        page.evaluate(SPOIL)
    return sent.value.status


class TestPlainPages:
    def test_shows_a_respondent_what_is_missing(
        self, asked: Asked, phone: Page, live_server: LiveServer
    ) -> None:
        phone.goto(live_server.url + asked.url)

        assert send_spoilt(phone) == 422
        check(phone, says="Question 1:")

    @pytest.mark.parametrize("step", ["message", "timing"])
    def test_shows_hr_what_is_missing(
        self,
        alice: User,
        organisation: Organisation,
        phone: Page,
        live_server: LiveServer,
        step: str,
    ) -> None:
        load_item_bank()
        draft = make_draft(organisation, timezone.now())
        pages.log_in(phone, alice, live_server)
        phone.goto(f"{live_server.url}/console/waves/{draft.pk}/{step}/")

        assert send_spoilt(phone) == 422
        check(phone, says="<title>Error")

    def test_welcomes_a_role_without_a_page(
        self, admin: User, phone: Page, live_server: LiveServer
    ) -> None:
        pages.log_in(phone, admin, live_server)
        phone.goto(live_server.url)

        check(phone, says="You look after accounts and the machine")

    def test_refuses_a_role(self, admin: User, phone: Page, live_server: LiveServer) -> None:
        pages.log_in(phone, admin, live_server)
        answer = phone.goto(live_server.url + LINKAGE)

        assert answer is not None
        assert answer.status == 403
        check(phone, says="not for your role")

    def test_misses_a_page(self, phone: Page, live_server: LiveServer, db: None) -> None:
        answer = phone.goto(live_server.url + "/nothing/here/")

        assert answer is not None
        assert answer.status == 404
        check(phone, says="<h1")

    def test_breaks_on_our_side(
        self, alice: User, phone: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(**given: object) -> None:
            raise RuntimeError("as the test wants it")

        monkeypatch.setattr(views, "build_linkage_page", fail)
        pages.log_in(phone, alice, live_server)
        answer = phone.goto(live_server.url + LINKAGE)

        assert answer is not None
        assert answer.status == 500
        check(phone, says="Something broke on our side")
