"""The menu of the workspace in a real browser: one row on a desk, in every language and role."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import Role
from tests.cast import make_user
from tests.journeys import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ROLES = (Role.HR, Role.CX_MANAGER)
ROWS = """() => new Set([...document.querySelectorAll('.w-top nav > a, .w-top nav summary')]
    .map(one => Math.round(one.getBoundingClientRect().top))).size"""


class TestMenu:
    def test_stands_in_one_row_at_1280_pixels_and_opens_without_scripts(
        self, browser: Browser, live_server: LiveServer
    ) -> None:
        page = pages.open_page(browser, is_phone=False, javascript=False)
        for role in ROLES:
            for language, _name in settings.LANGUAGES:
                client = Client()
                client.force_login(make_user(f"{role}-{language}".lower(), role))
                client.post("/language/", {"language": language, "next": "/"})
                jar = {name: one.value for name, one in client.cookies.items()}
                page.context.add_cookies(
                    [{"name": k, "value": v, "url": live_server.url} for k, v in jar.items()]
                )
                page.goto(f"{live_server.url}/dashboards/teams/")

                assert page.evaluate(ROWS) == 1, (role, language)
                assert not pages.overflows(page)
        page.locator("nav summary").first.click()
        assert page.locator("nav details[open] a").first.is_visible()
