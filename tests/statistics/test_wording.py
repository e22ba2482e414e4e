"""The numbers that sentences say in words."""

import pytest

from survey.statistics.wording import times_in_100


class TestTimesIn100:
    @pytest.mark.parametrize(
        ("r", "times"), [(0, 50), (0.42, 64), (1, 100), (-1, 0), (1.0000001, 100), (-0.42, 36)]
    )
    def test_follows_the_arcsine(self, r: float, times: int) -> None:
        assert times_in_100(r) == times
