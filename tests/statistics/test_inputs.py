import numpy as np
import pandas as pd
import pytest

from survey.statistics import inputs


class TestNumbers:
    def test_takes_what_is_not_a_number_for_missing(self) -> None:
        found = inputs.numbers([1, None, "x", np.inf, -1e60, 1e-60, True])

        assert np.isnan(found).tolist() == [False, True, True, True, True, False, False]
        assert found[[0, 5, 6]].tolist() == [1.0, 0.0, 1.0]

    def test_takes_whole_numbers_beyond_all_bounds_for_missing(self) -> None:
        assert np.isnan(inputs.numbers([10**400, -(10**400), 2])).tolist() == [True, True, False]

    @pytest.mark.parametrize(
        "kind", ["int8", "uint8", "float32", "object", "Int64", "Float64", "category", "string"]
    )
    def test_reads_the_same_from_every_kind_of_column(self, kind: str) -> None:
        assert inputs.numbers(pd.Series([3, 1, 5]).astype(kind)).tolist() == [3.0, 1.0, 5.0]

    @pytest.mark.parametrize("kind", ["bool", "object", "boolean"])
    def test_reads_yes_and_no_as_one_and_zero(self, kind: str) -> None:
        assert inputs.numbers(pd.Series([True, False]).astype(kind)).tolist() == [1.0, 0.0]

    def test_reads_nullable_columns(self) -> None:
        assert inputs.given(pd.Series([1, None], dtype="Int64")).tolist() == [1.0]


class TestAligned:
    def test_joins_by_index(self) -> None:
        a, b = inputs.aligned(pd.Series([1, 2], index=["x", "y"]), pd.Series([3], index=["y"]))

        assert (a.to_dict(), b.to_dict()) == ({"y": 2}, {"y": 3})

    def test_joins_by_position_where_something_has_no_index(self) -> None:
        a, b = inputs.aligned(pd.Series([1, 2], index=["x", "y"]), [3, 4])

        assert b.to_dict() == {"x": 3, "y": 4}
        assert a.tolist() == [1, 2]

    def test_refuses_to_guess(self) -> None:
        with pytest.raises(ValueError, match="without duplicates"):
            inputs.aligned(pd.Series([1, 2], index=["x", "x"]), pd.Series([1, 2]))
        with pytest.raises(ValueError, match="differ in length"):
            inputs.aligned([1, 2], [1])


class TestGroupsOf:
    def test_finds_groups_by_index(self) -> None:
        groups = pd.Series(["p", "q"], index=["y", "x"])

        assert inputs.groups_of(pd.Series([1, 2], index=["x", "y"]), groups) == ["q", "p"]

    def test_refuses_to_guess(self) -> None:
        with pytest.raises(ValueError, match="differ in length"):
            inputs.groups_of([1, 2], ["p"])


class TestByGroup:
    def test_leaves_out_rows_that_lack_a_number_or_a_group(self) -> None:
        values = pd.DataFrame({"a": [1, None, 3, 4, 5], "b": [1, 2, None, 4, 5]})

        read, codes, labels = inputs.by_group(values, ["q", "q", "p", None, "p"])

        assert read.tolist() == [[1, 1], [5, 5]]
        assert codes.tolist() == [0, 1]
        assert labels.tolist() == ["q", "p"]

    def test_does_not_know_a_group_of_whom_nothing_is_left(self) -> None:
        read, codes, labels = inputs.by_group([1.0, np.inf], ["p", "q"])

        assert (read.tolist(), codes.tolist(), labels.tolist()) == ([[1.0]], [0], ["p"])


class TestIsConstant:
    @pytest.mark.parametrize(
        ("values", "is_constant"),
        [([], True), ([7.0], True), ([0.1, 0.1], True), ([1e10, 1e10 + 1e-3], True),
         ([1e10, 1e10 + 1e-1], False), ([-1.0, 1.0], False), ([0.0, 1e-40], False)],
    )  # fmt: skip
    def test_takes_rounding_for_no_change(self, values: list[float], is_constant: bool) -> None:
        assert inputs.is_constant(np.array(values)) is is_constant
