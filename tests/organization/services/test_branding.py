"""Tests of changing how the organisation shows itself."""

import pytest
from django.test import Client

from survey.organization.brands import get_appearance
from survey.organization.colours import READABLE, contrast, least_contrast, read_colour
from survey.organization.logos import Logo
from survey.organization.models import Brand
from survey.organization.services.branding import UnreadableColourError, change_brand

pytestmark = pytest.mark.django_db
TEAL, YELLOW = read_colour("#0F6B6B"), read_colour("#FFDD00")
LOGO = Logo(b"<svg/>", "image/svg+xml")


def change(**changes: object) -> None:
    told = {"name": "Hearth & Co", "light": TEAL, "dark": None, "logo": None, "keeps_logo": True}
    change_brand(**told | changes)  # type: ignore[arg-type]


class TestChangeBrand:
    def test_keeps_one_brand(self) -> None:
        change()
        change(name="Hearth")
        assert [brand.name for brand in Brand.objects.all()] == ["Hearth"]

    def test_makes_a_colour_for_the_night_by_itself(self) -> None:
        change()
        dark = read_colour(Brand.objects.get().dark)
        assert (
            least_contrast(dark, is_dark=True) >= READABLE > contrast(TEAL, read_colour("#14171D"))
        )

    def test_refuses_colours_that_not_everybody_can_read(self) -> None:
        with pytest.raises(UnreadableColourError) as refusal:
            change(light=YELLOW, dark=TEAL)

        assert [fault.is_dark for fault in refusal.value.faults] == [False, True]
        assert not Brand.objects.exists()

    def test_keeps_drops_and_changes_the_logo(self) -> None:
        change(logo=LOGO)
        change(name="Other")
        assert bytes(Brand.objects.get().logo) == LOGO.data
        change(keeps_logo=False)
        assert Brand.objects.get().logo_type == ""

    def test_changes_its_address_with_what_it_shows(self) -> None:
        digests = set()
        for changes in ({}, {"name": "Other"}, {"logo": LOGO}, {"light": None}):
            change(**changes)
            digests.add(Brand.objects.get().digest)
        assert len(digests) == 4

    def test_is_seen_by_the_next_page(
        self, client: Client, django_capture_on_commit_callbacks: object
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            change()
        assert get_appearance().name == "Hearth & Co"
        assert "Hearth &amp; Co" in client.get("/privacy/").content.decode()
