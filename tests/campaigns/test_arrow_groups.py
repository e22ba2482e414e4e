"""The groups of a wave among colleagues."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from survey.campaigns.arrow_draw import ArrowKey
from survey.campaigns.arrow_groups import (
    ArrowPlan,
    Colleagues,
    edge_code,
    find_eligible,
    plan_arrows,
)
from survey.campaigns.grouping import Member
from survey.organization.serving import Arrow

K = 5
TOP, SHOP, EAST, WEST, IT, HR = range(1, 7)
PARENTS = {TOP: None, SHOP: TOP, EAST: SHOP, WEST: SHOP, IT: TOP, HR: TOP}


def arrow(provider: int, consumer: int) -> Arrow:
    return Arrow(
        provider, f"t{provider}", f"T{provider}", consumer, f"t{consumer}", f"T{consumer}", ""
    )


def make_colleagues(
    people: Mapping[int, int], parents: Mapping[int, int | None] = PARENTS
) -> Colleagues:
    teams = [team for team, n in people.items() for _ in range(n)]
    members = [Member(person, team) for person, team in enumerate(teams, start=1)]
    return Colleagues(members, {one.person_id: one.team_id for one in members}, parents)


def plan(
    arrows: Sequence[ArrowKey],
    people: Mapping[int, int],
    *,
    at_most: int = 3,
    pooled: Sequence[ArrowKey] = (),
    parents: Mapping[int, int | None] = PARENTS,
) -> ArrowPlan:
    return plan_arrows(
        arrows=[arrow(*one) for one in arrows],
        colleagues=make_colleagues(people, parents),
        k=K,
        at_most=at_most,
        seed="wave",
        pooled=pooled,
    )


def sizes(made: ArrowPlan) -> dict[str, int]:
    return {group.code: group.n_invited for group in made.groups if group.arrows}


class TestFindEligible:
    def test_lets_people_rate_who_serves_their_team_or_one_above_it(self) -> None:
        found = find_eligible(
            arrows={(IT, SHOP), (HR, TOP)}, colleagues=make_colleagues({EAST: 1, HR: 1})
        )

        assert found == {1: ((IT, SHOP), (HR, TOP)), 2: ()}

    def test_takes_the_nearest_of_two_arrows_of_one_serving_team(self) -> None:
        found = find_eligible(
            arrows={(IT, SHOP), (IT, EAST)}, colleagues=make_colleagues({EAST: 1, WEST: 1})
        )

        assert found == {1: ((IT, EAST),), 2: ((IT, SHOP),)}

    def test_lets_nobody_rate_their_own_line(self) -> None:
        arrows = {(EAST, TOP), (SHOP, TOP), (TOP, EAST)}

        found = find_eligible(arrows=arrows, colleagues=make_colleagues({EAST: 1, SHOP: 1, IT: 1}))

        assert found == {1: (), 2: (), 3: ((SHOP, TOP), (EAST, TOP))}

    def test_lets_leaders_count_above_and_rate_neither_line(self) -> None:
        leader = Member(1, EAST, is_leader=True)
        colleagues = Colleagues([leader], {1: SHOP}, PARENTS)

        assert find_eligible(
            arrows={(WEST, SHOP), (EAST, SHOP), (IT, SHOP)}, colleagues=colleagues
        ) == {1: ((IT, SHOP),)}

    def test_leaves_out_who_counts_nowhere(self) -> None:
        colleagues = Colleagues([Member(1, TOP, is_leader=True)], {}, PARENTS)

        assert find_eligible(arrows={(IT, TOP)}, colleagues=colleagues) == {}


class TestPlanArrows:
    def test_gives_each_serving_team_a_tree_of_its_own(self) -> None:
        made = plan([(IT, EAST), (IT, WEST), (HR, EAST)], {EAST: 6, WEST: 7})

        assert sizes(made) == {"t5>t3": 6, "t5>t4": 7, "t6>t3": 6}
        assert {one.code: one.n_invited for one in made.groups if one.parent_code is None} == {
            "t5": 13,
            "t6": 6,
        }
        assert [one.team_ids for one in made.groups if one.code == "t5>t3"] == [(IT, EAST)]

    def test_keeps_the_two_ways_between_two_teams_apart(self) -> None:
        made = plan([(IT, HR), (HR, IT)], {HR: 6, IT: 7})

        assert sizes(made) == {"t5>t6": 6, "t6>t5": 7}

    def test_pools_small_arrows_below_their_serving_team(self) -> None:
        made = plan([(IT, EAST), (IT, WEST), (IT, HR)], {EAST: 3, WEST: 4, HR: 8})

        assert sizes(made) == {"t5:smaller": 7, "t5>t6": 8}
        assert made.taken_in == ()

    def test_takes_the_smallest_arrow_in_where_a_small_one_would_stand_alone(self) -> None:
        made = plan([(IT, EAST), (IT, WEST), (IT, HR)], {EAST: 3, WEST: 9, HR: 6})

        assert sizes(made) == {"t5:smaller": 9, "t5>t4": 9}
        assert made.taken_in == (("T5, as T6 sees it", "T5, as smaller teams see it"),)

    def test_asks_about_nobody_whom_too_few_would_rate(self) -> None:
        made = plan([(IT, EAST), (HR, EAST), (HR, WEST)], {EAST: 4, WEST: 2})

        assert sizes(made) == {"t6:smaller": 6}
        assert made.too_few == ("T5",)

    def test_gives_the_raters_of_one_left_out_to_others(self) -> None:
        # seven people, one arrow each: two serving teams would get 4 and 3
        made = plan([(IT, EAST), (HR, EAST)], {EAST: 7}, at_most=1)

        assert list(sizes(made).values()) == [7]
        assert len(made.too_few) == 1

    def test_keeps_an_arrow_in_its_pool_until_it_is_a_little_larger(self) -> None:
        arrows, people = [(IT, EAST), (IT, WEST), (IT, HR)], {EAST: 6, WEST: 4, HR: 8}

        assert sizes(plan(arrows, people, pooled=[(IT, EAST), (IT, WEST)])) == {
            "t5:smaller": 10,
            "t5>t6": 8,
        }
        assert sizes(plan(arrows, people | {EAST: 7, WEST: 7}, pooled=[(IT, EAST)])) == {
            "t5>t3": 7, "t5>t4": 7, "t5>t6": 8,
        }  # fmt: skip

    def test_lets_an_arrow_go_whose_company_is_gone(self) -> None:
        made = plan([(IT, EAST), (IT, HR)], {EAST: 6, HR: 8}, pooled=[(IT, EAST)])

        assert sizes(made) == {"t5>t3": 6, "t5>t6": 8}

    def test_says_who_rates_nobody_and_how_many_arrows_there_are(self) -> None:
        made = plan([(IT, EAST)], {EAST: 6, IT: 3})

        assert (made.n_idle, made.n_arrows, made.n_people) == (3, 1, 6)

    def test_plans_nothing_where_nobody_serves_anybody(self) -> None:
        made = plan([], {EAST: 6})

        assert (made.groups, made.n_people, made.n_idle) == ((), 0, 6)

    @given(
        above=st.lists(st.integers(0, 9), min_size=3, max_size=9),
        people=st.lists(st.integers(0, 9), min_size=10, max_size=10),
        arrows=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), unique=True, max_size=20),
        at_most=st.integers(1, 5),
        n_pooled=st.integers(0, 6),
    )
    def test_lets_no_leaf_hold_fewer_than_k_and_every_rating_stand_once(
        self,
        above: list[int],
        people: list[int],
        arrows: list[ArrowKey],
        at_most: int,
        n_pooled: int,
    ) -> None:
        parents: dict[int, int | None] = {0: None}
        parents |= {team: parent % team for team, parent in enumerate(above, start=1)}
        known = [one for one in arrows if one[0] != one[1] and {*one} <= set(parents)]
        counted = {team: people[team] for team in parents}
        made = plan(
            known, counted, at_most=at_most, pooled=known[:n_pooled], parents=parents
        )  # fmt: skip
        homes = make_colleagues(counted, parents).homes

        leaves = {group.code: group for group in made.groups if group.arrows}
        for leaf in leaves.values():
            assert len(set(leaf.people)) == len(leaf.people) == leaf.n_invited >= K
            assert len({one.provider_id for one in leaf.arrows}) == 1
        nodes = {group.code: group.n_invited for group in made.groups if not group.arrows}
        for code, n in nodes.items():
            below = [leaf for leaf in leaves.values() if leaf.parent_code == code]
            assert n == sum(leaf.n_invited for leaf in below)
            of_tree = [person for leaf in below for person in leaf.people]
            assert len(set(of_tree)) == len(of_tree)  # nobody stands twice in one tree
        rated = [(person, code) for person, codes in made.drawn.items() for code in codes]
        stored = [(person, code) for code, leaf in leaves.items() for person in leaf.people]
        assert sorted(rated) == sorted(stored)
        for person, codes in made.drawn.items():
            providers = [leaves[code].arrows[0].provider_id for code in codes]
            assert 1 <= len(codes) == len(set(providers)) <= at_most
            assert not {*providers} & {*line(homes[person], parents)}
            assert not any(homes[person] in line(one, parents) for one in providers)


class TestEdgeCode:
    def test_says_which_way_service_goes(self) -> None:
        assert edge_code("a", "b") != edge_code("b", "a")


def line(team: int | None, parents: Mapping[int, int | None]) -> list[int]:
    found = []
    while team is not None:
        found.append(team)
        team = parents[team]
    return found
