"""What must not change a figure: order, names of teams, units, kinds of columns, and rollups."""

from collections.abc import Callable
from dataclasses import astuple, is_dataclass
from functools import reduce
from operator import add
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
    mixed,
    regression,
    reliability,
    rollups,
    scales,
    shrinkage,
    teams,
)

Frame = pd.DataFrame
ITEMS = ["x", "y", "z"]
SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])


def answers(seed: int, *, gaps: float = 0.0) -> Frame:
    """Draw answers of uneven teams, linked one way between teams and the other way inside."""
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(12), rng.integers(1, 9, 12))
    between, inside = rng.normal(size=12)[team], rng.normal(size=team.size)
    if seed % 3 == 0:
        between = 0 * between - pd.Series(inside).groupby(team).transform("mean").to_numpy()
    drawn = {"x": between + inside, "y": between - inside, "z": rng.normal(size=team.size)}
    frame = pd.DataFrame({name: np.clip(np.round(3 + one), 1, 5) for name, one in drawn.items()})
    return frame.mask(rng.random(frame.shape) < gaps).assign(team=team)


def by_size(table: Any) -> np.ndarray:
    """Put the rows of a table, or the values of a Series, in an order of their own."""
    rows = pd.DataFrame(table).astype(float).round(9)
    return rows.sort_values(list(rows.columns)).to_numpy()


# Figures that depend neither on the order of people and teams nor on the unit of the answers.
PURE: dict[str, Callable[[Frame], Any]] = {
    "alpha": lambda d: reliability.cronbach_alpha(d[ITEMS]),
    "omega": lambda d: reliability.mcdonald_omega(d[ITEMS]),
    "intraclass": lambda d: [
        getattr(agreement.intraclass(d.x, d.team), name)
        for name in ("icc1", "icc2", "f", "p_value", "group_size", "n_groups", "n_people")
    ],
    "waba": lambda d: decomposition.waba(d.x, d.y, d.team),
    "pearson": lambda d: correlation.pearson(d.x, d.y),
    "spearman": lambda d: correlation.spearman(d.x, d.y),
    "kendall": lambda d: correlation.kendall(d.x, d.y),
    "weighted": lambda d: correlation.pearson(d.x, d.y, weights=d.team + 1),
    "partial": lambda d: correlation.partial(d.x, d.y, d.z),
    "repeated": lambda d: correlation.repeated_measures(d, team="team", x="x", y="y"),
    "influence": lambda d: by_size(correlation.influence(d.x, d.y).drop(columns="team")),
    "lmg": lambda d: importance.lmg(d[["x", "z"]], d.y),
    "johnson": lambda d: importance.johnson(d[["x", "z"]], d.y),
    "r2": lambda d: regression.weighted(d.y, d[["x", "z"]], d.team + 1).r2,
}
# Figures in the unit of the answers, or of the scale they were given on.
IN_UNITS: dict[str, Callable[[Frame], Any]] = {
    "score": lambda d: by_size(
        scales.score(d[ITEMS], reverse=["z"], minimum=1, maximum=5).dropna()
    ),
    "favourable": lambda d: scales.favourable_share(d.x, threshold=4),
    "recommend": lambda d: scales.recommend_score(d.x * 2),
    "mean": lambda d: teams.mean(d.x, population=500),
    "rwg": lambda d: by_size(agreement.rwg_j(d[ITEMS], d.team, n_options=5)),
    "gate": lambda d: [
        getattr(agreement.gate(d[ITEMS], d.team, n_options=5), name)
        for name in ("level", "median_reliability", "median_rwg", "reasons")
    ],
    "slopes": lambda d: mixed.within_between(d.x, d.y, d.team),
    "effects": lambda d: by_size(mixed.random_intercept(d.x, d.team).effects.round(4)),
    "shrunken": lambda d: by_size(shrinkage.empirical_bayes(d.x + d.y / 7, d.z)),
}
EVERY = PURE | IN_UNITS
# Found by search, so that rounding shows.
SEARCHED = {"omega": 1e-6, "slopes": 1e-5}
# Here a team's number is a weight, not a name.
NUMBERED = {"weighted", "r2"}
# Here the answers are calculated with before, or words count as groups, as not every kind can.
ARITHMETIC = {"shrunken", "recommend", "partial"}


def numbers_of(found: Any) -> list[Any]:
    if is_dataclass(found) and not isinstance(found, type):
        return list(astuple(found))
    return list(np.asarray(found, dtype=object).ravel())


def assert_same(one: Any, other: Any, tolerance: float) -> None:
    first, second = numbers_of(one), numbers_of(other)
    assert len(first) == len(second)
    for a, b in zip(first, second, strict=True):
        assert a == b if isinstance(a, str | tuple) else a == pytest.approx(b, abs=tolerance)


class TestOrder:
    @pytest.mark.parametrize("name", EVERY)
    @FEW
    @given(seed=SEEDS)
    def test_of_people_and_teams_is_nothing(self, name: str, seed: int) -> None:
        data = answers(seed, gaps=0.1)
        shuffled = data.sample(frac=1, random_state=seed)

        assert_same(EVERY[name](shuffled), EVERY[name](data), SEARCHED.get(name, 1e-9))

    def test_of_edges_is_nothing(self) -> None:
        data = answers(1)
        names = [f"t{one}" for one in data.index]
        edges = pd.DataFrame({"provider": names, "consumer": np.roll(names, 1), "rating": data.z})
        x, y = (pd.Series(data[name].array, index=names) for name in "xy")

        one = cascade.chain(edges, x, y, replicates=20)
        other = cascade.chain(edges[::-1], x[::-1], y.sample(frac=1, random_state=1), replicates=20)

        assert [link.r for link in other.links] == pytest.approx([link.r for link in one.links])
        assert (other.n_edges, other.n_teams) == (one.n_edges, one.n_teams)


class TestNames:
    @pytest.mark.parametrize("name", sorted(set(EVERY) - NUMBERED))
    @pytest.mark.parametrize(
        "kind", ["float64", "Int64", "string", "category", "object", "far", "words", "pairs"]
    )
    def test_of_teams_are_nothing(self, name: str, kind: str) -> None:
        data = answers(7, gaps=0.1)
        renamed = {
            "far": data.team * 1000 - 3,
            "words": data.team.map(lambda one: f"team {one * 7 % 13}"),
            "pairs": pd.Series([(one, -one) for one in data.team], index=data.index),
        }

        found = EVERY[name](
            data.assign(team=renamed[kind] if kind in renamed else data.team.astype(kind))
        )

        assert_same(found, EVERY[name](data), 1e-9)

    @pytest.mark.parametrize("labels", [list, np.array, pd.Index, pd.Categorical, pd.Series])
    def test_may_come_in_any_kind_of_row(self, labels: Callable[[pd.Series], Any]) -> None:
        data = answers(7)
        teams_of_all = labels(data.team)

        found = agreement.intraclass(data.x.to_numpy(), teams_of_all)

        assert found == agreement.intraclass(data.x, data.team)
        assert decomposition.waba(data.x, data.y, teams_of_all) == decomposition.waba(
            data.x, data.y, data.team
        )


class TestUnits:
    @pytest.mark.parametrize("name", PURE)
    @FEW
    @given(seed=SEEDS, shift=st.floats(-100, 100), unit=st.floats(0.01, 100))
    def test_are_nothing(self, name: str, seed: int, shift: float, unit: float) -> None:
        data = answers(seed)
        changed = data.assign(**{item: np.round(data[item] * unit, 9) + shift for item in ITEMS})

        assert_same(PURE[name](changed), PURE[name](data), 1e-5)

    @FEW
    @given(seed=SEEDS, shift=st.floats(-100, 100), unit=st.floats(0.01, 100))
    def test_carry_over_to_figures_that_have_one(
        self, seed: int, shift: float, unit: float
    ) -> None:
        data = answers(seed)
        changed = data.x * unit + shift

        plain, moved = teams.mean(data.x), teams.mean(changed)
        level, moved_level = (mixed.random_intercept(one, data.team) for one in (data.x, changed))

        assert moved.mean == pytest.approx(plain.mean * unit + shift)
        assert moved.se == pytest.approx(plain.se * unit)
        assert moved_level.mu == pytest.approx(level.mu * unit + shift, rel=1e-5, abs=1e-4)
        assert moved_level.sigma2 == pytest.approx(level.sigma2 * unit**2, rel=1e-4)


class TestKindsOfColumns:
    @pytest.mark.parametrize("name", sorted(set(EVERY) - ARITHMETIC))
    @pytest.mark.parametrize(
        "kind", ["int64", "uint8", "float32", "Int64", "Float64", "object", "category", "string"]
    )
    def test_are_nothing(self, name: str, kind: str) -> None:
        data = answers(5)
        changed = data.assign(**{item: data[item].astype("int64").astype(kind) for item in ITEMS})

        assert_same(EVERY[name](changed), EVERY[name](data), 1e-9)

    @pytest.mark.parametrize("name", EVERY)
    @pytest.mark.parametrize("index", [[0] * 60, range(60, 0, -1), [f"p{i}" for i in range(60)]])
    def test_may_have_any_index(self, name: str, index: list[Any]) -> None:
        data = answers(5)
        indexed = data.set_axis(pd.Index(list(index)[: len(data)]))

        assert_same(EVERY[name](indexed), EVERY[name](data), 1e-9)

    @pytest.mark.parametrize("name", sorted(set(PURE) | {"mean", "rwg", "slopes", "effects"}))
    @pytest.mark.parametrize("gap", [None, pd.NA, np.inf, -np.inf, 1e300, 10**400, "can't say"])
    def test_may_say_in_any_way_that_an_answer_is_missing(self, name: str, gap: Any) -> None:
        data = answers(8)
        missing = np.arange(len(data)) % 7 == 3
        gappy = data.astype({"x": object})
        gappy.loc[missing, "x"] = gap

        assert_same(EVERY[name](gappy), EVERY[name](data[~missing]), 1e-9)


class TestRollups:
    @FEW
    @given(seed=SEEDS)
    def test_give_the_figures_of_the_raw_answers(self, seed: int) -> None:
        data = answers(seed, gaps=0.15)
        data["score"] = scales.score(data[ITEMS], minimum=1, maximum=5)
        scored = {team: rollups.Moments.of(one) for team, one in data.groupby("team").score}
        items = {team: rollups.ItemMoments.of(one[ITEMS]) for team, one in data.groupby("team")}

        together = reduce(add, scored.values())
        gates = (
            agreement.gate(data[ITEMS], data.team, n_options=5),
            agreement.gate_from_moments(scored, items, n_options=5),
        )

        assert_same(teams.mean_from_moments(together), teams.mean(data.score), 1e-9)
        assert_same(
            reliability.alpha_from_moments(reduce(add, items.values())),
            reliability.cronbach_alpha(data[ITEMS]),
            1e-9,
        )
        assert reliability.omega_from_moments(reduce(add, items.values())) == pytest.approx(
            reliability.mcdonald_omega(data[ITEMS]), abs=1e-6
        )
        assert_same(
            agreement.intraclass_from_moments(scored.values()),
            agreement.intraclass(data.score, data.team),
            1e-9,
        )
        assert gates[0].level is gates[1].level
        assert gates[0].divided == gates[1].divided
        assert gates[0].median_rwg == pytest.approx(gates[1].median_rwg, abs=1e-9)
        assert gates[0].median_reliability == pytest.approx(gates[1].median_reliability, abs=1e-9)

    @given(st.lists(st.integers(0, 10), max_size=40))
    def test_give_the_recommend_score_from_counts_of_each_answer(self, given: list[int]) -> None:
        counts = np.bincount(given, minlength=11)

        found = scales.recommend_score(np.repeat(np.arange(11), counts))

        assert found == scales.recommend_score(given)


class TestThisProof:
    def test_sees_a_difference(self) -> None:
        """Prove that the comparison can fail."""
        with pytest.raises(AssertionError):
            assert_same(PURE["pearson"](answers(1)), PURE["pearson"](answers(2)), 1e-5)
