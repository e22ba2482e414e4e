"""Whatever comes in, no function warns, fails, or hands out a number that is none."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.statistics import (
    agreement,
    cascade,
    correlation,
    decomposition,
    importance,
    lags,
    mixed,
    proportions,
    regression,
    reliability,
    resampling,
    rollups,
    scales,
    shrinkage,
    teams,
)

NUMBER = st.sampled_from(
    [None, 0.0, 1.0, 1.0, 2.0, 3.0, 5.0, -1.0, 1e-320, 1e-60, 1e-49, 1e9, 1e9 + 1e-7, 1e49,
     1e60, 1.7e308, -1.7e308, float("inf"), -float("inf"), float("nan")]
)  # fmt: skip
ROWS = st.lists(st.tuples(*[NUMBER] * 3, st.integers(0, 3), st.integers(0, 6)), max_size=45)


def frame(rows: list[tuple[float | None, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["x", "y", "z", "team", "wave"]).astype(
        {"x": float, "y": float, "z": float}
    )


def panel(data: pd.DataFrame) -> pd.DataFrame:
    """Give 21 teams seven waves of whatever numbers there are."""
    if data.empty:
        return data
    cell = np.arange(147)
    values = data[["x", "y"]].iloc[cell % len(data)].reset_index(drop=True)
    return values.assign(team=cell // 7, wave=cell % 7)


def network(data: pd.DataFrame) -> cascade.Chain:
    edges = pd.DataFrame({"provider": data.index, "consumer": data.index[::-1], "rating": data.z})
    return cascade.chain(edges, data.x, data.y, replicates=50)


FUNCTIONS: dict[str, Callable[[pd.DataFrame], Any]] = {
    "favourable_share": lambda d: scales.favourable_share(d.x, threshold=4),
    "recommend_score": lambda d: scales.recommend_score(d.x),
    "mean": lambda d: teams.mean(d.x, pooled_sd=1.0),
    "mean_alone": lambda d: teams.mean(d.x, population=30),
    "mean_from_moments": lambda d: teams.mean_from_moments(rollups.Moments.of(d.x)),
    "pooled_spread": lambda d: rollups.pooled_spread([rollups.Moments.of(d.x)]),
    "wilson": lambda d: proportions.wilson(len(d) // 2, len(d), population=len(d) + 1),
    "cronbach_alpha": lambda d: reliability.cronbach_alpha(d[["x", "y", "z"]]),
    "mcdonald_omega": lambda d: reliability.mcdonald_omega(d[["x", "y", "z"]]),
    "intraclass": lambda d: agreement.intraclass(d.x, d.team),
    "rwg_j": lambda d: agreement.rwg_j(d[["x", "y"]], d.team, n_options=5),
    "gate": lambda d: agreement.gate(d[["x", "y"]], d.team, n_options=5),
    "gate_of_scores": lambda d: agreement.gate(d.x, d.team, n_options=5),
    "pearson": lambda d: correlation.pearson(d.x, d.y),
    "pearson_weighted": lambda d: correlation.pearson(d.x, d.y, weights=d.z),
    "spearman": lambda d: correlation.spearman(d.x, d.y),
    "kendall": lambda d: correlation.kendall(d.x, d.y),
    "partial": lambda d: correlation.partial(d.x, d.y, d[["z", "team"]]),
    "partial_pairs": lambda d: tuple(
        one.found
        for one in correlation.partial_pairs(d[["x"]], d[["y", "x"]], d[["z", "team"]]).values()
    ),
    "repeated_measures": lambda d: correlation.repeated_measures(d, team="team", x="x", y="y"),
    "bootstrap": lambda d: correlation.bootstrap(d.x, d.y, replicates=50),
    "influence": lambda d: correlation.influence(d.x, d.y).drop(columns="cooks_d"),
    "all_pairs": lambda d: tuple(
        correlation.all_pairs(
            d[["x"]], d[["y", "z"]], counts=resampling.draw_counts(len(d), replicates=50)
        ).values()
    ),
    "waba": lambda d: decomposition.waba(d.x, d.y, d.team),
    "panel_var": lambda d: lags.panel_var(
        panel(d), team="team", wave="wave", x="x", y="y", replicates=50
    ),
    "profile": lambda d: lags.profile(
        panel(d), team="team", wave="wave", x="x", y="y", max_lag=2, replicates=50
    ),
    "empirical_bayes": lambda d: shrinkage.empirical_bayes(d.x, d.y),
    "empirical_bayes_dl": lambda d: shrinkage.empirical_bayes(d.x, d.y, method="dl"),
    "lmg": lambda d: importance.lmg(d[["x", "z"]], d.y),
    "johnson": lambda d: importance.johnson(d[["x", "z"]], d.y),
    "ranked": lambda d: importance.ranked(d[["x"]], d.y, replicates=20),
    "chain": network,
    "random_intercept": lambda d: mixed.random_intercept(d.x, d.team),
    "within_between": lambda d: mixed.within_between(d.x, d.y, d.team),
    "weighted": lambda d: regression.weighted(d.y, d[["x", "team"]], d.z),
}

BARE_NUMBERS = {"favourable_share", "mcdonald_omega", "rwg_j"}


def numbers_in(result: Any) -> Iterator[float]:
    """Walk through everything a result holds and yield its numbers."""
    if is_dataclass(result):
        for field in fields(result):
            yield from numbers_in(getattr(result, field.name))
    elif isinstance(result, pd.Series | pd.DataFrame | np.ndarray):
        yield from np.asarray(result, dtype=float).ravel()
    elif isinstance(result, tuple):
        for one in result:
            yield from numbers_in(one)
    elif isinstance(result, float):
        yield result


def reasons_in(result: Any) -> Iterator[str]:
    """Walk through everything a result holds and yield why numbers are missing."""
    if isinstance(result, tuple):
        for one in result:
            yield from reasons_in(one)
    elif reason := getattr(result, "attrs", {}).get("reason") or getattr(result, "reason", ""):
        yield reason


class TestEveryFunction:
    @pytest.mark.parametrize("name", FUNCTIONS)
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(rows=ROWS)
    def test_hands_out_numbers_or_none(
        self, name: str, rows: list[tuple[float | None, ...]]
    ) -> None:
        found = FUNCTIONS[name](frame(rows))

        assert np.isfinite(list(numbers_in(found))).all()

    @pytest.mark.parametrize("name", FUNCTIONS)
    @pytest.mark.parametrize("value", [None, 3.0, float("inf"), 1e308])
    @pytest.mark.parametrize("n", [0, 1, 2, 25])
    def test_takes_columns_that_never_differ(self, name: str, value: float, n: int) -> None:
        found = FUNCTIONS[name](frame([(value, value, value, i % 3, i) for i in range(n)]))

        assert np.isfinite(list(numbers_in(found))).all()

    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_has_every_number_and_no_excuse_for_ordinary_scores(
        self, name: str, rng: np.random.Generator
    ) -> None:
        data = pd.DataFrame(rng.normal(size=(153, 3)) + rng.normal(size=(153, 1)), columns=[*"xyz"])
        data[["y", "z"]] = data[["y", "z"]].abs()

        found = FUNCTIONS[name](data.assign(team=data.index % 9, wave=data.index % 7))

        assert list(reasons_in(found)) == []
        assert list(numbers_in(found))

    @pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - BARE_NUMBERS))
    @pytest.mark.parametrize("n", [0, 1, 2])
    def test_says_why_there_is_no_number(self, name: str, n: int) -> None:
        found = FUNCTIONS[name](frame([(3.0, 3.0, 3.0, 0, 0)] * n))

        assert list(reasons_in(found)) or list(numbers_in(found))

    def test_is_looked_through(self) -> None:
        """Prove that the walk finds a number that is none."""
        found = teams.Estimate(1.0, float("nan"), None, None, 3)

        assert not np.isfinite(list(numbers_in(found))).all()
