from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from survey.campaigns.models import Wave
from survey.campaigns.services import close_wave, deactivate_collector
from survey.console.collectors.pages import address_of, build_links_page, build_sheet, list_rows
from survey.console.states import WaveState
from tests.factories.campaigns import make_draft
from tests.factories.collectors import link_of, make_kiosks, make_shops

pytestmark = pytest.mark.django_db


class TestListRows:
    def test_counts_what_is_switched_on(
        self, hanging: Wave, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        make_kiosks(hanging, now=timezone.now())
        deactivate_collector(collector_id=link_of(hanging, "north").pk)

        with django_assert_num_queries(1):
            (row,) = list_rows(now=timezone.now())

        assert (row.n_codes, row.n_tablets, row.state) == (1, 2, WaveState.OPEN)
        assert row.scope == "Shops"


class TestBuildLinksPage:
    def test_can_be_changed_while_the_wave_runs(self, hanging: Wave) -> None:
        now = timezone.now()
        page = build_links_page(wave=hanging, now=now)
        assert [team.name for team in page.teams] == ["North", "South"]
        assert (page.can_change, page.has_tablets, page.n_printable) == (True, False, 2)

        close_wave(wave_id=hanging.pk, now=now)
        hanging.refresh_from_db()
        assert not build_links_page(wave=hanging, now=now).can_change

    def test_has_no_teams_before_the_launch(self) -> None:
        draft = make_draft(make_shops(), opens_at=timezone.now(), channel="OPEN")

        page = build_links_page(wave=draft, now=timezone.now())

        assert (page.teams, page.can_change) == ((), False)

    def test_says_the_last_whole_day(self, hanging: Wave) -> None:
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        hanging.closes_at = midnight + timedelta(days=3)

        page = build_links_page(wave=hanging, now=timezone.now())

        assert page.wave.last_date == (midnight + timedelta(days=2)).date()


class TestBuildSheet:
    def test_holds_the_codes_that_are_on(self, hanging: Wave) -> None:
        deactivate_collector(collector_id=link_of(hanging, "south").pk)
        now = timezone.now()

        sheet = build_sheet(wave=hanging, size="a6", team="", now=now)

        assert [team.code for team in sheet.teams] == ["north"]
        assert (sheet.n_questions, sheet.minutes) == (4, 2)
        assert build_sheet(wave=hanging, size="a6", team="south", now=now).teams == ()


class TestAddressOf:
    def test_leads_to_the_page_of_its_kind(self, hanging: Wave, settings: Settings) -> None:
        settings.BASE_URL = "https://ask.example.org"
        make_kiosks(hanging, now=timezone.now())
        wall, tablet = link_of(hanging, "north"), link_of(hanging, "north", "KIOSK")

        assert address_of(wall) == f"https://ask.example.org/o/{wall.code}/"
        assert address_of(tablet) == f"https://ask.example.org/o/{tablet.code}/kiosk/"
