"""The main job, end to end: from a pulse and a contact to the verdict on the leader's page."""

import json
from typing import LiteralString

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import PASSWORD
from tests.journeys import company, pages
from tests.journeys.product import Product

pytestmark = pytest.mark.journey

EMPLOYEE_ITEMS = 8
ONLY_SENT = 405  # an address that takes a form and shows no page
SERVER_ERROR = 500
OPENED: LiteralString = "SELECT id FROM campaigns_wave WHERE opened_at IS NOT NULL"
WAITING: LiteralString = """
    SELECT n_waiting, (SELECT count(*) FROM responses_intake WHERE wave_id = campaigns_wave.id)
    FROM campaigns_wave JOIN campaigns_campaign ON campaigns_campaign.id = campaign_id
    WHERE audience = 'CUSTOMER'
"""


@pytest.fixture(scope="module")
def till(browser: Browser, product: Product) -> str:
    """A till's key to a product with people in it; skipped where there is no browser."""
    return company.set_up(product)


@pytest.fixture(scope="module")
def company_product(till: str, product: Product) -> Product:
    return product


@pytest.fixture(scope="module")
def alice(company_product: Product, browser: Browser) -> Page:
    return log_in(company_product, browser, "alice", is_lent=False)


def look_through(product: Product, page: Page) -> list[str]:
    """Return what axe finds wrong; both engines serve the same pages, so it looks at one."""
    return [] if product.is_embedded else pages.violations(page)


def log_in(product: Product, browser: Browser, name: str, **how: bool) -> Page:
    page = pages.open_page(browser, **{"is_phone": False} | how)
    page.goto(product.url + "/login/")
    page.get_by_label("Your work email").fill(f"{name}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    pages.follow(page.get_by_role("button", name="Log in"))
    return page


def launch(product: Product, page: Page) -> str:
    """Go from a prefilled draft to an open wave; return the wave's address."""
    page.wait_for_url("**/check/")
    assert look_through(product, page) == []
    send_at_once(product, page)
    wave_url = page.url.removesuffix("check/")
    pages.follow(page.get_by_role("button", name="Send now"))
    wave = (int(id_in(wave_url)),)
    product.wait_until(lambda: wave in product.ask(OPENED))
    page.goto(wave_url)
    expect(page.locator("h1 .chip", has_text="open")).to_be_visible()
    return wave_url


def id_in(url: str) -> str:
    return url.rstrip("/").rsplit("/", 1)[1]


def send_at_once(product: Product, page: Page) -> None:
    """Let the letters go now, whatever the hour: a journey cannot wait for the morning."""
    page.get_by_label("Steps").get_by_role("link", name="Timing").click()
    page.wait_for_url("**/timing/")
    page.get_by_label("At once").check()
    for end in ("No letters from", "No letters until"):
        page.get_by_label(end).fill("")
    assert look_through(product, page) == []
    page.get_by_role("button", name="Save and check").click()
    page.wait_for_url("**/check/")


def answers_of(team: str, number: int, items: list[str]) -> dict[str, int]:
    """Answer so that the higher harbour teams are the happier ones, on both sides."""
    level = 2 + company.TEAMS.index(team) % 4
    return {
        item: max(1, min(5, level + (number + place) % 3 - 1)) for place, item in enumerate(items)
    }


def items_on(page: Page) -> list[str]:
    """Return the items that the page asks with options, in their order."""
    names = page.locator("fieldset[data-question] input[type=radio]").evaluate_all(
        "inputs => [...new Set(inputs.map(input => input.name))]"
    )
    return [str(name) for name in names]


def answer_part(page: Page, team: str) -> list[str]:
    """Answer the questions about treatment that stand on a page; return their codes."""
    items = [item for item in items_on(page) if item.startswith("treated_")]
    for item, value in answers_of(team, 0, items).items():
        page.locator(f"input[name={item}][value='{value}']").check()
    return items


class TestWayIn:
    def test_shows_the_log_in_page_on_a_phone(self, product: Product, browser: Browser) -> None:
        page = pages.open_page(browser)

        page.goto(product.url + "/login/")

        assert page.get_by_label("Your work email").is_visible()
        assert not pages.overflows(page)
        assert look_through(product, page) == []

    def test_sends_strangers_to_the_door(self, product: Product, browser: Browser) -> None:
        page = pages.open_page(browser, is_phone=False)

        page.goto(product.url + "/dashboards/linkage/")

        assert "/login/" in page.url


class TestMainJob:
    """One story, told in order; every step needs the one before."""

    pulse_url: str
    customers_url: str
    employee_items: list[str]

    def test_hr_launches_a_pulse(self, company_product: Product, alice: Page) -> None:
        alice.goto(company_product.url + "/console/waves/")
        alice.get_by_role("link", name="New pulse").first.click()
        assert look_through(company_product, alice) == []
        alice.get_by_role("button", name="Start from this").first.click()

        type(self).pulse_url = launch(company_product, alice)

    def test_an_employee_answers_on_a_phone(
        self, company_product: Product, browser: Browser
    ) -> None:
        [letter] = company_product.wait_for_letters(company.address("harbour-1", 0), seconds=60)
        page = pages.open_page(browser)
        page.goto(company.link_in(letter))
        assert not pages.overflows(page)
        assert look_through(company_product, page) == []

        items = items_on(page)
        assert len(items) == EMPLOYEE_ITEMS
        for item, value in answers_of("harbour-1", 0, items).items():
            page.locator(f"input[name={item}][value='{value}']").check()
        page.get_by_role("button", name="Send to Alice").click()

        expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
        assert look_through(company_product, page) == []
        assert page.context.cookies() == []
        type(self).employee_items = items

    def test_the_letter_is_signed_and_can_be_answered(self, company_product: Product) -> None:
        [letter] = company_product.wait_for_letters(company.address("harbour-1", 1))

        assert letter["Reply-To"] == "Alice <alice@example.org>"
        assert "Alice" in letter["From"]
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert letter.get_body(("html",)) is not None

    def test_everybody_else_answers_too(self, company_product: Product) -> None:
        company.answer_all(
            (
                company_product.wait_for_letters(company.address(team, number), seconds=60)[0],
                answers_of(team, number, self.employee_items),
            )
            for team in company.TEAMS
            for number in range(company.PEOPLE_PER_TEAM)
            if (team, number) != ("harbour-1", 0)
        )

    def test_hr_asks_customers(self, company_product: Product, alice: Page) -> None:
        alice.goto(company_product.url + "/console/customers/new/")
        alice.get_by_role("button", name="Start from this").first.click()
        expect(alice.locator("main")).to_contain_text("Compared with “Pulse, The Company”")

        type(self).customers_url = launch(company_product, alice)

    def test_contacts_become_letters_and_answers(
        self, company_product: Product, till: str, browser: Browser
    ) -> None:
        assert set(company.post_interactions(company_product, token=till)) == {202}
        [letter] = company_product.wait_for_letters(
            company.customer_address("harbour-1", 0), seconds=60
        )
        page = pages.open_page(browser)
        page.goto(company.link_in(letter))
        assert look_through(company_product, page) == []
        first = answer_part(page, "harbour-1")
        pages.follow(page.get_by_role("button", name="Continue"))
        assert look_through(company_product, page) == []
        items = first + answer_part(page, "harbour-1")
        page.get_by_role("button", name="Send to Alice").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")

        company.answer_all(
            (
                company_product.wait_for_letters(
                    company.customer_address(team, number), seconds=60
                )[0],
                answers_of(team, number, items),
            )
            for team in company.TEAMS
            for number in range(company.CUSTOMERS_PER_TEAM)
            if (team, number) != ("harbour-1", 0)
        )

    def test_hr_closes_both_waves(self, company_product: Product, alice: Page) -> None:
        """Once the sets that are full have been sealed: what is left over takes one of them up."""

        def only_rests_wait() -> bool:
            [(told, found)] = company_product.ask(WAITING)
            return bool(told == found)

        company_product.wait_until(only_rests_wait, seconds=60)
        for url in (self.pulse_url, self.customers_url):
            alice.goto(url)
            assert look_through(company_product, alice) == []
            pages.follow(alice.get_by_role("link", name="Close now"))
            pages.follow(alice.get_by_role("button", name="Close and seal"))

        def linked() -> bool:
            if not company_product.ask("SELECT id FROM linkage_result"):
                return False
            [(code,)] = company_product.ask("SELECT code FROM campaigns_pairing")
            told = company_product.manage("linkage", "--pairing", code, "--format", "json")
            return bool(json.loads(told)["pairs"])

        company_product.wait_until(linked, seconds=60)

    def test_the_leader_reads_the_verdict(self, company_product: Product, browser: Browser) -> None:
        bob = log_in(company_product, browser, "bob")
        bob.goto(company_product.url + "/dashboards/linkage/")

        expect(bob.locator("#headline")).to_contain_text("teams")
        assert bob.locator("dt", has_text="Correlation (r)").count() == 1
        assert "Harbour 1" in bob.content()
        bob.wait_for_selector(".main-svg")
        assert look_through(company_product, bob) == []
        assert not pages.overflows(bob)

    def test_another_leader_does_not_see_it(
        self, company_product: Product, browser: Browser
    ) -> None:
        charlie = log_in(company_product, browser, "charlie", is_phone=True)
        charlie.goto(company_product.url + "/dashboards/linkage/?scope=harbour")

        assert "Harbour 1" not in charlie.content()
        assert charlie.locator("dt", has_text="Correlation (r)").count() == 0
        charlie.goto(company_product.url + "/dashboards/linkage/")
        assert "Harbour" not in charlie.content()

    def test_every_page_can_be_used_by_everybody(
        self, company_product: Product, alice: Page
    ) -> None:
        [letter] = company_product.mailbox.letters_to(company.address("harbour-1", 0))
        [(code,)] = company_product.ask("SELECT code FROM campaigns_campaign ORDER BY id LIMIT 1")
        samples = {
            "token": id_in(company.link_in(letter)),
            "wave_id": id_in(self.pulse_url),
            "code": code,
            "team_code": "harbour-1",
            "person_id": "1",
            "audience": "EMPLOYEE",
            "key": "00000000-0000-0000-0000-000000000001",
            "comment_id": "00000000-0000-0000-0000-000000000001",
            "playback_id": "1",
            "service_id": "1",
        }

        alice.set_viewport_size(pages.PHONE)
        found, seen = {}, set()
        for route in pages.routes(samples):
            answer = alice.request.get(company_product.url + route)
            assert answer.status < SERVER_ERROR, route
            if answer.status == ONLY_SENT or company_product.is_embedded:
                continue
            page = pages.without_its_own(answer)
            if page in seen:  # a page that another address leads to, or another that is not there
                continue
            seen.add(page)
            alice.goto(company_product.url + route)
            problems = look_through(company_product, alice)
            if pages.overflows(alice):
                problems.append("must be scrolled sideways")
            if problems:
                found[route] = problems
        assert found == {}

    def test_nothing_is_broken_and_nothing_told(self, company_product: Product) -> None:
        company_product.manage("verify")

        assert not list(company_product.keys_folder.glob("*.box"))
        logs = "".join(
            file.read_text(errors="replace") for file in (company_product.folder / "logs").iterdir()
        )
        letters = [letter for receiver, letter in company_product.mailbox.letters]
        tokens = {id_in(company.link_in(letter)) for letter in letters}
        assert [token for token in tokens if token in logs] == []
