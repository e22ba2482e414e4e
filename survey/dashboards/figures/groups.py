"""Whose figures of a wave somebody may see, group by group."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from survey.accounts.models import Grant, Role
from survey.accounts.selectors import Scope, scope_of_grant
from survey.campaigns.models import Group, GroupKind, GroupTeam, Wave
from survey.dashboards.access import Reader
from survey.organization.models import Team


@dataclass(frozen=True, slots=True)
class Reach:
    """What a reader may see, of everything or of one part as its leader would see it."""

    reader: Reader
    part: Scope | None = None

    @property
    def is_everything(self) -> bool:
        """Say whether nothing at all is left out."""
        return self.part is None and self.reader.scope.sees_everything

    def holds(self, kind: str, team_ids: Collection[int]) -> bool:
        """Say whether the figures of a group are within reach.

        Teams and pools are when all their teams are, inner nodes when their parts may be compared.
        """
        if kind == GroupKind.NODE:
            return all(map(self.reader.compares, team_ids)) and (
                self.part is None or self.part.led_team_ids.issuperset(team_ids)
            )
        return self.reader.opens(team_ids) and (self.part is None or self.part.opens(team_ids))


@dataclass(frozen=True, slots=True)
class Named:
    """The groups of a wave within reach, with what is said of each: code, name, kind."""

    names: dict[int, tuple[str, str, str]]
    is_whole_wave: bool

    @property
    def ids(self) -> Collection[int] | None:
        """Return the ids to look for; None: there are no others."""
        return None if self.is_whole_wave else self.names.keys()


def limit_to(part: Team | None, *, reader: Reader) -> Reach:
    """Return what a reader may see of a part; of everything if none is named."""
    if part is None:
        return Reach(reader)
    return Reach(reader, scope_of_grant(grant=Grant(role=Role.LEADER, team=part)))


def read_groups(*, wave: Wave, reach: Reach) -> Named:
    """Read the groups of a wave that are within reach, with two queries at most."""
    groups = Group.objects.filter(wave=wave).values_list("pk", "code", "name", "kind")
    names = {pk: (code, name, kind) for pk, code, name, kind in groups}
    if reach.is_everything:
        return Named(names, is_whole_wave=True)
    teams: dict[int, list[int]] = defaultdict(list)
    for group, team in GroupTeam.objects.filter(group__wave=wave).values_list("group", "team"):
        teams[group].append(team)
    found = {pk: name for pk, name in names.items() if reach.holds(name[-1], teams[pk])}
    return Named(found, is_whole_wave=len(found) == len(names))
