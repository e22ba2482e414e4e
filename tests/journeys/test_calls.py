"""A customer asks for a call; the owner gets a letter and solves it; the customer says yes once."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.answering.asking import TOKEN
from tests.cast import PASSWORD
from tests.journeys import looking, pages
from tests.journeys.conftest import running_product
from tests.journeys.mailbox import text_of
from tests.journeys.product import Product

pytestmark = pytest.mark.journey
SETTING = """
from survey.accounts.models import Role
from survey.campaigns.models import GroupTeam
from tests.answering.asking import make_asked
from tests.cast import make_user
asked = make_asked(audience="CUSTOMER")
GroupTeam.objects.create(group=asked.group, team=asked.wave.campaign.scope)
make_user("dora", Role.CX_MANAGER)
"""
LINK = re.compile(r"https?://\S+")
MINUTE = 60.0


@pytest.fixture
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product on files in which one customer is asked, and Dora takes calls."""
    with running_product("embedded", tmp_path_factory.mktemp("calls")) as product:
        product.shell(SETTING)
        yield product


def link_in(product: Product, address: str, subject: str) -> str:
    """Return the link in the letter that an address gets within a minute."""
    began = time.monotonic()
    letters = product.wait_for_letters(address, seconds=MINUTE)
    assert time.monotonic() - began < MINUTE
    assert [letter["Subject"] for letter in letters] == [subject]
    found = LINK.search(text_of(letters[0]))
    assert found is not None
    return found[0]


def ask_for_call(page: Page, url: str) -> None:
    """Answer, open what stands closed below, and ask for a call."""
    page.goto(url)
    page.locator("input[name='fair']").first.check()
    page.locator("textarea[name='story']").fill("The bread was stale on Tuesday.")
    page.get_by_text("Would you like to be called or written to?").click()
    page.get_by_label("Your name").fill("Nia Brandt")
    page.get_by_label("Or e-mail").fill("nia at home")
    page.get_by_label("Send what I wrote above along").check()
    send = page.get_by_role("button", name=re.compile("^Send"))
    send.click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert looking.find_faults(page) == []
    page.get_by_label("Or e-mail").fill("nia@example.org")
    send.click()
    expect(page.get_by_role("heading", name="We will get in touch")).to_be_visible()


def log_in(page: Page, url: str) -> None:
    """Log Dora in at the page that a link leads to."""
    page.goto(url)
    page.locator("input[name='username']").fill("dora@example.org")
    page.locator("input[name='password']").fill(PASSWORD)
    page.locator("input[name='password']").press("Enter")
    expect(page.get_by_role("heading", name="Nia Brandt")).to_be_visible()


class TestCall:
    def test_is_asked_for_solved_and_confirmed(self, asked: Product, browser: Browser) -> None:
        customer, owner = pages.open_page(browser), pages.open_page(browser)

        ask_for_call(customer, f"{asked.url}/r/{TOKEN}/")
        assert looking.find_faults(customer) == []
        log_in(owner, link_in(asked, "dora@example.org", "Somebody waits for your call"))
        expect(owner.locator("blockquote")).to_have_text("The bread was stale on Tuesday.")
        assert looking.find_faults(owner) == []
        owner.get_by_label("What happened").fill("Sent a fresh loaf.")
        owner.get_by_role("button", name="Solved").click()
        expect(owner.get_by_text("are asked once")).to_be_visible()

        customer.goto(link_in(asked, "nia@example.org", "Did we put it right?"))
        assert looking.find_faults(customer) == []
        customer.get_by_role("button", name="Yes, it is put right").click()
        expect(customer.locator("h1")).to_contain_text("glad that it is put right")
        owner.reload()
        expect(owner.get_by_text("Put right, the person says")).to_be_visible()

        for path in ("/dashboards/calls/", "/console/calls/", "/console/calls/rota/"):
            owner.goto(asked.url + path)
            assert pages.violations(owner) == []
            assert not pages.overflows(owner)
        assert len(asked.mailbox.letters_to("nia@example.org")) == 1
