"""Tests of colours against published contrasts, and of the nearest one that can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.organization.colours import (
    READABLE,
    ColourError,
    contrast,
    least_contrast,
    mix,
    nearest_readable,
    read_colour,
)

colours = st.integers(0, 0xFFFFFF).map(lambda number: read_colour(f"#{number:06X}"))


class TestReadColour:
    def test_reads_what_it_writes(self) -> None:
        assert str(read_colour("#0f6b6B")) == "#0F6B6B"

    @pytest.mark.parametrize(
        "text", ["", "red", "#FFF", "#0F6B6G", "#0F6B6B;}", "0F6B6B", "#" + 6 * chr(0x660)]
    )
    def test_refuses_everything_else(self, text: str) -> None:
        with pytest.raises(ColourError):
            read_colour(text)


class TestContrast:
    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#767676", "#FFFFFF", 4.54)],
    )
    def test_is_that_of_the_guidelines(self, one: str, other: str, expected: float) -> None:
        found = contrast(read_colour(one), read_colour(other))
        assert found == pytest.approx(expected, abs=0.005)
        assert found == contrast(read_colour(other), read_colour(one))


class TestMix:
    def test_lies_between(self) -> None:
        assert str(mix(read_colour("#000000"), read_colour("#FFFFFF"), 0.5)) == "#808080"


class TestNearestReadable:
    @given(colours, st.booleans())
    def test_can_be_read_whatever_was_asked_for(self, colour, is_dark: bool) -> None:  # type: ignore[no-untyped-def]
        found = nearest_readable(colour, is_dark=is_dark)
        assert least_contrast(found, is_dark=is_dark) >= READABLE

    @pytest.mark.parametrize(("colour", "is_dark"), [("#0F6B6B", False), ("#5CC4BE", True)])
    def test_leaves_alone_what_can_be_read(self, colour: str, is_dark: bool) -> None:
        assert str(nearest_readable(read_colour(colour), is_dark=is_dark)) == colour

    def test_darkens_yellow_on_a_light_page(self) -> None:
        yellow = read_colour("#FFDD00")
        assert least_contrast(yellow, is_dark=False) < 2
        assert nearest_readable(yellow, is_dark=False).luminance < yellow.luminance
