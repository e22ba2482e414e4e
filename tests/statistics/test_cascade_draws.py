from math import atanh

import numpy as np
import pytest

from survey.statistics.cascade_draws import draw_teams, rewire, standard_error
from survey.statistics.cascade_pairs import Pairs, pair_up, read_figures
from survey.statistics.correlation import pearson
from tests.statistics.plain_cascade import Row, bound, correlate
from tests.statistics.simulations.cascades import draw_cascade


def make_pairs(
    rng: np.random.Generator, effect: float = 0.5, n_waves: int = 3
) -> tuple[Pairs, ...]:
    return pair_up(read_figures(*draw_cascade(rng, effect, n_teams=14, n_waves=n_waves), None))


def rows_of(pairs: Pairs) -> list[Row]:
    return [
        Row(wave, tuple(pairs.ends[cell]), pairs.x[cell, wave], pairs.y[cell, wave])
        for cell, wave in zip(*np.nonzero(np.isfinite(pairs.x)), strict=True)
    ]


class TestStandardError:
    @pytest.mark.parametrize("link", [0, 1, 2])
    def test_is_that_of_plain_loops(self, rng: np.random.Generator, link: int) -> None:
        rows = rows_of(pairs := make_pairs(rng)[link])
        r = correlate(rows)

        low, high = bound(rows)

        assert 2 * 1.959964 * standard_error(pairs, r) == pytest.approx(atanh(high) - atanh(low))

    def test_adds_both_directions_between_two_teams_together(
        self, rng: np.random.Generator
    ) -> None:
        one_way = make_pairs(rng)[0]
        both = Pairs(
            "",
            np.vstack([one_way.x, one_way.x]),
            np.vstack([one_way.y, one_way.y]),
            np.vstack([one_way.ends, one_way.ends[:, ::-1]]),
        )
        r = correlate(rows_of(both))

        low, high = bound(rows_of(both))

        assert 2 * 1.959964 * standard_error(both, r) == pytest.approx(atanh(high) - atanh(low))

    def test_is_that_of_fisher_for_one_wave_of_teams(self, rng: np.random.Generator) -> None:
        pairs = make_pairs(rng, n_waves=1)[2]

        assert standard_error(pairs, 0.3) == pytest.approx(1 / np.sqrt(14 - 3))

    def test_is_nothing_where_one_figure_is_the_other(self, rng: np.random.Generator) -> None:
        assert standard_error(make_pairs(rng)[0], 1.0) == 0


class TestDrawTeams:
    def test_draws_about_the_correlations(self, rng: np.random.Generator) -> None:
        pairs = make_pairs(rng, n_waves=1)
        drawn = draw_teams(pairs, replicates=600, rng=rng)

        assert drawn.shape == (600, 3)
        for own, one in zip(drawn.T, pairs, strict=True):
            r = pearson(one.x.ravel(), one.y.ravel()).r
            assert np.nanmean(own) == pytest.approx(r, abs=0.1)

    def test_cannot_draw_what_hangs_on_one_team(self) -> None:
        ends = np.arange(10)[:, None]
        only = np.eye(10)[0][:, None]

        drawn = draw_teams(
            [Pairs("", only, only, ends)], replicates=500, rng=np.random.default_rng(1)
        )

        assert np.isnan(drawn).mean() == pytest.approx((1 - 1 / 10) ** 10, abs=0.06)


class TestRewire:
    def test_finds_a_wiring_that_matters(self, rng: np.random.Generator) -> None:
        pairs = make_pairs(rng, 0.7)[1]

        assert rewire(pairs, replicates=199, rng=rng) == pytest.approx(0.005)

    def test_finds_nothing_in_a_wiring_by_chance(self, rng: np.random.Generator) -> None:
        pairs = make_pairs(rng, 0.7)[1]
        p_values = [
            rewire(pairs._replace(y=rng.permutation(pairs.y)), replicates=99, rng=rng)
            for _ in range(40)
        ]

        assert np.mean(p_values) == pytest.approx(0.5, abs=0.15)

    def test_counts_mixed_wirings_as_plain_loops_do(self, rng: np.random.Generator) -> None:
        pairs = make_pairs(rng, 0.25)[1]
        x, y = (np.nan_to_num(one) for one in (pairs.x, pairs.y))
        real, n_as_strong = studentise(x, y, pairs.ends, range(len(x))), 0
        for _ in range(400):
            order = rng.permutation(len(x))
            n_as_strong += abs(studentise(x, y, pairs.ends, order)) >= abs(real)

        found = rewire(pairs, replicates=1000, rng=rng)

        assert found == pytest.approx(n_as_strong / 400, abs=0.08)


def studentise(x: np.ndarray, y: np.ndarray, ends: np.ndarray, order: object) -> float:
    """Add the products up, arrow by arrow, over the root of what arrows that share an end give."""
    own = [(ends[k, 0], ends[j, 1], float(x[k] @ y[j])) for j, k in enumerate(order)]
    serving = sum(a[2] * b[2] for a in own for b in own if a[0] == b[0])
    served = sum(a[2] * b[2] for a in own for b in own if a[1] == b[1])
    once = sum(a[2] ** 2 for a in own)
    return sum(a[2] for a in own) / np.sqrt(max(serving, served, serving + served - once))
