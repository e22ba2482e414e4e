"""The order of names."""

import pytest

from survey.dashboards.ordering import natural


class TestNatural:
    @pytest.mark.parametrize(
        "names",
        [
            ["Team 1", "Team 2", "Team 10"],
            ["area 9 north", "Area 9 south", "Area 10"],
            ["2nd shift", "10th shift"],
            ["Bakery", "bakery 2", "Café"],
            ["", "7", "A"],
        ],
    )
    def test_counts_where_names_hold_numbers(self, names: list[str]) -> None:
        assert sorted(set(names), key=natural) == names
