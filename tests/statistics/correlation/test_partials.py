"""Partial correlations of all pairs at once."""

import numpy as np
import pandas as pd
import pytest

from survey.statistics.correlation import partial, partial_pairs

RNG = np.random.default_rng(4)
N = 40
X = pd.DataFrame(RNG.normal(size=(N, 3)), columns=["a", "b", "c"])
Y = pd.DataFrame(RNG.normal(size=(N, 2)), columns=["p", "q"]) + X[["a", "b"]].to_numpy()
COVARIATES = pd.DataFrame({"size": RNG.normal(size=N), "region": ["n", "s", "w", "w"] * 10})


class TestPartialPairs:
    def test_equals_the_single_pairs(self) -> None:
        x, y = X.copy(), Y.copy()
        x.loc[:3, "a"] = np.nan
        y.loc[5:6, "q"] = np.nan
        found = partial_pairs(x, y, COVARIATES)
        assert list(found) == [(one, other) for one in x for other in y]
        for (one, other), figures in found.items():
            expected = partial(x[one], y[other], COVARIATES)
            assert figures.found == expected
            assert figures.n_covariates == 3

    def test_leaves_out_teams_that_lack_a_covariate(self) -> None:
        gaps = COVARIATES.copy()
        gaps.loc[:4, "size"] = np.nan
        figures = partial_pairs(X, Y, gaps)["a", "p"]
        assert figures.found == partial(X["a"], Y["p"], gaps)
        assert figures.found.n_teams == N - 5

    @pytest.mark.parametrize("size", [np.inf, -np.inf, 1e60])
    def test_leaves_out_teams_whose_covariate_is_absurd(self, size: float) -> None:
        absurd = COVARIATES.copy()
        absurd.loc[:1, "size"] = size
        figures = partial_pairs(X, Y, absurd)["a", "p"]
        assert figures.found == partial(X["a"], Y["p"], absurd)
        assert (figures.found.n_teams, figures.n_covariates) == (N - 2, 3)

    def test_holds_numbers_steady_whatever_their_column_is_called(self) -> None:
        objects = COVARIATES.astype({"size": object})
        figures = partial_pairs(X, Y, objects)["a", "p"]
        assert figures == partial_pairs(X, Y, COVARIATES)["a", "p"]

    def test_counts_only_covariates_that_vary(self) -> None:
        same = COVARIATES.assign(region="n", twice=2 * COVARIATES["size"])
        assert partial_pairs(X, Y, same)["a", "p"].n_covariates == 1
        assert partial_pairs(X, Y, same[["region"]])["a", "p"].n_covariates == 0

    @pytest.mark.parametrize("n_teams", [0, 1, 2])
    def test_refuses_too_few_teams(self, n_teams: int) -> None:
        some = slice(0, n_teams)
        figures = partial_pairs(X.iloc[some], Y.iloc[some], COVARIATES.iloc[some])["a", "p"]
        assert figures.found.r is None
        assert figures.found.reason == "fewer than three teams"
        assert figures.n_covariates == 0

    def test_refuses_rows_that_do_not_belong_together(self) -> None:
        with pytest.raises(ValueError, match="same teams"):
            partial_pairs(X, Y, COVARIATES.iloc[::-1])
