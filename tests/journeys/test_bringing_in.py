"""A questionnaire of another program is brought in and translated, on a phone without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import User
from survey.questionnaires.models import Questionnaire, Section
from tests.journeys import pages
from tests.questionnaires.importers.makers import xlsx
from tests.questionnaires.importers.samples import rich_lss

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def check(page: Page) -> None:
    assert not pages.overflows(page)
    assert pages.violations(page) == []


class TestBringingIn:
    def test_leads_from_a_file_to_a_translated_draft(
        self, browser: Browser, live_server: LiveServer, alice: User, tmp_path: Path
    ) -> None:
        page = pages.open_page(browser, javascript=False)
        pages.log_in(page, alice, live_server)
        page.goto(f"{live_server.url}/console/questionnaires/")
        page.get_by_role("link", name="Bring one in").click()
        (tmp_path / "visit.lss").write_bytes(rich_lss())
        page.get_by_label("The file").set_input_files(tmp_path / "visit.lss")
        page.get_by_label("Who is asked").select_option("CUSTOMER")
        page.get_by_role("button", name="Read it").click()

        expect(page.get_by_role("heading", name="What was taken over")).to_be_visible()
        page.get_by_role("link", name="Go on to the builder").click()
        page.get_by_role("link", name="Translate").click()
        expect(page.get_by_role("heading", name="Languages", exact=True)).to_be_visible()
        page.get_by_label("Add a language").fill("PT_br")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("pt-BR", exact=True)).to_be_visible()

        page.get_by_role("link", name="Bring translations in").click()
        heading = Section.objects.exclude(texts={}).order_by("pk").first()
        assert heading is not None
        row = (f"section/{heading.code}", heading.texts["en"], "A visita")
        (tmp_path / "texts.xlsx").write_bytes(xlsx(texts=[("where", "source", "pt-BR"), row]))
        page.get_by_label("The file").set_input_files(tmp_path / "texts.xlsx")
        page.get_by_role("button", name="Compare it").click()
        expect(page.get_by_role("heading", name="1 text changes")).to_be_visible()
        page.get_by_role("button", name="Take them over").click()

        expect(page.get_by_text("1 text is changed.")).to_be_visible()
        heading.refresh_from_db()
        assert heading.texts["pt-BR"] == "A visita"

    def test_has_pages_that_axe_finds_nothing_wrong_with(
        self, browser: Browser, live_server: LiveServer, alice: User, tmp_path: Path
    ) -> None:
        page = pages.open_page(browser)
        pages.log_in(page, alice, live_server)
        page.goto(f"{live_server.url}/console/questionnaires/bring/")
        check(page)
        (tmp_path / "visit.lss").write_bytes(rich_lss())
        page.get_by_label("The file").set_input_files(tmp_path / "visit.lss")
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("heading", name="What was taken over")).to_be_visible()
        check(page)

        draft = Questionnaire.objects.get()
        here = f"{live_server.url}/console/questionnaires/{draft.pk}/languages/"
        page.goto(here)
        check(page)
        page.goto(here + "translate/")
        check(page)
        item = draft.questionnaire_items.select_related("item").order_by("position")[0].item
        rows = [
            ("where", "source", "ar"),
            (f"item/{item.code}/text", item.texts["en"], "كيف كان ذلك؟"),
            ("item/gone/text", "Gone", "ذهب"),
        ]
        (tmp_path / "texts.xlsx").write_bytes(xlsx(texts=rows))
        page.get_by_label("The file").set_input_files(tmp_path / "texts.xlsx")
        page.get_by_role("button", name="Compare it").click()
        expect(page.get_by_role("heading", name="1 line is left aside")).to_be_visible()
        check(page)
