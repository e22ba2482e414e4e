"""Which serving teams are not asked about, so that those that are have enough raters."""

from collections import Counter
from collections.abc import Mapping
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from survey.campaigns import arrow_groups
from survey.campaigns.arrow_draw import ArrowKey, count_raters, draw_arrows
from survey.campaigns.arrow_groups import _count_leaving, _draw_enough

K = 5
SEED = "wave"
Eligible = Mapping[int, tuple[ArrowKey, ...]]


def make_ring(n_teams: int, *, size: int = 5, n_served: int = 6) -> dict[int, tuple[ArrowKey, ...]]:
    """Let every team serve the next few of a ring."""
    return {
        team * size + number: tuple(
            sorted(((team - step) % n_teams, team) for step in range(1, n_served + 1))
        )
        for team in range(n_teams)
        for number in range(size)
    }


def raters_of(eligible: Eligible, asked: set[int], at_most: int) -> Counter[int]:
    left = {
        person: tuple(one for one in arrows if one[0] in asked)
        for person, arrows in eligible.items()
    }
    raters = Counter(dict.fromkeys(asked, 0))
    drawn = draw_arrows(eligible=left, at_most=at_most, seed=SEED)
    for (provider, _), n in count_raters(drawn).items():
        raters[provider] += n
    return raters


def drop_one_by_one(eligible: Eligible, at_most: int) -> set[int]:
    """Return who stays where the one with the fewest goes before each new draw."""
    possible = Counter(arrow[0] for arrows in eligible.values() for arrow in arrows)
    asked = {provider for provider, n in possible.items() if n >= K}
    while few := [(n, one) for one, n in raters_of(eligible, asked, at_most).items() if n < K]:
        asked.remove(min(few)[1])
    return asked


class TestDrawEnough:
    @given(
        people=st.lists(
            st.lists(st.integers(1, 12), unique=True, max_size=6), min_size=1, max_size=80
        ),
        at_most=st.integers(1, 5),
    )
    def test_keeps_only_those_with_enough_and_stops_once_all_have(
        self, people: list[list[int]], at_most: int
    ) -> None:
        eligible = {
            person: tuple((provider, 99) for provider in sorted(providers))
            for person, providers in enumerate(people)
        }
        possible = Counter(provider for providers in people for provider in providers)
        could = {provider for provider, n in possible.items() if n >= K}

        drawn, asked = _draw_enough(eligible, k=K, at_most=at_most, seed=SEED)

        raters = Counter(arrow[0] for arrows in drawn.values() for arrow in arrows)
        assert set(asked) == set(raters)
        assert all(n >= K for n in raters.values())
        if all(n >= K for n in raters_of(eligible, could, at_most).values()):
            assert set(asked) == could
        if could:
            assert asked  # the last one has all who could rate it

    def test_keeps_nearly_as_many_as_one_by_one_in_far_fewer_draws(self) -> None:
        eligible = make_ring(300)
        best = drop_one_by_one(eligible, at_most=1)

        with mock.patch.object(arrow_groups, "draw_arrows", wraps=draw_arrows) as draws:
            _, asked = _draw_enough(eligible, k=K, at_most=1, seed=SEED)

        assert len(asked) >= 0.97 * len(best)
        assert draws.call_count < (len(eligible) // 5 - len(best)) * 0.7


class TestCountLeaving:
    def test_lets_the_last_few_go_one_by_one(self) -> None:
        assert [_count_leaving([n], k=K) for n in range(K)] == [1] * K
        assert _count_leaving([3, 4, 4], k=K) == 1

    def test_lets_a_tenth_go_where_each_lacks_one(self) -> None:
        assert _count_leaving([4] * 1000, k=K) == 100

    def test_lets_half_go_whom_nobody_rates(self) -> None:
        assert _count_leaving([0] * 1000, k=K) == 500

    @given(st.lists(st.integers(0, K - 1), min_size=1, max_size=60).map(sorted))
    def test_lets_none_go_whose_stay_the_others_raters_could_have_paid_for(
        self, raters: list[int]
    ) -> None:
        n = _count_leaving(raters, k=K)

        assert 1 <= n <= len(raters)
        if n > 1:
            assert sum(raters[:n]) < sum(K - one for one in raters[n:])
