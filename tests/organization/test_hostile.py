"""Hostile files are refused by line and column, and nothing of them is taken in."""

import io

import pytest

from survey.organization.lines import RosterError
from survey.organization.models import Membership, Person, RosterState, Team
from survey.organization.roster import read_roster
from survey.organization.services import apply_confirmed_rosters, import_roster, set_columns
from tests.organization.arrivals import NOW, arrive, take_in
from tests.organization.hostile import FILES, GOOD, HEAD, doctored, in_sheet, xlsx_of


def everything() -> list[object]:
    """Return all that is known of the organisation."""
    return [list(model.objects.order_by("pk").values()) for model in (Team, Person, Membership)]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.django_db
class TestHostileFiles:
    def test_are_refused_by_line_and_column(self, name: str) -> None:
        content, problem = FILES[name]

        with pytest.raises(RosterError) as caught:
            import_roster(roster=read_roster(io.BytesIO(content)), today=NOW.date())
        assert any(str(one).startswith(problem) for one in caught.value.problems), str(caught.value)
        assert everything() == [[], [], []]

    def test_change_nothing_even_when_confirmed_ahead(self, name: str) -> None:
        take_in()
        before = everything()
        roster = arrive(FILES[name][0], applies=True, may_lose_many=True)
        apply_confirmed_rosters(now=NOW)

        roster.refresh_from_db()
        assert roster.state in (RosterState.REFUSED, RosterState.UNMAPPED)
        assert everything() == before


class TestTheSameSpreadsheets:
    """The files above are refused for what was done to them, and for nothing else."""

    def test_are_read_where_nothing_was_done_to_them(self) -> None:
        same = doctored(lambda _, part: part)

        assert read_roster(io.BytesIO(same)).people[0].name == "Ana"
        assert read_roster(io.BytesIO(in_sheet(b"", b""))).people[0].name == "Ana"
        assert read_roster(io.BytesIO(xlsx_of(HEAD, GOOD))).people[0].name == "Ana"

    def test_are_many(self) -> None:
        assert len(FILES) >= 40


@pytest.mark.django_db
def test_no_meaning_of_columns_lets_a_hostile_file_in() -> None:
    roster = arrive(FILES["the wrong sheet"][0])
    assert roster.state == RosterState.UNMAPPED

    with pytest.raises(RosterError, match="line 1, team: this column is missing"):
        set_columns(roster_id=roster.pk, columns={"Notes": "name"})
