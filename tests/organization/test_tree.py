"""Planning the tree of teams from a roster."""

import pytest

from survey.organization.roster import RosterError, RosterFile, TeamLine
from survey.organization.tree import KnownTeam, TreePlan, plan_teams

HARBOUR = KnownTeam("harbour", "Harbour", "", is_closed=False)
BAKERY = KnownTeam("bakery", "Bakery", "harbour", is_closed=False)


def plan(*lines: tuple[str, str, str], known: tuple[KnownTeam, ...] = ()) -> TreePlan:
    teams = tuple(TeamLine(line, *values) for line, values in enumerate(lines, start=2))
    return plan_teams(RosterFile(people=(), teams=teams), {team.code: team for team in known})


def problems_in(*lines: tuple[str, str, str], known: tuple[KnownTeam, ...] = ()) -> list[str]:
    with pytest.raises(RosterError) as caught:
        plan(*lines, known=known)
    return [str(problem) for problem in caught.value.problems]


class TestPlanTeams:
    def test_makes_parents_before_their_children(self) -> None:
        tree = plan(("oven", "Oven", "bakery"), ("bakery", "Bakery", "root"), ("root", "All", ""))

        assert [team.code for team in tree.new] == ["root", "bakery", "oven"]

    def test_keeps_what_the_lines_do_not_mention(self) -> None:
        assert plan(("bakery", "", ""), known=(HARBOUR, BAKERY)) == TreePlan(new=(), changed=())

    def test_renames_and_moves_a_known_team(self) -> None:
        mill = KnownTeam("mill", "Mill", "", is_closed=False)
        changed = plan(("bakery", "Bread", "mill"), known=(HARBOUR, BAKERY, mill)).changed

        assert [(team.name, team.parent) for team in changed] == [("Bread", "mill")]

    def test_joins_what_several_lines_say_of_one_team(self) -> None:
        tree = plan(("bakery", "", "harbour"), ("bakery", "Bakery", ""), known=(HARBOUR,))

        assert [(team.name, team.parent) for team in tree.new] == [("Bakery", "harbour")]

    @pytest.mark.parametrize(
        ("lines", "problem"),
        [
            ([("mill", "", "")], "line 2, team: no team has the code 'mill' yet"),
            ([("mill", "Mill", "south")], "line 2, parent: no team has the code 'south'"),
            ([("mill", "Mill", "mill")], "line 2, parent: 'mill' would stand below itself"),
            ([("harbour", "", "bakery")], "line 2, parent: 'harbour' would stand below itself"),
            (
                [("mill", "Mill", ""), ("mill", "Mills", "")],
                "line 3, team_name: 'Mills', but line 2",
            ),
            ([("old", "", "")], "line 2, team: the team 'old' has been closed"),
        ],
    )
    def test_refuses_what_makes_no_tree(
        self, lines: list[tuple[str, str, str]], problem: str
    ) -> None:
        old = KnownTeam("old", "Old", "", is_closed=True)

        assert problems_in(*lines, known=(HARBOUR, BAKERY, old))[0].startswith(problem)

    def test_names_every_team_of_a_circle_and_nobody_else(self) -> None:
        problems = problems_in(("a", "A", "b"), ("b", "B", "c"), ("c", "C", "a"), ("d", "D", "a"))

        assert [problem.split(",")[0] for problem in problems] == ["line 2", "line 3", "line 4"]

    def test_sees_a_deep_tree(self) -> None:
        lines = [("t0", "T", "")] + [(f"t{n}", "T", f"t{n - 1}") for n in range(1, 2000)]

        assert len(plan(*reversed(lines)).new) == 2000
