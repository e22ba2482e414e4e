"""Answers that were probably given without reading."""

import numpy as np
import pandas as pd
import pytest

from survey.statistics.careless import FEWEST_ITEMS, flag_straight_lines

ITEMS = [f"i{number}" for number in range(FEWEST_ITEMS)]


def people(*rows: list[float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=ITEMS[: len(rows[0])], index=[f"p{i}" for i in range(len(rows))]
    )


class TestFlagStraightLines:
    def test_flags_one_answer_to_a_sentence_and_its_opposite(self) -> None:
        alike, not_quite = [4.0] * 8, [4.0] * 7 + [5.0]

        found = flag_straight_lines(people(alike, not_quite), reverse=["i3"])

        assert found.to_dict() == {"p0": True, "p1": False}

    def test_flags_nobody_where_no_item_is_reversed(self) -> None:
        assert not flag_straight_lines(people([4.0] * 8)).any()

    @pytest.mark.parametrize("gap", [0, 3])
    def test_flags_nobody_with_fewer_than_eight_answers(self, gap: int) -> None:
        row: list[float | None] = [4.0] * 8
        row[gap] = None

        assert not flag_straight_lines(people(row), reverse=["i3"]).any()

    def test_says_nothing_of_nobody(self) -> None:
        assert flag_straight_lines(pd.DataFrame(columns=ITEMS, dtype=float), reverse=["i3"]).empty
        assert not flag_straight_lines(pd.DataFrame(index=["a"])).any()
        assert not flag_straight_lines(people([np.nan] * 8), reverse=["i3"]).any()

    def test_refuses_a_reversed_item_that_is_not_there(self) -> None:
        with pytest.raises(ValueError, match="i99"):
            flag_straight_lines(people([4.0] * 8), reverse=["i99"])
