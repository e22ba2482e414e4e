"""The figures of one period as tables."""

import numpy as np
import pandas as pd

from survey.linkage.tables import FEWEST_CUSTOMERS, columns_of, keep, lay_out
from tests.linkage.material import make_units

NAN = float("nan")


class TestLayOut:
    def test_has_a_row_per_unit_that_both_sides_show(self) -> None:
        units = make_units(
            {"fair": [1, 2, NAN, 4], "seen": [5, NAN, NAN, 8]}, {"care": [6, 7, 8, NAN]}
        )
        table = lay_out(units)
        assert table.index.tolist() == [1, 2]
        assert table.ex["fair"].tolist() == [1, 2]
        assert table.ex["seen"].isna().tolist() == [False, True]
        assert table.ex_n["fair"].tolist() == [8, 8]
        assert table.cx_n["care"].tolist() == [30, 30]

    def test_leaves_out_figures_of_few_customers(self) -> None:
        sizes = [FEWEST_CUSTOMERS - 1, FEWEST_CUSTOMERS]
        table = lay_out(make_units({"fair": [1, 2]}, {"care": [3, 4]}, n_cx=sizes))
        assert table.cx["care"].tolist() == [4]

    def test_keeps_the_column_of_a_scale_that_no_unit_may_show(self) -> None:
        table = lay_out(make_units({"fair": [1, 2]}, {"care": [3, 4]}, n_cx=3))
        assert table.index.empty
        assert table.cx.columns.tolist() == ["care"]

    def test_says_how_customers_came(self) -> None:
        shares = {"OPEN": np.array([0.25, 1]), "PERSONAL": np.array([0.75, 0])}
        table = lay_out(make_units({"fair": [1, 2]}, {"care": [3, 4]}, shares=shares))
        assert table.shares["OPEN"].tolist() == [0.25, 1]


class TestKeep:
    def test_keeps_the_rows_of_some_groups_everywhere(self) -> None:
        table = keep(lay_out(make_units({"fair": [1, 2, 3]}, {"care": [4, 5, 6]})), [3, 1, 99])
        assert table.index.tolist() == [1, 3]
        frames = (table.ex, table.ex_n, table.cx, table.cx_n, table.shares)
        assert {tuple(frame.index) for frame in frames} == {(1, 3)}


class TestColumnsOf:
    def test_takes_a_table_apart(self) -> None:
        columns = columns_of(pd.DataFrame({"a": [1, 2], "b": [3.5, NAN]}))
        assert columns["a"].tolist() == [1, 2]
        assert np.isnan(columns["b"]).tolist() == [False, True]
