"""Tests of what is filled in about the brand."""

import pytest

from survey.console.brand.forms import BrandForm


class TestBrandForm:
    @pytest.mark.parametrize("text", ["#0f6b6b", "0F6B6B", " #0F6B6B "])
    def test_takes_a_colour_as_people_write_it(self, text: str) -> None:
        form = BrandForm({"light": text}, {})
        assert form.is_valid()
        assert str(form.cleaned_data["light"]) == "#0F6B6B"

    def test_takes_nothing_as_the_products_own(self) -> None:
        form = BrandForm({}, {})
        assert form.is_valid()
        assert form.cleaned_data["light"] is None
