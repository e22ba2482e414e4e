"""Chains over several waves: what `cascade.chain` makes of a column wave."""

import numpy as np
import pandas as pd
import pytest

from survey.statistics.cascade import Chain, chain
from tests.statistics.plain_cascade import bound, correlate, list_rows
from tests.statistics.simulations.cascades import draw_cascade
from tests.statistics.test_cascade import assert_claims_nothing

NAMES = {at: f"team {at * 7 % 30:02}" for at in range(30)}


def assert_alike(one: Chain, other: Chain) -> None:
    """Compare all that no draw goes into."""
    for first, second in zip(one.links, other.links, strict=True):
        assert (first.r, first.low, first.high) == pytest.approx(
            (second.r, second.low, second.high), abs=1e-9
        )
        assert (first.n, first.n_teams) == (second.n, second.n_teams)
    assert one.product == pytest.approx(other.product)
    assert one.supported == other.supported


class TestChainOverWaves:
    @pytest.mark.parametrize("gaps", [0.0, 0.2])
    def test_has_the_links_of_plain_loops(self, rng: np.random.Generator, gaps: float) -> None:
        edges, ex, cx = draw_cascade(rng, 0.5, n_teams=16, n_waves=3)
        edges, ex, cx = (one[rng.random(len(one)) >= gaps] for one in (edges, ex, cx))

        found = chain(edges, ex, cx)

        ratings = edges[["provider", "consumer", "wave", "rating"]].itertuples(index=False)
        links = list_rows([tuple(one) for one in ratings], dict(ex), dict(cx))
        for link, rows in zip(found.links, links, strict=True):
            assert link.r == pytest.approx(correlate(rows), abs=1e-12)
            assert (link.low, link.high) == pytest.approx(bound(rows), abs=1e-12)
            assert link.n == len({row.teams for row in rows})
            assert link.n_teams == len({team for row in rows for team in row.teams})
        assert (found.n_waves, found.is_same_wave, found.reason) == (3, False, "")

    def test_takes_the_served_one_wave_later(self, rng: np.random.Generator) -> None:
        edges, ex, cx = draw_cascade(rng, 0.5)
        is_last = ex.index.get_level_values(1) == 3

        found = chain(edges, ex, cx)

        before = chain(edges[edges.wave < 3], ex, cx)
        assert before.links[1] == found.links[1]
        assert before.links[0] != found.links[0]
        assert chain(edges, ex[~is_last], cx).links[1] != found.links[1]

    def test_says_that_the_same_wave_stands_for_a_later_one(self, rng: np.random.Generator) -> None:
        edges, ex, cx = (one for one in draw_cascade(rng, 0.5, n_waves=1))

        found = chain(edges, ex, cx)

        flat = [one.droplevel(1) for one in (ex, cx)]
        assert found.is_same_wave
        assert found == chain(edges.drop(columns="wave"), *flat)
        assert not chain(edges.drop(columns="wave"), *flat, ex_after=flat[0]).is_same_wave

    def test_does_not_care_for_names_units_orders_or_the_level_of_a_wave(
        self, rng: np.random.Generator
    ) -> None:
        edges, ex, cx = draw_cascade(rng, 0.4)
        found = chain(edges, ex, cx)

        named = edges.replace({"provider": NAMES, "consumer": NAMES})
        assert_alike(chain(named, *(one.rename(NAMES, level=0) for one in (ex, cx))), found)
        assert_alike(chain(edges.assign(rating=7 * edges.rating - 3), ex / 9, cx * 100), found)
        assert_alike(chain(edges.assign(rating=edges.rating + 5 * edges.wave), ex, cx), found)
        mixed = [one.sample(frac=1, random_state=1) for one in (edges, ex, cx)]
        assert_alike(chain(*mixed), found)
        assert chain(*mixed).low == pytest.approx(found.low)
        later = [one.rename({at: 10 * at for at in range(4)}, level=1) for one in (ex, cx)]
        assert_alike(chain(edges.assign(wave=10 * edges.wave), *later), found)

    def test_turns_with_the_ratings(self, rng: np.random.Generator) -> None:
        edges, ex, cx = draw_cascade(rng, 0.4)

        found, turned = chain(edges, ex, cx), chain(edges.assign(rating=-edges.rating), ex, cx)

        assert [link.r for link in turned.links[:2]] == pytest.approx(
            [-link.r for link in found.links[:2]]
        )
        assert turned.product == pytest.approx(found.product)
        assert turned.p_value == found.p_value

    def test_learns_more_from_more_waves(self, rng: np.random.Generator) -> None:
        edges, ex, cx = draw_cascade(rng, 0.35, n_waves=8)

        long = chain(edges, ex, cx).links
        short = chain(edges[edges.wave < 2], ex, cx[cx.index.get_level_values(1) < 2]).links

        assert all(
            one.high - one.low < other.high - other.low
            for one, other in zip(long, short, strict=True)
        )

    def test_is_certain_of_what_is_the_same(self, rng: np.random.Generator) -> None:
        edges, ex, _ = draw_cascade(rng, 0.35)

        found = chain(edges, ex, 2 * ex)

        assert (found.links[2].r, found.links[2].low, found.links[2].high) == (1, 1, 1)

    def test_claims_nothing_from_too_little(self, rng: np.random.Generator) -> None:
        edges, ex, cx = draw_cascade(rng, 0.7)
        level = edges.wave * 2.0
        cases = [
            chain(edges[:0], ex, cx),
            chain(edges[:19], ex, cx),
            chain(edges, ex[:0], cx),
            chain(edges, ex, cx[:7]),
            chain(edges, ex * np.nan, cx),
            chain(edges.assign(rating=level), ex, cx),
            chain(edges.assign(rating=level + 1e-13 * edges.rating), ex, cx),
        ]

        for found in cases:
            assert_claims_nothing(found)

    def test_refuses_waves_by_halves(self, rng: np.random.Generator) -> None:
        edges, ex, cx = draw_cascade(rng, 0.5)

        for halves in (
            (edges.drop(columns="wave"), ex, cx),
            (edges, ex.droplevel(1).groupby(level=0).mean(), cx),
        ):
            with pytest.raises(ValueError, match="waves need"):
                chain(*halves)
        with pytest.raises(ValueError, match="taken from ex"):
            chain(edges, ex, cx, ex_after=ex)
        with pytest.raises(ValueError, match="given twice"):
            chain(edges, pd.concat([ex, ex]), cx)
