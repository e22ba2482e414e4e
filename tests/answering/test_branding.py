"""Tests of the addresses of the organisation's colours and logo."""

import pytest
from django.test import Client

from survey.organization.brands import digest_of, forget_appearance, get_appearance
from survey.organization.models import Brand

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Brand:
    made = Brand(pk=1, light="#0F6B6B", dark="#5CC4BE", logo=b"<svg/>", logo_type="image/svg+xml")
    made.digest = digest_of(made)
    made.save()
    forget_appearance()
    return made


class TestStyle:
    def test_is_kept_for_a_year_under_its_own_address(self, brand: Brand, client: Client) -> None:
        response = client.get(f"/brand/{brand.digest}.css")
        assert response.headers["Content-Type"] == "text/css"
        assert "immutable" in response.headers["Cache-Control"]
        assert b"#0F6B6B" in response.content

    def test_is_there_at_once_where_another_process_changed_it(
        self, brand: Brand, client: Client
    ) -> None:
        get_appearance()
        old = brand.digest
        brand.light = "#7A3B69"
        brand.digest = digest_of(brand)
        brand.save()

        assert get_appearance().digest == old  # as this process keeps it in mind
        assert b"#7A3B69" in client.get(f"/brand/{brand.digest}.css").content
        assert client.get(f"/brand/{old}.css").status_code == 404

    def test_is_nowhere_else(self, brand: Brand, client: Client) -> None:
        assert client.get("/brand/0123456789abcdef.css").status_code == 404

    def test_is_nowhere_without_colours(self, brand: Brand, client: Client) -> None:
        Brand.objects.update(light="", dark="")

        assert client.get(f"/brand/{brand.digest}.css").status_code == 404


class TestLogo:
    def test_can_do_nothing_when_opened_by_itself(self, brand: Brand, client: Client) -> None:
        response = client.get(f"/brand/{brand.digest}/logo")
        assert response.content == b"<svg/>"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    def test_is_nowhere_else(self, brand: Brand, client: Client) -> None:
        assert client.get("/brand/0123456789abcdef/logo").status_code == 404
