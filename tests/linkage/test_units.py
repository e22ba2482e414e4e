"""Adding the printed figures of separate people up."""

import pandas as pd
import pytest

from survey.linkage.units import add_figures


def table(*rows: tuple[float, float | None, int]) -> pd.DataFrame:
    """Make parts of one unit from mean, standard error and n."""
    frame = pd.DataFrame(rows, columns=["mean", "se", "n"]).astype({"se": float})
    return frame.assign(unit=1, metric="s", low=frame["mean"] - 7, high=frame["mean"] + 9)


class TestAddFigures:
    def test_weighs_by_people(self) -> None:
        found = add_figures(table((40, 2, 10), (70, 2, 20)), by="unit").loc[(1, "s")]
        assert (found["mean"], found["n"]) == (60, 30)
        assert found["se"] == pytest.approx((20**2 + 40**2) ** 0.5 / 30)
        assert found["low"] == pytest.approx(60 - 1.96 * found["se"], abs=1e-4)

    def test_keeps_the_printed_interval_of_a_part_alone(self) -> None:
        found = add_figures(table((40, 2, 10)), by="unit").loc[(1, "s")]
        assert (found["low"], found["high"], found["se"]) == (33, 49, 2)

    def test_knows_no_interval_where_a_part_has_none(self) -> None:
        found = add_figures(table((40, 2, 10), (70, None, 20)), by="unit").loc[(1, "s")]
        assert found[["se", "low", "high"]].isna().all()

    def test_takes_nothing(self) -> None:
        assert add_figures(table(), by="unit").empty
