"""Shares are kept in English, told in the reader's language, and drawn in their middle."""

import pytest
from django.utils import translation

from survey.campaigns.participation import say_share as keep_share
from survey.campaigns.shares import middle_of, say_share


class TestSayShare:
    @pytest.mark.parametrize("n_answered", [1, 30, 60, 100])
    def test_tells_in_english_just_what_was_kept(self, n_answered: int) -> None:
        kept = keep_share(n_answered=n_answered, n_invited=100, step=5)
        assert say_share(kept) == kept

    def test_keeps_the_number_in_another_language(self) -> None:
        with translation.override("de"):
            assert say_share("under 10 %").endswith("10 %")
            assert say_share("") == ""


class TestMiddleOf:
    @pytest.mark.parametrize(
        ("share", "middle"), [("under 10 %", 5.0), ("60 %", 60.0), ("over 90 %", 95.0)]
    )
    def test_puts_open_ends_in_the_middle_of_what_they_hold(
        self, share: str, middle: float
    ) -> None:
        assert middle_of(share) == middle
