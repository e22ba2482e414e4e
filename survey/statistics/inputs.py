"""What callers pass (Series, arrays, lists with gaps) becomes clean arrays of numbers.

Throughout this package a missing number is NaN inside, and None or a left-out row outside.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
Labels = pd.Series | pd.Index | Sequence[Any]
Values = pd.Series | NDArray[Any] | Sequence[float | None]

# Beyond these sizes squares of squares overflow or vanish; no survey has such a number.
LARGEST = 1e50
SMALLEST = 1e-50

# Spread below this share of the size of the numbers is rounding, not variation.
ROUNDING = 1e-12

# Half-width of a 95 % interval in standard errors of a normal estimate.
NORMAL_95 = 1.959963984540054


def numbers(values: Values) -> FloatArray:
    """Read floats, shape (n,); what is missing, infinite or absurdly large becomes NaN."""
    return _clean(values if isinstance(values, pd.Series) else _series(values))


def given(values: Values) -> FloatArray:
    """Read the numbers that are not missing, shape (n,)."""
    read = numbers(values)
    return read[~np.isnan(read)]


def table(items: pd.DataFrame) -> FloatArray:
    """Read floats, shape (people, items), cleaned like `numbers`."""
    columns = [_clean(items.iloc[:, position]) for position in range(items.shape[1])]
    return np.column_stack(columns) if columns else np.empty((len(items), 0))


def aligned(*columns: Values) -> list[pd.Series]:
    """Put columns side by side: by index where all are Series, otherwise by position.

    Raises ValueError where that cannot be done without guessing.
    """
    series = [column for column in columns if isinstance(column, pd.Series)]
    if len(series) == len(columns) and not all(s.index.equals(series[0].index) for s in series):
        if not all(one.index.is_unique for one in series):
            raise ValueError("columns with different indexes need an index without duplicates")
        return _joined(series)
    if len({len(column) for column in columns}) > 1:
        raise ValueError("columns differ in length")
    index = series[0].index if series else pd.RangeIndex(len(columns[0]))
    return [_series(column, index) for column in columns]


def complete(*columns: Values) -> tuple[pd.Index, list[FloatArray]]:
    """Read aligned columns without the rows in which one is missing: their index, their floats."""
    series = aligned(*columns)
    floats = [numbers(one) for one in series]
    kept = np.logical_and.reduce([~np.isnan(one) for one in floats])
    return series[0].index[kept], [one[kept] for one in floats]


def complete_rows(items: pd.DataFrame) -> FloatArray:
    """Read the rows of a table that have every item, shape (people, items)."""
    read = table(items)
    return read[~np.isnan(read).any(axis=1)]


def groups_of(values: Values | pd.DataFrame, groups: Labels) -> list[Any]:
    """List each row's group: by index where both have one, otherwise by position."""
    if isinstance(groups, pd.Series) and isinstance(values, pd.Series | pd.DataFrame):
        groups = groups if groups.index.equals(values.index) else groups.reindex(values.index)
    if len(values) != len(groups):
        raise ValueError("values and groups differ in length")
    return list(groups)


def by_group(
    values: Values | pd.DataFrame, groups: Labels
) -> tuple[FloatArray, IntArray, pd.Index]:
    """Read values with their groups.

    Returns floats of shape (people, columns) without missing numbers, each row's group as a
    position, and the labels of the groups in order of appearance.
    """
    labels = pd.Series(groups_of(values, groups), dtype=object)
    read = table(values if isinstance(values, pd.DataFrame) else pd.DataFrame({"": values}))
    kept = ~np.isnan(read).any(axis=1) & labels.notna().to_numpy()
    codes, found = pd.factorize(labels[kept])
    return read[kept], codes, pd.Index(found)


def is_constant(values: FloatArray) -> bool:
    """Tell whether values, shape (n,), vary by no more than rounding."""
    if not values.size:
        return True
    return bool(np.ptp(values) <= ROUNDING * np.abs(values).max())


def _series(values: Values, index: pd.Index | None = None) -> pd.Series:
    """Make a Series by position; numbers in an array need not be unpacked for that."""
    is_numbers = isinstance(values, np.ndarray) and values.dtype == np.float64 and values.ndim == 1
    return pd.Series(values if is_numbers else list(values), index=index)


def _joined(series: list[pd.Series]) -> list[pd.Series]:
    index = series[0].index
    for one in series[1:]:
        index = index.intersection(one.index, sort=False)
    return [one.loc[index] for one in series]


def _clean(column: pd.Series) -> FloatArray:
    if column.dtype == np.float64:
        read = column.to_numpy()
    else:
        if column.dtype == object:
            column = column.mask(column.map(_is_beyond_floats))
        numeric = pd.to_numeric(column, errors="coerce")
        read = numeric.to_numpy(dtype=np.float64, na_value=np.nan)
    read = np.where(np.abs(read) <= LARGEST, read, np.nan)
    return np.where(np.abs(read) < SMALLEST, 0.0, read)


def _is_beyond_floats(value: Any) -> bool:
    return isinstance(value, int) and abs(value) > LARGEST
