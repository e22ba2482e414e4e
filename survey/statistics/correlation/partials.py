"""Every column of one table with every column of another, the same covariates held steady."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.statistics.correlation.adjusted import basis_of, encode, hold_steady
from survey.statistics.correlation.coefficients import FEWEST_TEAMS, Correlation, refuse
from survey.statistics.inputs import FloatArray, table


@dataclass(frozen=True, slots=True)
class PartialFigures:
    """A partial correlation, and how many independent covariates vary between its teams."""

    found: Correlation
    n_covariates: int


def partial_pairs(
    x: pd.DataFrame, y: pd.DataFrame, covariates: pd.DataFrame
) -> dict[tuple[str, str], PartialFigures]:
    """Do the same as `partial` for each column of x with each of y, one row per team.

    Teams that lack a covariate are left out; pairs of the same teams share one decomposition.
    Raises ValueError where rows do not belong together.
    """
    if not (x.index.equals(y.index) and x.index.equals(covariates.index)):
        raise ValueError("x, y and the covariates need the same teams in the same order")
    a, b = table(x), table(y)
    design = table(encode(covariates) if covariates.shape[1] else covariates)
    known = ~np.isnan(design).any(axis=1)
    alike: dict[bytes, list[tuple[int, int]]] = defaultdict(list)
    for i, j in np.ndindex(a.shape[1], b.shape[1]):
        alike[(known & ~np.isnan(a[:, i]) & ~np.isnan(b[:, j])).tobytes()].append((i, j))
    found: dict[tuple[int, int], PartialFigures] = {}
    for key, pairs in alike.items():
        rows = np.frombuffer(key, dtype=bool)
        basis = _basis(design[rows])
        for i, j in pairs:
            one, other = a[rows, i], b[rows, j]
            partial = refuse(one, other) or hold_steady(one, other, basis)
            found[i, j] = PartialFigures(partial, basis.shape[1])
    return {(x.columns[i], y.columns[j]): found[i, j] for i, j in sorted(found)}


def _basis(design: FloatArray) -> FloatArray:
    """Return the basis of what varies; too few teams are refused anyhow."""
    columns = list(design.T) if len(design) >= FEWEST_TEAMS else []
    return basis_of(columns, len(design))
