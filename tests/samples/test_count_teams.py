"""The units of published counts as a tree of teams."""

import pytest

from survey.organization.models import Team
from survey.samples.count_teams import create_teams
from survey.samples.counts import Unit

UNITS = [
    Unit("S1", "North", "First school"),
    Unit("S2", "North", "Second school"),
    Unit("S3", "South End", "Third school"),
    Unit("4/ä", "", "Fourth school"),
]

pytestmark = pytest.mark.django_db


def tree() -> dict[str, str | None]:
    return dict(Team.objects.values_list("code", "parent__code"))


class TestCreateTeams:
    def test_hangs_units_below_their_parents_and_those_below_a_root(self) -> None:
        teams = create_teams(units=UNITS, root_code="town")

        assert tree() == {
            "town": None,
            "town-North": "town",
            "town-South-End": "town",
            "town-S1": "town-North",
            "town-S2": "town-North",
            "town-S3": "town-South-End",
            "town-4-ä": "town",
        }
        assert teams.root.code == "town"

    def test_tells_the_team_of_each_unit(self) -> None:
        teams = create_teams(units=UNITS, root_code="town")

        names = {unit.code: Team.objects.get(code=teams.codes[unit.code]).name for unit in UNITS}
        assert names == {unit.code: unit.name for unit in UNITS}

    def test_lets_two_towns_stand_side_by_side(self) -> None:
        for root in ("town", "city"):
            create_teams(units=UNITS, root_code=root)

        assert Team.objects.count() == 14
