"""What the page of who serves whom shows."""

from datetime import date

import pytest

from survey.console.services import pages
from survey.console.services.pages import build_services_page
from tests.cast import Organisation
from tests.factories.organization import ServiceFactory

TODAY = date(2026, 3, 2)


class TestBuildServicesPage:
    def test_forgets_teams_and_chains_that_are_not_there(self, organisation: Organisation) -> None:
        ServiceFactory(provider=organisation.bakery, consumer=organisation.garden)

        page = build_services_page(team_code="\x00mill", chain="Bread", today=TODAY)

        assert not page.is_narrowed
        assert page.n_arrows == 1

    def test_tells_none_at_all_from_none_any_more(self, organisation: Organisation) -> None:
        assert not build_services_page(team_code="", chain="", today=TODAY).has_any
        ServiceFactory(provider=organisation.bakery, consumer=organisation.garden, active_to=TODAY)

        page = build_services_page(team_code="", chain="", today=TODAY)

        assert page.has_any
        assert (page.n_rows, page.picture) == (0, None)

    def test_folds_a_long_list(
        self, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pages, "N_SHOWN", 1)
        monkeypatch.setattr(pages, "MOST_LISTED", 2)
        for team in (organisation.bakery, organisation.kitchen, organisation.food):
            ServiceFactory(provider=team, consumer=organisation.garden)

        page = build_services_page(team_code="", chain="", today=TODAY)

        assert [row.provider_name for row in page.rows] == ["Bakery"]
        assert [row.provider_name for row in page.folded] == ["Food"]
        assert (page.n_listed, page.n_rows) == (2, 3)

    def test_says_circles_by_name(self, organisation: Organisation) -> None:
        ServiceFactory(provider=organisation.garden, consumer=organisation.bakery)
        ServiceFactory(provider=organisation.bakery, consumer=organisation.garden)

        page = build_services_page(team_code="", chain="", today=TODAY)

        assert page.circles == ("Bakery → Garden → Bakery",)
        assert not page.has_more_circles
