"""A file of who serves whom, from upload to done."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from survey.accounts.models import Role
from survey.console.services import keeping
from survey.organization.models import Service
from tests.cast import Organisation, make_user
from tests.factories.organization import ServiceFactory

ADDRESS = "/console/services/import/"
FILE = b"provider,consumer,chain\nbakery,garden,Bread\nkitchen,garden,\n"


def bring(hr: Client, content: bytes = FILE, *, status: int = 200, **options: str) -> str:
    """Upload a file; return the page that comes."""
    response = hr.post(ADDRESS, {"file": SimpleUploadedFile("services.csv", content)} | options)
    assert response.status_code == status
    return str(response.text)


def sealed(page: str) -> dict[str, str]:
    """Return what the page of differences sends back."""
    return dict(re.findall(r'name="(kept|seen)" value="([^"]+)"', page))


@pytest.mark.usefixtures("organisation")
class TestBring:
    def test_leads_from_the_file_to_the_arrows(self, hr: Client) -> None:
        assert "One line per arrow" in hr.get(ADDRESS).text
        page = bring(hr)
        assert "Take in 2 changes" in page
        assert not Service.objects.exists()

        done = hr.post(ADDRESS, sealed(page), follow=True).text

        assert "2 changes are taken in." in done
        assert Service.objects.get(chain="Bread").provider.code == "bakery"

    def test_says_where_nothing_changes(self, hr: Client) -> None:
        hr.post(ADDRESS, sealed(bring(hr)))

        page = bring(hr)

        assert "It changes nothing." in page
        assert "Take in" not in page.replace("Take it in", "")

    def test_ends_what_is_missing_only_with_the_tick(
        self, hr: Client, organisation: Organisation
    ) -> None:
        ServiceFactory(provider=organisation.food, consumer=organisation.goods)

        assert "What is not in the file stays as it is." in bring(hr)
        page = bring(hr, ends_missing="on")
        assert "Food" in page
        hr.post(ADDRESS, sealed(page))

        assert Service.objects.get(provider__code="food").active_to is not None

    def test_names_line_and_column_of_what_is_wrong(self, hr: Client) -> None:
        page = bring(hr, FILE + b"mill,garden,\n", status=422)

        assert "Line 4, provider" in page
        assert "no team has the code &#x27;mill&#x27;" in page

    def test_asks_for_a_file(self, hr: Client) -> None:
        response = hr.post(ADDRESS)

        assert response.status_code == 422
        assert "Choose a file." in response.text

    def test_shows_the_difference_again_where_things_have_changed(self, hr: Client) -> None:
        page = bring(hr)
        hr.post(ADDRESS, sealed(page))
        Service.objects.filter(chain="Bread").delete()

        response = hr.post(ADDRESS, sealed(page))

        assert response.status_code == 409
        assert "Look again." in response.text
        assert Service.objects.count() == 1

    def test_refuses_a_team_that_is_gone_by_then(
        self, hr: Client, organisation: Organisation
    ) -> None:
        page = bring(hr)
        organisation.bakery.memberships.all().delete()
        organisation.bakery.delete()

        assert hr.post(ADDRESS, sealed(page)).status_code == 422
        assert not Service.objects.exists()

    @pytest.mark.parametrize("tamper", [str.swapcase, lambda kept: kept[:-1], lambda kept: ""])
    def test_takes_nothing_that_was_changed_on_the_way(self, hr: Client, tamper: object) -> None:
        sent = sealed(bring(hr))
        assert callable(tamper)

        page = hr.post(ADDRESS, sent | {"kept": tamper(sent["kept"])}, follow=True).text

        assert "This page was too old." in page
        assert not Service.objects.exists()

    def test_takes_nothing_that_somebody_else_looked_at(self, hr: Client) -> None:
        sent = sealed(bring(hr))
        other = Client()
        other.force_login(make_user("hera", Role.HR))

        other.post(ADDRESS, sent)

        assert not Service.objects.exists()

    def test_refuses_a_file_too_large_for_a_form(
        self, hr: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(keeping, "LARGEST_KEPT", 10)

        assert "This file is too large; split it." in bring(hr, status=422)
