"""Teams that a list knows by their names only."""

from datetime import date

import pytest

from survey.organization.lines import RosterError, RosterFile, TeamLine
from survey.organization.naming import settle_codes
from survey.organization.tree import KnownTeam

CLOSED = date(2026, 1, 1)


def settle(*teams: tuple[str, str, str], known: tuple[KnownTeam, ...] = ()) -> tuple[TeamLine, ...]:
    """Settle lines of (name, parent, succeeded_by), the first of which is line 2."""
    lines = tuple(
        TeamLine(name, name, parent, None, successor, line=line)
        for line, (name, parent, successor) in enumerate(teams, start=2)
    )
    roster = RosterFile((), lines, names_teams=True)
    return settle_codes(roster, {team.code: team for team in known}).teams


def codes(*names: str, known: tuple[KnownTeam, ...] = ()) -> list[str]:
    return [team.code for team in settle(*((name, "", "") for name in names), known=known)]


def problems(*names: str, known: tuple[KnownTeam, ...] = ()) -> list[str]:
    with pytest.raises(RosterError) as caught:
        codes(*names, known=known)
    return [str(problem) for problem in caught.value.problems]


class TestSettleCodes:
    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("Sales & Care", "sales-care"),
            ("Wareneingang Süd", "wareneingang-süd"),
            ("خدمة العملاء", "خدمة-العملاء"),
            ("4711", "4711"),
            ("Long " * 40, "long" + "-long" * 15),
        ],
    )
    def test_makes_codes_of_names(self, name: str, code: str) -> None:
        assert codes(name.strip()) == [code]

    def test_leaves_a_list_with_codes_alone(self) -> None:
        roster = RosterFile((), (TeamLine("B-12", "Bakery", "", line=2),))

        assert settle_codes(roster, {}) is roster

    def test_takes_a_name_for_the_team_that_is_called_so(self) -> None:
        assert codes("BAKERY", known=(KnownTeam("B-12", "Bakery", ""),)) == ["B-12"]

    def test_takes_capitals_and_spaces_for_the_same_name(self) -> None:
        first, second = settle(("Fish Shop", "", ""), ("fish  shop", "", ""))

        assert (first.code, first.name) == (second.code, second.name) == ("fish-shop", "Fish Shop")

    def test_prefers_the_open_one_of_two_teams_of_a_name(self) -> None:
        known = (KnownTeam("old", "Mill", "", CLOSED), KnownTeam("new", "Mill", ""))

        assert codes("Mill", known=known) == ["new"]
        assert codes("Mill", known=known[:1]) == ["old"]

    def test_makes_teams_that_are_only_named_as_parents(self) -> None:
        assert [(one.code, one.parent) for one in settle(("Mill", "North", ""))] == [
            ("north", ""),
            ("mill", "north"),
        ]
        known = (KnownTeam("n1", "North", ""),)
        assert [one.parent for one in settle(("Mill", "North", ""), known=known)] == ["n1"]

    def test_finds_the_team_that_takes_over(self) -> None:
        assert settle(("Mill", "", "Bakery"), ("Bakery", "", ""))[0].succeeded_by == "bakery"
        with pytest.raises(RosterError, match="line 2, succeeded_by: no team is called 'Mint'"):
            settle(("Mill", "", "Mint"))

    def test_names_the_line_of_two_names_that_make_one_code(self) -> None:
        assert problems("Sales & Care", "Mill", "Sales/Care", "Sales Care") == [
            "line 5, team_name: 'Sales Care' would get the same code 'sales-care' as "
            "'Sales & Care' in line 2; give the teams codes in a column of their own"
        ]

    def test_names_the_team_whose_code_it_would_take(self) -> None:
        known = (KnownTeam("sales-care", "Sales and Care", ""),)

        assert problems("Mill", "Sales & Care", known=known) == [
            "line 3, team_name: 'Sales & Care' would get the code 'sales-care' of "
            "'Sales and Care'; give the teams codes in a column of their own"
        ]

    def test_refuses_a_name_that_two_teams_have(self) -> None:
        known = (KnownTeam("m1", "Mill", ""), KnownTeam("m2", "Mill", ""))

        assert problems("Mill", known=known) == [
            "line 2, team_name: more than one team is called 'Mill': 'm1', 'm2'; give the "
            "teams codes in a column of their own"
        ]

    def test_refuses_a_name_of_signs_only(self) -> None:
        assert problems("&&&")[0].startswith("line 2, team_name: no code can be made of '&&&'")
