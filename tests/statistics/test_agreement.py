from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics import agreement
from survey.statistics.agreement import Level
from survey.statistics.rollups import ItemMoments, Moments

Reference = Callable[[str], pd.DataFrame]

# Shrout & Fleiss 1979: six targets, four judges.
TARGETS = np.repeat(range(6), 4)
RATINGS = [9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7]

ROWS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=40
)


def simulated(rng: np.random.Generator, *, icc: float, people: int = 30) -> pd.DataFrame:
    teams = np.repeat(range(25), people)
    climate = rng.normal(0, np.sqrt(icc), 25)[teams]
    trait = climate + rng.normal(0, np.sqrt(1 - icc), teams.size)
    raw = 3 + trait[:, None] * 0.5 + rng.normal(0, 0.4, (teams.size, 3))
    answers = np.clip(np.round(raw), 1, 5)
    return pd.DataFrame(answers, columns=["a", "b", "c"]).assign(team=teams)


class TestIntraclass:
    def test_agrees_with_the_published_example(self) -> None:
        found = agreement.intraclass(RATINGS, TARGETS)

        assert found.icc1 == pytest.approx(0.1657, abs=5e-4)
        assert (found.ms_between, found.ms_within) == pytest.approx((11.24, 6.26), abs=5e-3)

    def test_agrees_with_r(self, reference: Reference) -> None:
        data = reference("bh1996")
        hours = agreement.intraclass(data.HRS, data.GRP, group_size="mean")
        assert hours.ms_between == pytest.approx(55.81148564767, abs=1e-8)
        assert hours.ms_within == pytest.approx(4.48315830319, abs=1e-8)
        assert hours.icc1 == pytest.approx(0.133106679086, abs=1e-8)
        assert hours.icc2 == pytest.approx(0.919673195379, abs=1e-8)
        assert hours.group_size == pytest.approx(74.5656565656565)
        lead = agreement.intraclass(data.LEAD, data.GRP, group_size="mean")
        assert (lead.icc1, lead.icc2) == pytest.approx((0.127027550031, 0.915612969348), abs=1e-8)

    @pytest.mark.parametrize(("name", "icc1"), [("HRS", 0.133498054823), ("LEAD", 0.127403678155)])
    def test_agrees_with_r_for_n0(self, reference: Reference, name: str, icc1: float) -> None:
        data = reference("bh1996")
        found = agreement.intraclass(data[name], data.GRP)
        assert found.icc1 == pytest.approx(icc1, abs=1e-8)
        assert found.group_size == pytest.approx(74.3134873023, abs=1e-8)

    def test_agrees_with_other_published_data(self, reference: Reference) -> None:
        wine = reference("pg_icc")
        found = agreement.intraclass(wine.Scores, wine.Wine)
        assert (found.icc1, found.icc2) == pytest.approx((0.727521, 0.914384), abs=1e-6)
        lead = reference("lq2002_lead")
        scores = lead.filter(regex=r"LEAD\d\d").mean(axis=1)
        found = agreement.intraclass(scores, lead.COMPID, group_size="mean")
        assert (found.icc1, found.icc2) == pytest.approx((0.0879562185, 0.8007543730), abs=1e-8)

    @given(ROWS, st.sampled_from(["n0", "mean"]))
    def test_is_the_same_from_moments(
        self, rows: list[tuple[int, ...]], size: agreement.GroupSize
    ) -> None:
        frame = pd.DataFrame(rows, columns=["team", "a", "b"])
        moments = [Moments.of(one) for _, one in frame.groupby("team").a]

        raw = agreement.intraclass(frame.a, frame.team, group_size=size)
        summed = agreement.intraclass_from_moments([*moments, Moments()], group_size=size)

        for name in ("icc1", "icc2", "ms_between", "ms_within", "p_value", "group_size"):
            assert getattr(summed, name) == pytest.approx(getattr(raw, name), abs=1e-9), name
        assert (summed.n_groups, summed.n_people) == (raw.n_groups, raw.n_people)

    @given(ROWS, st.floats(-50, 50), st.floats(0.1, 10))
    def test_does_not_depend_on_unit_or_order(
        self, rows: list[tuple[int, ...]], shift: float, unit: float
    ) -> None:
        frame = pd.DataFrame(rows, columns=["team", "a", "b"])

        plain = agreement.intraclass(frame.a, frame.team)
        changed = agreement.intraclass(frame.a[::-1] * unit + shift, frame.team[::-1])

        assert changed.icc1 == pytest.approx(plain.icc1, abs=1e-8)

    @pytest.mark.parametrize(
        ("values", "groups"),
        [
            ([], []),
            ([1.0], ["a"]),
            ([1.0, 2.0, 3.0], ["a", "a", "a"]),
            ([1.0, 2.0], ["a", "b"]),
            ([0.1, 0.1, 0.1, 0.1], ["a", "a", "b", "b"]),
            ([None, np.inf, 1e300, 2.0], ["a", "a", "b", "b"]),
            ([1.0, 2.0, 3.0, 4.0], [None, None, "a", "a"]),
        ],
    )
    def test_claims_nothing_without_teams_or_spread(
        self, values: list[float | None], groups: list[str | None]
    ) -> None:
        found = agreement.intraclass(values, groups)

        assert (found.icc1, found.icc2, found.f, found.p_value) == (None, None, None, None)
        assert found.reason

    def test_has_no_bound_for_teams_of_one_mind(self) -> None:
        found = agreement.intraclass([1.0, 1.0, 2.0, 2.0], ["a", "a", "b", "b"])

        assert (found.icc1, found.icc2, found.f, found.p_value) == (1.0, 1.0, None, 0.0)
        assert "alike" in found.reason

    def test_has_no_icc2_for_equal_team_means(self) -> None:
        found = agreement.intraclass([1.0, 3.0, 1.0, 3.0], ["a", "a", "b", "b"])

        assert found.icc1 == pytest.approx(-1.0)
        assert found.icc2 is None
        assert found.reason


class TestTeamReliability:
    @pytest.mark.parametrize(
        ("icc1", "n", "expected"),
        [(0.12, 8, 0.5217), (0.05, 50, 0.7246), (-0.1, 8, 0.0), (0.3, 1, 0.3), (1.4, 3, 1.0)],
    )
    def test_grows_with_people(self, icc1: float, n: int, expected: float) -> None:
        assert agreement.team_reliability(icc1, n) == pytest.approx(expected, abs=5e-5)

    @pytest.mark.parametrize(("icc1", "n"), [(None, 5), (0.2, 0), (float("nan"), 5)])
    def test_knows_nothing_without_people(self, icc1: float | None, n: int) -> None:
        assert agreement.team_reliability(icc1, n) is None


class TestRwgJ:
    def test_agrees_with_r(self, reference: Reference) -> None:
        lead = reference("lq2002_lead")
        found = agreement.rwg_j(lead.filter(regex=r"LEAD\d\d"), lead.COMPID, n_options=5)
        assert found[2] == pytest.approx(0.8075272584, abs=1e-8)
        assert found[3] == pytest.approx(0.8959383151, abs=1e-8)
        assert found.mean() == pytest.approx(0.867784900004, abs=1e-8)
        assert found.median() == pytest.approx(0.870107663078, abs=1e-8)
        assert (found >= 0.70).sum() == len(found) == 49

    def test_follows_the_formula(self) -> None:
        items = pd.DataFrame({"a": [4, 5, 4, 1, 5], "b": [4, 4, 5, 5, 1]})
        x = (1 / 3 + 1 / 3) / 2 / 2

        found = agreement.rwg_j(items, ["p", "p", "p", "q", "q"], n_options=5)

        assert found["p"] == pytest.approx(2 * (1 - x) / (2 * (1 - x) + x))
        assert found["q"] == 0.0

    def test_flatters_less_with_the_skewed_null(self) -> None:
        items = pd.DataFrame({"a": [4, 5, 3, 4]})
        groups = ["p"] * 4

        skewed = agreement.rwg_j(items, groups, n_options=5, null="slight_skew")

        assert skewed["p"] == pytest.approx(1 - (2 / 3) / 1.34)
        assert skewed["p"] < agreement.rwg_j(items, groups, n_options=5)["p"]

    def test_leaves_out_teams_of_one(self) -> None:
        items = pd.DataFrame({"a": [4, 5, 3], "b": [1, 1, None]})

        assert agreement.rwg_j(items, ["p", "q", "q"], n_options=5).empty

    @pytest.mark.parametrize("items", [pd.DataFrame(), pd.DataFrame({"a": [None]})])
    def test_knows_nothing_of_nobody(self, items: pd.DataFrame) -> None:
        assert agreement.rwg_j(items, ["p"] * len(items), n_options=5).empty
        assert agreement.rwg_from_moments({}, n_options=5).empty

    @given(ROWS)
    def test_is_the_same_from_moments(self, rows: list[tuple[int, ...]]) -> None:
        frame = pd.DataFrame(rows, columns=["team", "a", "b"])
        items = {team: ItemMoments.of(one[["a", "b"]]) for team, one in frame.groupby("team")}

        raw = agreement.rwg_j(frame[["a", "b"]], frame.team, n_options=5)
        summed = agreement.rwg_from_moments(items, n_options=5)

        assert summed.to_dict() == pytest.approx(raw.to_dict(), abs=1e-9)

    @pytest.mark.parametrize(("n_options", "null"), [(7, "slight_skew"), (1, "uniform")])
    def test_refuses_a_null_it_does_not_know(self, n_options: int, null: agreement.Null) -> None:
        with pytest.raises(ValueError, match="options"):
            agreement.rwg_j(pd.DataFrame({"a": [1]}), ["p"], n_options=n_options, null=null)


class TestLevel:
    @pytest.mark.parametrize("level", Level)
    def test_is_stored_by_its_name(self, level: Level) -> None:
        assert level.value == level.name


class TestGate:
    @pytest.mark.parametrize(
        ("icc", "people", "level"),
        [(0.15, 30, Level.GREEN), (0.08, 12, Level.AMBER), (0.0, 30, Level.RED)],
    )
    def test_tells_teams_apart(
        self, rng: np.random.Generator, icc: float, people: int, level: Level
    ) -> None:
        data = simulated(rng, icc=icc, people=people)

        found = agreement.gate(data[["a", "b", "c"]], data.team, n_options=5)

        assert found.level is level
        assert bool(found.reasons) == (level is not Level.GREEN)

    def test_is_amber_where_teams_disagree_inside(self, rng: np.random.Generator) -> None:
        teams = np.repeat(range(10), 60)
        scores = np.where(rng.random(600) < 0.15 + 0.07 * teams, 5.0, 1.0)

        found = agreement.gate(scores, teams, n_options=5)

        assert found.level is Level.AMBER
        assert found.median_reliability > 0.70
        assert "agree with each other only" in found.reasons[0]

    def test_is_amber_where_agreement_is_not_known(self) -> None:
        scores = {team: Moments.of([team, team + 0.1, team + 0.2]) for team in range(9)}

        found = agreement.gate_from_moments(scores, {}, n_options=5)

        assert found.level is Level.AMBER
        assert found.reasons == ("How far people in the same team agree is not known.",)

    def test_marks_a_divided_team_of_ten(self) -> None:
        torn, whole = [1.0, 5.0] * 5, [4.0, 4.0, 5.0, 4.0] * 3
        scores = torn + whole + torn[:8]
        teams = ["torn"] * 10 + ["whole"] * 12 + ["small"] * 8

        assert agreement.gate(scores, teams, n_options=5).divided == ("torn",)

    def test_is_the_same_from_moments(self, rng: np.random.Generator) -> None:
        data = simulated(rng, icc=0.1)
        items = data[["a", "b", "c"]]
        by_team = items.groupby(data.team)

        raw = agreement.gate(items, data.team, n_options=5)
        summed = agreement.gate_from_moments(
            {team: Moments.of(one.mean(axis=1)) for team, one in by_team},
            {team: ItemMoments.of(one) for team, one in by_team},
            n_options=5,
        )

        assert summed.level is raw.level
        assert summed.median_reliability == pytest.approx(raw.median_reliability, abs=1e-9)
        assert summed.median_rwg == pytest.approx(raw.median_rwg, abs=1e-9)

    def test_finds_the_teams_by_index(self, rng: np.random.Generator) -> None:
        data = simulated(rng, icc=0.15)
        items = data[["a", "b", "c"]]

        shuffled = agreement.gate(items, data.team.sample(frac=1, random_state=1), n_options=5)

        assert shuffled == agreement.gate(items, data.team, n_options=5)

    @pytest.mark.parametrize(("values", "groups"), [([], []), ([1.0], ["a"]), ([2.0] * 4, "aabb")])
    def test_judges_nothing_without_teams_or_spread(self, values: list[float], groups: str) -> None:
        found = agreement.gate(values, list(groups), n_options=5)

        assert found.level is None
        assert found.reasons == ()
        assert found.reason
