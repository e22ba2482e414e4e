import numpy as np
import pandas as pd
import pytest

from survey.statistics.lags.panel import Panel, pairs_of, read_panels
from tests.statistics.simulated import wide

KEYS = {"team": "team", "wave": "wave"}
BOTH = {"xs": ["x", "v"], "ys": ["y", "w"]}


@pytest.fixture
def data(rng: np.random.Generator) -> pd.DataFrame:
    return wide(rng, 12, 4)


def read_pair(data: pd.DataFrame) -> Panel:
    (found,) = read_panels(data, **KEYS, xs=["x"], ys=["y"])
    return found


class TestPairsOf:
    def test_lists_each_once(self) -> None:
        assert pairs_of(["a", "b", "a"], ["c"]) == [("a", "c"), ("b", "c")]


class TestReadPanels:
    def test_puts_pairs_with_the_same_teams_together(self, data: pd.DataFrame) -> None:
        data.loc[5, "w"] = np.nan

        full, short = read_panels(data, **KEYS, **BOTH)

        assert full.left_out == {("x", "y"): 0, ("v", "y"): 0}
        assert short.left_out == {("x", "w"): 1, ("v", "w"): 1}
        assert full.members.tolist() == list(range(12))
        assert short.members.tolist() == [0, *range(2, 12)]
        assert (short.n_teams, short.n_waves, short.n_all) == (11, 4, 12)
        assert short.column == {"x": 0, "w": 1, "v": 2}

    def test_lets_a_wave_count_that_any_team_has(self, data: pd.DataFrame) -> None:
        data.loc[(data.wave == 2) & (data.team > 0), "x"] = np.nan

        found = read_pair(data)

        assert (found.n_teams, found.n_waves, found.left_out) == (1, 4, {("x", "y"): 11})
        assert read_pair(data[data.team > 0]).waves.tolist() == [0, 1, 3]

    def test_lets_no_team_count_that_never_has_both(self, data: pd.DataFrame) -> None:
        found = read_pair(data.assign(x=np.nan))

        assert (found.n_teams, found.n_waves, found.left_out) == (0, 0, {("x", "y"): 0})

    def test_takes_waves_and_own_size_out(self, data: pd.DataFrame) -> None:
        found = read_pair(data).figures

        assert found.mean(axis=1) == pytest.approx(np.zeros((2, 4)), abs=1e-12)
        inside = found - found.mean(axis=2, keepdims=True)
        assert (inside**2).mean(axis=(1, 2)) == pytest.approx([1, 1])

    def test_makes_no_change_out_of_rounding(self, data: pd.DataFrame) -> None:
        found = read_pair(data.assign(x=4.1)).figures[0]

        assert (np.ptp(found, axis=1) == 0).all()

    @pytest.mark.parametrize("name", ["{}", "unit {}", "{:03}"])
    def test_does_not_mind_the_order_of_rows(self, data: pd.DataFrame, name: str) -> None:
        named = data.assign(team=[name.format(team) for team in data.team])
        shuffled = named.sample(frac=1, random_state=3)

        plain, again = (read_pair(one) for one in (named, shuffled))

        assert (plain.figures == again.figures).all()

    def test_takes_any_labels_for_teams(self, data: pd.DataFrame) -> None:
        labels = [("north", 1), 7, "7", 2.5, frozenset([1, 2]), *range(20, 27)]

        found = read_pair(data.assign(team=[labels[team] for team in data.team]))

        assert found.n_teams == 12

    def test_passes_over_rows_without_team_or_wave_or_figures(self, data: pd.DataFrame) -> None:
        empty = pd.DataFrame(
            {"team": [None, 3, 3, 99], "wave": [1, None, 2, 1], "x": [1, 1, None, None],
             "y": [1, 1, None, None]}
        )  # fmt: skip

        found = read_pair(pd.concat([data, empty.astype({"x": float, "y": float})]))

        assert (found.figures == read_pair(data).figures).all()

    def test_refuses_a_team_and_wave_given_twice(self, data: pd.DataFrame) -> None:
        with pytest.raises(ValueError, match="given twice"):
            read_panels(pd.concat([data, data[:1]]), **KEYS, **BOTH)

    def test_reads_nothing_from_nothing(self, data: pd.DataFrame) -> None:
        found = read_pair(data[:0])

        assert (found.n_teams, found.n_waves, found.n_all, found.left_out) == (
            0, 0, 0, {("x", "y"): 0},
        )  # fmt: skip
        assert read_panels(data, **KEYS, xs=[], ys=["y"]) == []
