from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.campaigns.grouping import (
    GroupPlan,
    Member,
    PlannedGroup,
    TeamNode,
    home_teams,
    plan_groups,
    plan_teams,
)

K = 5


def make_plan(
    parents: Mapping[str, str | None],
    people: Mapping[str, int],
    pooled: Mapping[str, str] | None = None,
) -> GroupPlan:
    ids = {code: number for number, code in enumerate(parents, start=1)}
    teams = [
        TeamNode(ids[code], ids[parent] if parent else None, code, code.title())
        for code, parent in parents.items()
    ]
    homes = [ids[code] for code, n in people.items() for _ in range(n)]
    members = [Member(person, team) for person, team in enumerate(homes, start=1)]
    former = {ids[team]: ids[node] for team, node in (pooled or {}).items()}
    return plan_groups(teams=teams, top_id=1, members=members, k=K, pooled=former)


def sizes(plan: GroupPlan) -> dict[str, int]:
    return {group.code: len(group.people) for group in plan.groups if group.people}


def group(plan: GroupPlan, code: str) -> PlannedGroup:
    return next(group for group in plan.groups if group.code == code)


class TestPlanGroups:
    def test_gives_each_large_team_a_group_below_its_node(self) -> None:
        plan = make_plan({"top": None, "a": "top", "b": "top"}, {"a": 5, "b": 9})

        assert sizes(plan) == {"a": 5, "b": 9}
        assert group(plan, "a").parent_code == "top"
        assert (group(plan, "top").kind, group(plan, "top").n_invited) == ("NODE", 14)

    def test_pools_small_teams_below_the_same_node_first(self) -> None:
        parents = {"top": None, "x": "top", "y": "top", "x1": "x", "x2": "x", "y1": "y"}
        plan = make_plan(parents, {"x1": 3, "x2": 2, "y1": 6})

        assert sizes(plan) == {"x:smaller": 5, "y1": 6}
        assert group(plan, "x:smaller").parent_code == "x"
        assert group(plan, "x:smaller").team_ids == (4, 5)

    def test_pools_one_node_up_where_a_node_has_too_few(self) -> None:
        parents = {"top": None, "x": "top", "y": "top", "x1": "x", "y1": "y", "x2": "x"}
        plan = make_plan(parents, {"x1": 3, "y1": 3, "x2": 8})

        assert sizes(plan) == {"top:smaller": 6, "x2": 8}
        assert "y" not in {planned.code for planned in plan.groups}

    def test_takes_in_the_smallest_sibling_where_nothing_small_is_left(self) -> None:
        parents = {"top": None, "x": "top", "y": "top", "x1": "x", "x2": "x", "x3": "x", "y1": "y"}
        plan = make_plan(parents, {"x1": 2, "x2": 9, "x3": 7, "y1": 6})

        assert sizes(plan) == {"x:smaller": 9, "x2": 9, "y1": 6}
        assert plan.taken_in == (("X3", "Smaller teams of X"),)

    def test_keeps_the_code_of_a_pool_when_its_teams_change(self) -> None:
        parents = {"top": None, "a": "top", "b": "top", "c": "top"}

        before = make_plan(parents, {"a": 3, "b": 3, "c": 8})
        after = make_plan(parents, {"a": 3, "b": 8, "c": 3})

        assert "top:smaller" in sizes(before)
        assert "top:smaller" in sizes(after)

    def test_puts_everybody_together_where_all_are_fewer_than_k(self) -> None:
        plan = make_plan({"top": None, "a": "top", "b": "top"}, {"a": 2, "b": 2})

        assert sizes(plan) == {"top:smaller": 4}

    def test_counts_those_who_belong_to_a_node_itself_as_a_group_of_their_own(self) -> None:
        plan = make_plan({"top": None, "a": "top"}, {"top": 6, "a": 6})

        assert sizes(plan) == {"top:direct": 6, "a": 6}
        assert group(plan, "top:direct").name == "Top, directly"

    def test_makes_a_leaf_at_the_top_the_root(self) -> None:
        plan = make_plan({"top": None}, {"top": 6})

        assert [(planned.code, planned.parent_code) for planned in plan.groups] == [("top", None)]

    def test_counts_leaders_in_the_group_above_their_team(self) -> None:
        teams = [TeamNode(1, None, "top", "Top"), TeamNode(2, 1, "a", "A")]
        members = [Member(1, 1, is_leader=True), Member(2, 2, is_leader=True), Member(3, 2)]

        homes = home_teams(teams=teams, top_id=1, members=members)
        plan = plan_groups(teams=teams, top_id=1, members=members, k=K)

        assert homes == {2: 1, 3: 2}
        assert plan.not_asked == (1,)

    @given(
        above=st.lists(st.integers(0, 30), min_size=1, max_size=30),
        people=st.lists(st.integers(0, 12), min_size=31, max_size=31),
        pooled=st.dictionaries(st.integers(0, 30), st.integers(0, 30)),
    )
    def test_asks_everybody_once_in_groups_of_at_least_k(
        self, above: list[int], people: list[int], pooled: dict[int, int]
    ) -> None:
        codes = [f"t{number}" for number in range(len(above) + 1)]
        parents = {codes[0]: None} | {
            codes[number]: codes[parent % number] for number, parent in enumerate(above, start=1)
        }
        n = len(codes)
        former = {codes[team % n]: codes[node % n] for team, node in pooled.items()}
        plan = make_plan(parents, dict(zip(codes, people, strict=False)), former)
        asked = [person for planned in plan.groups for person in planned.people]
        known = [planned.code for planned in plan.groups]

        assert sorted(asked) == list(range(1, sum(people[: len(codes)]) + 1))
        assert len(set(known)) == len(known)
        assert len(asked) < K or min(sizes(plan).values()) >= K
        for place, planned in enumerate(plan.groups):
            assert planned.parent_code is None or planned.parent_code in known[:place]
            below = [other for other in plan.groups if other.parent_code == planned.code]
            if planned.kind == "NODE":
                assert planned.n_invited == sum(other.n_invited for other in below)


class TestPoolsOfTheLastWave:
    PARENTS = {"top": None, "x": "top", "y": "top", "x1": "x", "x2": "x", "x3": "x"} | {
        "y1": "y",
        "y2": "y",
    }

    @pytest.mark.parametrize("n", [4, 5, 6])
    def test_keep_a_team_that_has_about_k(self, n: int) -> None:
        people = {"x1": n, "x2": 3, "x3": 8}

        plan = make_plan(self.PARENTS, people, {"x1": "x", "x2": "x"})

        assert sizes(plan) == {"x:smaller": n + 3, "x3": 8}

    def test_let_a_team_go_that_has_grown(self) -> None:
        people = {"x1": 7, "x2": 3, "x3": 2}

        plan = make_plan(self.PARENTS, people, dict.fromkeys(("x1", "x2", "x3"), "x"))

        assert sizes(plan) == {"x:smaller": 5, "x1": 7}

    def test_stay_at_their_node_although_nearer_company_has_come(self) -> None:
        people = {"x1": 3, "x2": 2, "y1": 3, "x3": 8, "y2": 9}

        plan = make_plan(self.PARENTS, people, {"x1": "top", "y1": "top"})

        assert sizes(plan) == {"top:smaller": 8, "x3": 8, "y2": 9}
        assert "x:smaller" in sizes(make_plan(self.PARENTS, people))

    def test_leave_alone_whoever_has_k_and_no_company(self) -> None:
        plan = make_plan(self.PARENTS, {"x1": 5, "x2": 9}, {"x1": "x", "x2": "x"})

        assert sizes(plan) == {"x1": 5, "x2": 9}

    def test_take_in_the_same_sibling_again(self) -> None:
        people = {"x1": 2, "x2": 9, "x3": 8}

        plan = make_plan(self.PARENTS, people, {"x1": "x", "x2": "x"})

        assert sizes(plan) == {"x:smaller": 11, "x3": 8}
        assert sizes(make_plan(self.PARENTS, people)) == {"x:smaller": 10, "x2": 9}

    def test_are_forgotten_where_a_team_has_moved(self) -> None:
        plan = make_plan(self.PARENTS, {"y1": 5, "x1": 9}, {"y1": "x"})

        assert sizes(plan) == {"y1": 5, "x1": 9}


class TestPlanTeams:
    def test_makes_a_group_for_every_team_and_pools_nothing(self) -> None:
        teams = [
            TeamNode(1, None, "top", "Top"),
            TeamNode(2, 1, "a", "A"),
            TeamNode(3, 1, "b", "B"),
        ]

        plan = plan_teams(teams=teams, top_id=1)

        assert [(planned.code, planned.kind) for planned in plan.groups] == [
            ("top", "NODE"),
            ("a", "TEAM"),
            ("b", "TEAM"),
        ]


def test_a_plan_without_pooling_would_be_seen() -> None:
    plan = make_plan({"top": None, "a": "top", "b": "top"}, {"a": 2, "b": 9})

    with pytest.raises(AssertionError):
        assert sizes(plan) == {"a": 2, "b": 9}
