import numpy as np
import pandas as pd
import pytest

from survey.statistics.cascade import Chain, chain
from survey.statistics.correlation import pearson
from survey.statistics.inputs import NORMAL_95

Cascade = tuple[pd.DataFrame, pd.Series, pd.Series]


def cascade(rng: np.random.Generator, effect: float, *, stores: int = 40) -> Cascade:
    """Simulate stores that each serve one or two of as many desks, every link of one strength."""
    noise = np.sqrt(1 - effect**2)
    store = rng.normal(size=stores)
    pairs = [(s, (s + turn) % stores) for s in range(stores) for turn in (0, 1)]
    rating = [effect * store[s] + noise * rng.normal() for s, _ in pairs]
    edges = pd.DataFrame(
        {
            "provider": [f"s{s}" for s, _ in pairs],
            "consumer": [f"d{d}" for _, d in pairs],
            "rating": rating,
        }
    )
    service = edges.groupby("consumer").rating.mean().to_numpy() * np.sqrt(2)
    desk = effect * service + noise * rng.normal(size=stores)
    names = sorted(edges.consumer.unique())
    customers = effect * desk + noise * rng.normal(size=stores)
    ex = pd.Series(np.concatenate([store, desk]), index=[f"s{s}" for s in range(stores)] + names)
    return edges, ex, pd.Series(customers, index=names)


def drawn_by_hand(
    edges: pd.DataFrame, ex: pd.Series, cx: pd.Series, rng: np.random.Generator
) -> np.ndarray:
    """Draw the teams again 600 times, take each pair as often as both its teams, correlate."""
    provider, consumer, served = map(
        ex.index.get_indexer, (edges.provider, edges.consumer, cx.index)
    )
    rating, staff, customers = edges.rating.to_numpy(), ex.to_numpy(), cx.to_numpy()
    found = []
    for _ in range(600):
        times = np.bincount(rng.integers(len(ex), size=len(ex)), minlength=len(ex))
        pair = np.repeat(np.arange(len(edges)), times[provider] * times[consumer])
        desk = np.repeat(np.arange(len(cx)), times[served])
        ends = (
            (staff[provider[pair]], rating[pair]),
            (rating[pair], staff[consumer[pair]]),
            (staff[served[desk]], customers[desk]),
        )
        found.append([np.corrcoef(x, y)[0, 1] for x, y in ends])
    return np.array(found)


def assert_claims_nothing(found: Chain) -> None:
    assert found.reason
    assert not found.supported
    assert found.links == ()
    assert (found.product, found.low, found.high, found.p_value) == (None,) * 4


class TestChain:
    def test_follows_a_planted_chain(self, rng: np.random.Generator) -> None:
        found = chain(*cascade(rng, 0.7))

        assert [link.name for link in found.links] == [
            "staff_to_service", "service_to_staff", "staff_to_customers",
        ]  # fmt: skip
        assert found.supported
        assert found.product == pytest.approx(np.prod([link.r for link in found.links]))
        assert 0 < found.low < found.product < found.high
        assert found.p_value < 0.01
        assert (found.n_edges, found.n_teams) == (80, 40)

    @pytest.mark.parametrize("level", [0.0, 1e4])
    def test_has_the_product_of_teams_drawn_by_hand(
        self, rng: np.random.Generator, level: float
    ) -> None:
        edges, ex, cx = cascade(rng, 0.6)
        drawn = np.arctanh(drawn_by_hand(edges, ex, cx, rng))

        found = chain(edges.assign(rating=edges.rating + level), ex + level, cx + level)

        z = np.arctanh([[link.low, link.r, link.high] for link in found.links])
        errors = (z[:, 2] - z[:, 0]) / (2 * NORMAL_95)
        spread = z[:, 1] + (drawn - drawn.mean(axis=0)) * errors / drawn.std(axis=0)
        low, high = np.quantile(np.tanh(spread).prod(axis=1), [0.025, 0.975])
        assert (found.low, found.high) == pytest.approx((low, high), abs=0.03)

    def test_does_not_support_a_chain_with_one_broken_link(self, rng: np.random.Generator) -> None:
        edges, ex, cx = cascade(rng, 0.7)
        shuffled = pd.Series(rng.permutation(cx.to_numpy()), index=cx.index)

        found = chain(edges, ex, shuffled)

        assert found.links[0].low > 0
        assert found.links[1].low > 0
        assert not found.supported

    def test_asks_of_the_wiring_alone_whether_it_is_chance(self, rng: np.random.Generator) -> None:
        edges, ex, cx = cascade(rng, 0.7)
        wired_anew = edges.assign(consumer=rng.permutation(edges.consumer))

        found = chain(wired_anew, ex, cx)

        assert found.links[0].low > 0
        assert found.links[2].low > 0
        assert found.p_value > 0.05

    def test_needs_twenty_pairs_and_eight_teams_with_customers(
        self, rng: np.random.Generator
    ) -> None:
        edges, ex, cx = cascade(rng, 0.7)

        assert chain(edges[:20], ex, cx).n_edges == 20
        assert chain(edges[:20], ex, cx).product is not None
        assert chain(edges, ex, cx[:8]).n_teams == 8
        assert chain(edges, ex, cx[:8]).product is not None

    def test_does_not_support_a_chain_that_turns_round_twice(
        self, rng: np.random.Generator
    ) -> None:
        edges, ex, cx = cascade(rng, 0.7)

        found = chain(edges.assign(rating=-edges.rating), ex, cx)

        assert found.product > 0
        assert found.links[0].high < 0
        assert not found.supported

    def test_has_the_plain_correlation_for_the_last_link(self, rng: np.random.Generator) -> None:
        edges, ex, cx = cascade(rng, 0.5)
        last = chain(edges, ex, cx).links[2]

        expected = pearson(ex, cx)

        assert (last.r, last.low, last.high) == pytest.approx(
            (expected.r, expected.low, expected.high)
        )

    def test_can_look_at_the_served_one_wave_later(self, rng: np.random.Generator) -> None:
        edges, ex, cx = cascade(rng, 0.7)

        found = chain(edges, ex, cx, ex_after=-ex)

        assert found.links[1].r == pytest.approx(-chain(edges, ex, cx).links[1].r)
        assert found.links[0].r == chain(edges, ex, cx).links[0].r

    def test_is_the_same_again(self, rng: np.random.Generator) -> None:
        data = cascade(rng, 0.5)

        assert chain(*data) == chain(*data)
        assert chain(*data) != chain(*data, seed=2)

    def test_leaves_out_what_is_not_known(self, rng: np.random.Generator) -> None:
        edges, ex, cx = cascade(rng, 0.5)
        noise = pd.DataFrame(
            {
                "provider": ["s1", "s1", None, "s2", "s3", "ghost"],
                "consumer": ["s1", "d9", "d1", None, "d3", "d1"],
                "rating": [5.0, np.nan, 1.0, 1.0, np.inf, 4.0],
            }
        )

        found = chain(pd.concat([edges, noise]), ex, cx)

        assert found.links[0].n == 80
        assert found.links[0].r == pytest.approx(chain(edges, ex, cx).links[0].r)

    def test_averages_ratings_given_twice(self, rng: np.random.Generator) -> None:
        edges, ex, cx = cascade(rng, 0.5)

        assert chain(pd.concat([edges, edges]), ex, cx) == chain(edges, ex, cx)

    @pytest.mark.parametrize("kind", ["category", "string"])
    def test_takes_names_of_any_kind(self, rng: np.random.Generator, kind: str) -> None:
        edges, ex, cx = cascade(rng, 0.5)
        named = edges.astype({"provider": kind, "consumer": kind})

        assert chain(named, ex, cx) == chain(edges, ex, cx)

    def test_refuses_a_team_given_twice(self, rng: np.random.Generator) -> None:
        edges, ex, cx = cascade(rng, 0.5)

        for figures in ((pd.concat([ex, ex]), cx), (ex, pd.concat([cx, cx]))):
            with pytest.raises(ValueError, match="given twice"):
                chain(edges, *figures)
        with pytest.raises(ValueError, match="given twice"):
            chain(edges, ex, cx, ex_after=pd.concat([ex, ex]))

    def test_claims_nothing_from_too_little(self, rng: np.random.Generator) -> None:
        edges, ex, cx = cascade(rng, 0.7)
        few = edges.provider.isin([f"s{s}" for s in range(3)])
        cases = [
            chain(edges[:19], ex, cx),
            chain(edges[:0], ex[:0], cx[:0]),
            chain(edges, ex, cx[:7]),
            chain(edges.assign(rating=4.0), ex, cx),
            chain(edges, ex * np.nan, cx),
            chain(edges, ex, cx * 0 + 1e300),
            chain(edges.assign(rating=few * 1.0).assign(rating=[1.0] + [0.0] * 79), ex, cx),
        ]

        for found in cases:
            assert_claims_nothing(found)

    @pytest.mark.parametrize("end", ["provider", "consumer"])
    def test_needs_eight_teams_at_either_end(self, rng: np.random.Generator, end: str) -> None:
        edges, ex, cx = cascade(rng, 0.7)
        few = sorted(set(edges[end]))

        assert chain(edges[edges[end].isin(few[:15])], ex, cx).product is not None
        assert_claims_nothing(chain(of_few(edges, end, 7), ex, cx))
        assert chain(of_few(edges, end, 8), ex, cx).product is not None


def of_few(edges: pd.DataFrame, end: str, n: int) -> pd.DataFrame:
    """Let few teams stand at one end of many arrows."""
    own, other = ("s", "d") if end == "provider" else ("d", "s")
    names = [f"{own}{at % n}" for at in range(40)]
    ends = {
        end: names,
        ({"provider", "consumer"} - {end}).pop(): [f"{other}{at}" for at in range(40)],
    }
    return pd.DataFrame(ends).assign(rating=edges.rating[:40])
