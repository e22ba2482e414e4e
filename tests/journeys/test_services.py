"""HR says who serves whom, on a phone and on a desk, and nobody is shut out."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import User
from survey.organization.models import Service
from tests.cast import Organisation
from tests.journeys import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FILE = """provider,consumer,chain
food,bakery,Bread
bakery,garden,Bread
garden,food,
"""


def check(page: Page) -> None:
    assert not pages.overflows(page)
    assert pages.violations(page) == []


class TestServices:
    def test_come_as_a_file_and_are_drawn(
        self,
        alice: User,
        organisation: Organisation,
        browser: Browser,
        live_server: LiveServer,
        tmp_path: Path,
    ) -> None:
        (tmp_path / "services.csv").write_text(FILE)
        desk = pages.open_page(browser, is_phone=False)
        pages.log_in(desk, alice, live_server)
        desk.goto(f"{live_server.url}/console/services/")
        check(desk)
        pages.follow(desk.get_by_role("link", name="Bring in a file"))
        check(desk)
        desk.get_by_label("The file, CSV or XLSX").set_input_files(tmp_path / "services.csv")
        desk.get_by_role("button", name="Read it").click()
        expect(desk.get_by_role("heading", name="What this file would change")).to_be_visible()
        check(desk)
        desk.get_by_role("button", name="Take in 3 changes").click()
        expect(desk.get_by_text("Bakery → Garden → Food → Bakery")).to_be_visible()
        expect(desk.get_by_role("img", name="Teams as boxes")).to_be_visible()
        check(desk)

        phone = pages.open_page(browser)
        pages.log_in(phone, alice, live_server)
        phone.goto(f"{live_server.url}/console/services/")
        expect(phone.get_by_role("img", name="Teams as boxes")).to_be_hidden()
        expect(phone.locator(".net-narrow > li")).to_have_count(3)
        check(phone)
        pages.follow(phone.get_by_role("link", name=re.compile("Change.*Bakery serves Garden")))
        check(phone)
        phone.get_by_role("button", name="End it").click()
        expect(phone.get_by_text("Changed. Waves that have begun")).to_be_visible()
        assert Service.objects.filter(active_to=None).count() == 2
        pages.follow(phone.get_by_role("link", name="Add one"))
        check(phone)
