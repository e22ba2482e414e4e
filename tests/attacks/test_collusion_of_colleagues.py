"""Leaders put all that colleagues said of the teams that serve them beside the employees' figures.

They know who was drawn for which arrow, who answered, and who left what out; and what they said
themselves.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple
from functools import cache
from unittest import mock

import numpy as np
import pytest

from survey.aggregation.printing import PrintedFigure
from survey.campaigns.arrow_groups import ArrowPlan, plan_arrows
from survey.campaigns.grouping import Member
from survey.campaigns.models import GroupKind
from survey.campaigns.models.campaign import MOST_ARROWS
from tests.attacks.collusion import Isolated, collude
from tests.attacks.organisations import METRICS, TOP, K, Organisation, draw_answers, release
from tests.attacks.rating_tables import (
    RatingTable,
    change_places,
    find_crowds,
    find_together,
    lay_out,
    search,
)
from tests.attacks.serving import (
    FEW,
    MOST,
    NO_POOLS,
    ONE_ROOT,
    PRODUCT,
    Guard,
    Rated,
    gather,
    make_arrow,
    play_quarters,
    store,
)
from tests.attacks.test_collusion import ask_two, pull_nothing, show_all_of_five, tell

N_SHORT, N_LONG = 3, 50
N_CONTROLS, N_FEW = 3, 12
Figures = Mapping[tuple[str, str], PrintedFigure]


@cache
def quarters(
    guard: Guard = PRODUCT, n: int = N_CONTROLS, shares: tuple[float, float] = MOST
) -> list[tuple[int, Rated]]:
    """Return both waves of three quarters of some organisations, with their seeds."""
    played = [
        (seed, one) for seed in range(n)
        for one in play_quarters(seed, guard=guard, shares=shares)
    ]  # fmt: skip
    return [(seed, one) for seed, one in played if len(one.ratings.said)]


def show(seed: int, one: Rated, *, is_naive: bool = False) -> Figures:
    """Return what is released of ratings; naively of everything with five or more of them."""
    naive = show_all_of_five(one.ratings) if is_naive else None
    return release(one.ratings, families=ask_two(seed), published=naive).figures


@cache
def lay(seed: int, one: Rated, *, is_naive: bool = False) -> list[RatingTable]:
    return list(lay_out(one.ratings, show(seed, one, is_naive=is_naive)))


def lay_staff(seed: int, one: Rated) -> list[RatingTable]:
    """Lay out what the same people's own wave releases, of other questions."""
    own = release(one.employees, families=ask_two(seed + 1)).figures
    return list(lay_out(one.employees, own))


class Attack:
    """What leaders try on quarter after quarter, and how much they had to go on."""

    def __init__(self) -> None:
        self.n_quarters = self.n_figures = self.n_sets = 0

    def try_on(self, seed: int, one: Rated) -> None:
        """Assert that the two waves of one quarter give nobody away."""
        of_ratings, of_staff = lay(seed, one), lay_staff(seed, one)

        assert search(of_ratings, k=K) == [], seed
        assert collude(one.employees.said, tell(one.employees, ask_two(seed + 1)), k=K) == [], seed
        assert find_crowds([*of_ratings, *of_staff], k=K) == [], seed
        assert sum(table.misread for table in of_ratings) == 0, seed
        self.n_quarters += 1
        self.n_figures += sum(len(table.told) for table in of_ratings)
        self.n_sets += sum(1 for table in of_ratings for _ in table.sets)


class TestLeaders:
    def test_find_nobody_and_no_group_under_k(self) -> None:
        attack = Attack()
        for seed, one in quarters(n=N_SHORT):
            attack.try_on(seed, one)

        assert attack.n_quarters == 3 * N_SHORT
        assert attack.n_figures > 1_000

    def test_find_nobody_where_few_answer(self) -> None:
        tables = [lay(seed, one) for seed, one in quarters(n=N_FEW, shares=FEW)]

        assert sum(len(table.told) for each in tables for table in each) > 200
        assert [one for each in tables for one in search(each, k=K)] == []
        assert [one for each in tables for one in find_crowds(each, k=K)] == []

    @pytest.mark.soak
    def test_find_nobody_in_many_organisations(self) -> None:
        attack = Attack()
        for seed in range(100, 100 + N_LONG):
            for one in play_quarters(seed):
                if len(one.ratings.said):
                    attack.try_on(seed, one)

        assert attack.n_quarters > 0.95 * 3 * N_LONG
        assert attack.n_figures > 10_000

    def test_find_no_more_where_both_waves_lie_on_one_table(self) -> None:
        smallest = min(quarters(n=N_SHORT), key=lambda pair: len(pair[1].ratings.said))
        tables = [*lay(*smallest), *lay_staff(*smallest)]

        assert len(tables) > 5
        assert list(find_together(tables, k=K)) == []

    def test_cannot_tell_who_of_an_atom_said_what(self) -> None:
        """Not by any arithmetic: the people of all atoms change places, and no figure moves."""
        draw = np.random.default_rng(1)
        for seed, one in quarters(n=2):
            shown = show(seed, one)
            turned = change_places(one.ratings, lay(seed, one), draw)
            again = release(turned, families=ask_two(seed)).figures

            assert not turned.said.equals(one.ratings.said)
            assert again.keys() == shown.keys()
            for key, figure in shown.items():
                assert astuple(again[key])[:-1] == pytest.approx(astuple(figure)[:-1], abs=1e-6)


class TestLeadersWhoRateToo:
    def test_find_only_what_is_left_of_an_atom_without_them(self) -> None:
        """Whoever is counted in a figure can take themselves out of it; that tells no more."""
        n_found = 0
        for seed, one in quarters(n=2):
            for table in lay_out(one.ratings, show(seed, one), known=one.leaders):
                atoms = [set(table.people[rows].tolist()) for rows in table.atoms]
                for people in table.find_people(k=K):
                    n_found += 1
                    beside = set().union(*(atom for atom in atoms if atom & people))
                    assert len(people | (beside & one.leaders)) >= K, seed

        assert n_found > 10

    def test_leave_k_less_one_where_each_keeps_to_themselves(self) -> None:
        left = [
            table.count(rows) - 1 for seed, one in quarters(n=2)
            for table in lay(seed, one) for rows in table.atoms
        ]  # fmt: skip

        assert min(left) == K - 1


class TestStoring:
    def test_puts_k_people_or_more_under_every_group(self) -> None:
        assert min(stored_sets(PRODUCT)) >= K

    def test_would_leave_single_people_without_pools(self) -> None:
        assert min(stored_sets(NO_POOLS)) == 1


class TestControls:
    def test_leaders_know_who_is_counted_and_how(self) -> None:
        with mock.patch("survey.aggregation.composing.pull_in", pull_nothing):
            told = [
                pair for seed, one in quarters() for table in lay(seed, one)
                for pair in table.predict()
            ]  # fmt: skip

        assert len(told) > 300
        assert max(abs(mean - printed) for mean, printed in told) < 0.0501

    def test_a_root_above_all_serving_teams_gives_few_people_away(self) -> None:
        """Five ratings there may be two people's, as they are not below one serving team."""
        tables = [lay(seed, one) for seed, one in quarters(ONE_ROOT, N_FEW, FEW)]
        found = [isolated.n for each in tables for isolated in search(each, k=K)]
        crowds = [find_crowds(each, k=K) for each in tables]

        assert found
        assert set(found) <= set(range(1, K))
        assert sum(map(bool, crowds)) > len(crowds) / 2

    def test_a_root_gives_two_people_away_who_rated_three_teams(self) -> None:
        plan, rows = let_two_rate_three_teams()
        stored = store(plan, rows, ONE_ROOT)
        figures = release(stored, families=ask_two(0)).figures

        assert len(store(plan, rows).said) == 0
        assert {figure.n for figure in figures.values()} == {6}
        assert {one.n for one in search(list(lay_out(stored, figures)), k=K)} == {2}

    def test_the_rule_of_five_gives_small_groups_away(self) -> None:
        found = [search(lay(seed, one, is_naive=True), k=K) for seed, one in quarters()]

        assert sum(map(bool, found)) > len(found) / 2
        assert {isolated.n for each in found for isolated in each} <= set(range(1, K))

    def test_arrows_without_pools_give_single_people_away(self) -> None:
        found = list[Isolated]()
        for seed, one in quarters(NO_POOLS, 1):
            every = dict.fromkeys(METRICS, frozenset(one.ratings.said.dropna()["at"]))
            shown = release(one.ratings, families=ask_two(seed), published=every).figures
            found += search(list(lay_out(one.ratings, shown)), k=K)

        assert 1 in {isolated.n for isolated in found}


class TestPlayQuarters:
    def test_plays_what_makes_it_hard(self) -> None:
        """Circles, inner teams that are served, pools, and people who rate several teams."""
        played = [one for _, one in quarters()]
        arrows = [
            {(arrow.provider_id, arrow.consumer_id) for group in one.plan.groups
             for arrow in group.arrows} for one in played
        ]  # fmt: skip
        kinds = Counter(group.kind for one in played for group in one.plan.groups)
        inner = [set(one.organisation.above.values()) for one in played]

        assert all(any(pair[::-1] in known for pair in known) for known in arrows)
        assert all(any(pair[1] in above for pair in known) for known, above in
                   zip(arrows, inner, strict=True))  # fmt: skip
        assert min(kinds[GroupKind.POOL], kinds[GroupKind.EDGE]) > 3 * len(played)
        assert max(one.ratings.said.groupby("person").size().max() for one in played) == MOST_ARROWS


def stored_sets(guard: Guard) -> list[int]:
    """Return how many people stand under each stored group."""
    return [
        int(n) for _, one in quarters(guard)
        for n in one.ratings.said.groupby("at")["person"].nunique()
    ]  # fmt: skip


def let_two_rate_three_teams() -> tuple[ArrowPlan, list[tuple[str, int, list[float]]]]:
    """Ask six people about three teams that serve theirs; two of them answer."""
    served, serving = 1, (2, 3, 4)
    above = {TOP: None, served: TOP, **dict.fromkeys(serving, TOP)}
    organisation = Organisation(above, tuple(Member(at, served) for at in range(6)))
    plan = plan_arrows(
        arrows=[make_arrow(one, served) for one in serving],
        colleagues=gather(organisation),
        k=K,
        at_most=3,
        seed="1",
    )
    answers = list(draw_answers(6, np.random.default_rng(1)))
    codes = [group.code for group in plan.groups if group.arrows]
    pairs = [(code, person) for person in (0, 1) for code in codes]
    return plan, [(*pair, said) for pair, said in zip(pairs, answers, strict=True)]
