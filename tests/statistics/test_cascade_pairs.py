import numpy as np
import pandas as pd
import pytest

from survey.statistics.cascade_pairs import pair_up, read_figures

WAVES = [2, 5]
EDGES = pd.DataFrame(
    {
        "provider": ["a", "a", "b", "b", "c", None, "a"],
        "consumer": ["b", "b", "c", "c", "c", "a", "b"],
        "wave": [2, 5, 2, 2, 2, 2, 2],
        "rating": [1.0, 4.0, 2.0, 6.0, 9.0, 9.0, 3.0],
    }
)


def over_waves(**figures: list[float | None]) -> pd.Series:
    """Index the figures of each team by team and wave."""
    rows = {
        (team, wave): value
        for team, one in figures.items()
        for wave, value in zip(WAVES, one, strict=True)
    }
    return pd.Series(list(rows.values()), pd.MultiIndex.from_tuples(rows), dtype=float)


EX = over_waves(a=[1, 3], b=[2, 8], c=[6, 4], d=[5, None])
CX = over_waves(a=[1, None], b=[3, 7], d=[2, 5])


class TestReadFigures:
    def test_reads_each_arrow_once_a_wave_and_no_team_about_itself(self) -> None:
        found = read_figures(EDGES, EX, CX, None)

        assert found.ends.tolist() == [[0, 1], [1, 2]]
        np.testing.assert_array_equal(found.rating, [[2, 4], [4, np.nan]])

    def test_gives_each_wave_the_next_feelings(self) -> None:
        found = read_figures(EDGES, EX, CX, None)

        np.testing.assert_array_equal(found.after[:3, 0], [3, 8, 4])
        assert np.isnan(found.after[:, 1]).all()
        assert not found.is_same_wave

    def test_leaps_over_a_wave_in_which_nobody_was_asked(self) -> None:
        between = EDGES.assign(wave=EDGES.wave.replace({5: 3}))

        found = read_figures(between, EX, CX, None)

        np.testing.assert_array_equal(found.after[:2, :2], [[3, 3], [8, 8]])

    def test_takes_the_same_wave_where_none_is_later(self) -> None:
        found = read_figures(EDGES[EDGES.wave == 5], EX, CX, None)

        assert found.is_same_wave
        np.testing.assert_array_equal(found.after, found.inside)

    def test_takes_what_it_is_told_of_later_feelings(self) -> None:
        flat = pd.Series({"a": 1.0, "b": 2.0, "c": 3.0})

        found = read_figures(EDGES[["provider", "consumer", "rating"]], flat, flat, flat * 2)

        np.testing.assert_array_equal(found.after[:, 0], [2, 4, 6])
        assert not found.is_same_wave

    @pytest.mark.parametrize("place", [0, 1])
    def test_refuses_a_figure_given_twice(self, place: int) -> None:
        sides = [EX, CX]
        sides[place] = pd.concat([sides[place]] * 2)

        with pytest.raises(ValueError, match="given twice"):
            read_figures(EDGES, *sides, None)


class TestPairUp:
    def test_puts_side_by_side_what_each_link_correlates(self) -> None:
        first, second, third = pair_up(read_figures(EDGES, EX, CX, None))

        assert [one.name for one in (first, second, third)] == [
            "staff_to_service", "service_to_staff", "staff_to_customers",
        ]  # fmt: skip
        np.testing.assert_allclose(first.x[:, 0] * 0.5, [-0.5, 0.5])  # 1 and 2 about 1.5
        np.testing.assert_allclose(second.x[:, 0], [-1, 1])  # 2 and 4 about 3
        np.testing.assert_allclose(second.y[:, 0], [1, -1])  # 8 and 4 about 6
        assert third.ends.ravel().tolist() == [0, 1, 3]
        assert (third.n, third.n_cells, third.n_waves, third.n_teams) == (4, 3, 2, 3)
        assert (first.n, first.n_cells, first.n_waves, first.n_teams) == (3, 2, 2, 3)
        assert second.n_each == (2, 2)

    def test_takes_the_mean_of_each_wave_out(self) -> None:
        *_, third = pair_up(read_figures(EDGES, EX, CX, None))

        np.testing.assert_allclose(np.nansum(third.y, axis=0), 0, atol=1e-12)
        assert np.nanmax(np.abs(third.y)) == 1

    def test_knows_what_never_differs_within_a_wave(self) -> None:
        level = pd.Series(EX.index.get_level_values(1) * 1.0, EX.index)

        first, second, third = pair_up(read_figures(EDGES, level, CX, None))

        assert all(one.is_constant for one in (first, second, third))
        assert not any(one.is_constant for one in pair_up(read_figures(EDGES, EX, CX, None)))
