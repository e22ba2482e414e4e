"""The organisation's tree as pages need it: names, and who is below whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.organization.models import Team


@dataclass(frozen=True, slots=True)
class TeamTree:
    """Names and parents of all teams, by id."""

    names: Mapping[int, str]
    parents: Mapping[int, int | None]

    def path(self, team: int) -> list[int]:
        """Return the team and everything above it, the root first."""
        path = []
        above: int | None = team
        while above is not None:
            path.append(above)
            above = self.parents.get(above)
        return path[::-1]

    def named_path(self, team: int) -> list[str]:
        """Return the names of the team and of everything above it, the root's first."""
        return [self.names.get(one, "") for one in self.path(team)]

    def branches(self, scope: int) -> dict[int, int]:
        """Return, for every team below one, the team directly below that one on the way to it."""
        found = {team: team for team, parent in self.parents.items() if parent == scope}
        for team in self.parents:
            trail: list[int] = []
            above: int | None = team
            while above is not None and above != scope and above not in found:
                trail.append(above)
                above = self.parents.get(above)
            if above in found:
                found |= dict.fromkeys(trail, found[above])
        return found


def read_tree() -> TeamTree:
    """Read the whole tree in one query."""
    rows = list(Team.objects.values_list("pk", "name", "parent_id"))
    return TeamTree({pk: name for pk, name, _ in rows}, {pk: parent for pk, _, parent in rows})
