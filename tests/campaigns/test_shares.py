"""What a coarse share says of the true one."""

import pytest

from survey.campaigns.participation import say_share
from survey.campaigns.shares import Share


class TestShare:
    @pytest.mark.parametrize(
        ("stored", "text", "low", "high"),
        [
            ("45 %", "45 to 50%", 45, 50),
            ("under 10 %", "under 10%", 0, 10),
            ("over 90 %", "over 90%", 90, 100),
        ],
    )
    def test_lies_between_two_numbers_and_says_both(
        self, stored: str, text: str, low: int, high: int
    ) -> None:
        share = Share.read(stored, step=5)

        assert (share.low, share.high) == (low, high)
        assert share.text == text

    @pytest.mark.parametrize("step", [5, 7, 23])
    def test_holds_the_true_share_whatever_the_step(self, step: int) -> None:
        for n_answered in range(41):
            share = Share.read(say_share(n_answered=n_answered, n_invited=40, step=step), step=step)

            assert share.low <= 100 * n_answered / 40 <= share.high

    @pytest.mark.parametrize(("text", "is_few"), [("25 %", True), ("30 %", False)])
    def test_calls_few_voices_only_what_surely_is(self, text: str, is_few: bool) -> None:
        assert Share.read(text, step=5).is_few_voices is is_few
        assert not Share.read("23 %", step=23).is_few_voices  # it could be 40%

    def test_bounds_how_far_a_mean_could_be_off(self) -> None:
        assert Share.read("60 %", step=5).worst_shift(20.0) == pytest.approx(4.0)
        assert Share.read("under 10 %", step=5).worst_shift(20.0) == pytest.approx(10.0)

    @pytest.mark.parametrize(
        ("kept", "middle"), [("under 10 %", 5.0), ("60 %", 62.5), ("over 90 %", 95.0)]
    )
    def test_is_drawn_in_the_middle_of_what_it_holds(self, kept: str, middle: float) -> None:
        assert Share.read(kept, step=5).middle == middle
