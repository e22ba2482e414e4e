"""Tests of how the organisation shows itself, and how that is kept in mind."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from survey.organization.brands import (
    Appearance,
    digest_of,
    find_logo,
    forget_appearance,
    get_appearance,
    write_style,
)
from survey.organization.models import Brand

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Brand:
    made = Brand(pk=1, name="Hearth", light="#0F6B6B", dark="#5CC4BE", logo_type="image/png")
    made.logo = b"dots"
    made.digest = digest_of(made)
    made.save()
    forget_appearance()
    return made


class TestGetAppearance:
    def test_is_as_the_settings_say_without_a_brand(self, settings: Settings) -> None:
        settings.ORGANISATION_NAME = "Of the settings"
        assert get_appearance() == Appearance("Of the settings")

    def test_is_read_once(
        self, brand: Brand, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            assert get_appearance() == get_appearance()
        assert get_appearance().digest == brand.digest


class TestWriteStyle:
    def test_puts_the_colours_in_place_of_the_products_own(self) -> None:
        style = write_style(Appearance("x", "#0F6B6B", "#5CC4BE"))
        light, dark = style.split("@media")
        assert "--inside:#0F6B6B;" in light
        assert "--outside:#0F6B6B;" in light
        assert "--inside:#5CC4BE;" in dark


class TestFindLogo:
    def test_finds_it_by_its_address_only(self, brand: Brand) -> None:
        found = find_logo(digest=brand.digest)
        assert found is not None
        assert found.data == b"dots"
        assert find_logo(digest="other") is None


class TestPagesOfRespondents:
    def test_carry_the_colours_and_the_logo(self, brand: Brand, client: Client) -> None:
        page = client.get("/privacy/").content.decode()
        assert f"/brand/{brand.digest}.css" in page
        assert f"/brand/{brand.digest}/logo" in page

    def test_carry_neither_without_a_brand(self, client: Client) -> None:
        assert "/brand/" not in client.get("/privacy/").content.decode()
