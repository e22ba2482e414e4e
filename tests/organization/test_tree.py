"""Planning the tree of teams from a roster."""

from datetime import date, timedelta

import pytest

from survey.organization.chains import MOST_LEVELS
from survey.organization.lines import PersonLine, RosterError, RosterFile, TeamLine
from survey.organization.tree import KnownTeam, TreePlan, plan_teams

TODAY, DAY = date(2026, 12, 7), timedelta(days=1)
HARBOUR = KnownTeam("harbour", "Harbour", "")
BAKERY = KnownTeam("bakery", "Bakery", "harbour")


def plan(*lines: tuple[str, str, str], known: tuple[KnownTeam, ...] = ()) -> TreePlan:
    teams = tuple(TeamLine(*values, line=line) for line, values in enumerate(lines, start=2))
    known_teams = {team.code: team for team in known}
    return plan_teams(RosterFile(people=(), teams=teams), known_teams, today=TODAY)


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
        mill = KnownTeam("mill", "Mill", "")
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
        ],
    )
    def test_refuses_what_makes_no_tree(
        self, lines: list[tuple[str, str, str]], problem: str
    ) -> None:
        assert problems_in(*lines, known=(HARBOUR, BAKERY))[0].startswith(problem)

    def test_names_every_team_of_a_circle_and_nobody_else(self) -> None:
        problems = problems_in(("a", "A", "b"), ("b", "B", "c"), ("c", "C", "a"), ("d", "D", "a"))

        assert [problem.split(",")[0] for problem in problems] == ["line 2", "line 3", "line 4"]

    def test_sees_a_deep_tree_to_its_end(self) -> None:
        lines = [("t0", "T", "")] + [(f"t{n}", "T", f"t{n - 1}") for n in range(1, 2000)]
        deepest = lines[:MOST_LEVELS]

        assert len(plan(*reversed(deepest)).new) == MOST_LEVELS
        assert len(problems_in(*reversed(lines))) == 2000 - MOST_LEVELS


class TestReorganisations:
    """Teams that close, give way to others, and people who are still in them."""

    OLD = KnownTeam("old", "Old", "", closed_date=TODAY)

    def test_close_a_team_and_name_its_successor(self) -> None:
        tree = close(BAKERY, "harbour", known=(HARBOUR,))

        assert [(team.code, team.closed_date) for team in tree.closed] == [("bakery", TODAY)]
        assert tree.changed[0].succeeded_by == "harbour"

    def test_leave_a_team_closed_that_a_list_still_names(self) -> None:
        assert plan(("old", "", ""), known=(self.OLD,)) == TreePlan((), (), ())

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            (
                TeamLine("bakery", "", "", None, "harbour", line=2),
                "line 2, succeeded_by: say in the",
            ),
            (
                TeamLine("bakery", "", "", TODAY, "mill", line=2),
                "line 2, succeeded_by: no team has",
            ),
            (
                TeamLine("bakery", "", "", TODAY, "bakery", line=2),
                "line 2, succeeded_by: 'bakery' would",
            ),
            (
                TeamLine("harbour", "", "", TODAY, line=2),
                "line 2, closed: 'bakery' still stands below",
            ),
            (
                TeamLine("young", "", "", TODAY, line=2),
                "line 2, closed: the team opened on 2026-12-08",
            ),
        ],
    )
    def test_name_what_cannot_be(self, line: TeamLine, problem: str) -> None:
        young = KnownTeam("young", "Young", "", opened_date=TODAY + DAY)
        known = {team.code: team for team in (HARBOUR, BAKERY, young)}

        with pytest.raises(RosterError) as caught:
            plan_teams(RosterFile((), (line,)), known, today=TODAY)

        assert str(caught.value.problems[0]).startswith(problem)

    @pytest.mark.parametrize(("day", "is_refused"), [(None, True), (TODAY - DAY, False)])
    def test_let_nobody_into_a_closed_team(self, day: date | None, is_refused: bool) -> None:
        ana = PersonLine(2, "7", "Ana", "", "", "old", None, day)
        roster = RosterFile((ana,), (TeamLine("old", "", "", line=2),))

        if is_refused:
            with pytest.raises(RosterError, match="line 2, team: the team 'old' has been closed"):
                plan_teams(roster, {"old": self.OLD}, today=TODAY)
        else:
            assert plan_teams(roster, {"old": self.OLD}, today=TODAY).changed == ()


def close(team: KnownTeam, successor: str, *, known: tuple[KnownTeam, ...]) -> TreePlan:
    line = TeamLine(team.code, "", "", TODAY, successor, line=2)
    teams = {one.code: one for one in (team, *known)}
    return plan_teams(RosterFile((), (line,)), teams, today=TODAY)
