"""The units of published counts as a tree of teams of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.organization.models import Team
from survey.samples.counts import Unit, write_team_code


@dataclass(frozen=True, slots=True)
class CountTeams:
    """The root of the tree, and the team code of each unit."""

    root: Team
    codes: dict[str, str]


def create_teams(*, units: Sequence[Unit], root_code: str) -> CountTeams:
    """Make a root, a team for each parent named, and one for each unit."""
    root = Team.objects.create(code=root_code, name=root_code)
    names = dict.fromkeys(unit.parent for unit in units if unit.parent)
    parents = Team.objects.bulk_create(
        Team(code=_code(root_code, name), name=name, parent=root) for name in names
    )
    by_name = dict(zip(names, parents, strict=True))
    codes = {unit.code: _code(root_code, unit.code) for unit in units}
    Team.objects.bulk_create(
        Team(code=codes[unit.code], name=unit.name, parent=by_name.get(unit.parent, root))
        for unit in units
    )
    return CountTeams(root, codes)


def _code(root_code: str, text: str) -> str:
    """Return the code of a team below the root."""
    return f"{root_code}-{write_team_code(text)}"
