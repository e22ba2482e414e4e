"""Find the open customer waves that ask about teams, and the teams' groups there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from survey.campaigns.attributes import freeze_attributes
from survey.campaigns.grouping import direct_code, direct_name
from survey.campaigns.models import Channel, Group, GroupKind, GroupTeam, Wave
from survey.core.batches import in_batches
from survey.core.timestamps import local_date
from survey.organization.models import Team
from survey.questionnaires.models import Audience

TEAMS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where a team's customers are asked."""

    team_id: int
    wave: Wave
    group_id: int


def find_places(
    *, team_codes: Iterable[str], now: datetime, campaign_id: int | None = None
) -> dict[str, Place | None]:
    """Return where the customers of each team are asked now, of one campaign or of any.

    A team that no open wave covers has None, a code that no team has is left out. Where several
    waves ask about a team, the one that opened first takes all. The queries are as many for a
    thousand teams as for one; only a team that is new since the launch gets a group made for it.
    """
    tree = _Tree()
    teams = [tree.by_code[code] for code in sorted(set(team_codes)) if code in tree.by_code]
    waves = list(_open_waves(now, campaign_id)) if teams else []
    groups = _Groups(waves, teams, tree)
    places = {tree.codes[team_id]: _place(team_id, waves, groups, tree) for team_id in teams}
    groups.freeze_new(today=local_date(now))
    return places


def add_missing_groups(*, wave: Wave, team_ids: Iterable[int], now: datetime) -> None:
    """Make the groups that teams of a customer wave lack: those opened since its launch."""
    teams = sorted(team_ids)
    groups = _Groups([wave], teams, _Tree())
    for team_id in teams:
        groups.find_or_make(wave, team_id)
    groups.freeze_new(today=local_date(now))


def _open_waves(now: datetime, campaign_id: int | None) -> Iterable[Wave]:
    waves = Wave.objects.open_at(now).filter(
        channel=Channel.PERSONAL, campaign__audience=Audience.CUSTOMER
    )
    if campaign_id is not None:
        waves = waves.filter(campaign=campaign_id)
    return waves.select_related("campaign__customer_rules").order_by("opens_at", "pk")


def _place(team_id: int, waves: Iterable[Wave], groups: "_Groups", tree: "_Tree") -> Place | None:
    way_up = tree.way_up(team_id)
    for wave in waves:
        if wave.campaign.scope_id in way_up:
            group_id = groups.find_or_make(wave, team_id)
            if group_id is not None:
                return Place(team_id, wave, group_id)
    return None


class _Tree:
    """Every team's code and parent, in one query."""

    def __init__(self) -> None:
        rows = list(Team.objects.values_list("pk", "parent_id", "code"))
        self.parents = {pk: parent_id for pk, parent_id, _ in rows}
        self.codes = {pk: code for pk, _, code in rows}
        self.by_code = {code: pk for pk, code in self.codes.items()}

    def way_up(self, team_id: int) -> list[int]:
        """Return a team and all teams above it, from itself upwards."""
        way: list[int] = []
        node: int | None = team_id
        while node is not None:
            way.append(node)
            node = self.parents[node]
        return way


class _Groups:
    """The groups of some teams in some waves; the missing ones are made."""

    def __init__(self, waves: list[Wave], teams: list[int], tree: _Tree) -> None:
        self._tree = tree
        self._held: dict[tuple[int, int], int] = {}
        self._nodes: dict[int, Mapping[str, int]] = {}
        self._new: dict[Wave, list[Group]] = defaultdict(list)
        for batch in in_batches(teams, TEAMS_AT_ONCE):
            held = GroupTeam.objects.filter(group__wave__in=waves, team__in=batch)
            rows = held.exclude(group__kind=GroupKind.NODE).order_by("-group")
            for wave_id, team_id, group_id in rows.values_list("group__wave", "team", "group"):
                self._held[wave_id, team_id] = group_id

    def find_or_make(self, wave: Wave, team_id: int) -> int | None:
        """Return a team's own group; None where the wave has no node at or above the team."""
        if (wave.pk, team_id) not in self._held:
            made = self._make(wave, team_id)
            if made is None:
                return None
            self._held[wave.pk, team_id] = made
        return self._held[wave.pk, team_id]

    def _make(self, wave: Wave, team_id: int) -> int | None:
        """Make a group for an inner team's own customers, or for a team that was opened later."""
        codes = [self._tree.codes[pk] for pk in self._tree.way_up(team_id)]
        nodes = self._nodes_of(wave)
        above = next((code for code in codes if code in nodes), None)
        if above is None:
            return None
        team = Team.objects.get(pk=team_id)
        is_inner = above == team.code
        group, is_new = Group.objects.get_or_create(
            wave=wave,
            code=direct_code(team.code) if is_inner else team.code,
            defaults={
                "parent_id": nodes[above],
                "kind": GroupKind.DIRECT if is_inner else GroupKind.TEAM,
                "name": direct_name(team.name) if is_inner else team.name,
            },
        )
        if is_new:
            GroupTeam.objects.create(group=group, team=team)
            self._new[wave].append(group)
        return group.pk

    def freeze_new(self, *, today: date) -> None:
        """Keep on the groups that were made what launching keeps on all others."""
        for wave, groups in self._new.items():
            freeze_attributes(wave=wave, groups=groups, today=today)

    def _nodes_of(self, wave: Wave) -> Mapping[str, int]:
        if wave.pk not in self._nodes:
            nodes = Group.objects.filter(wave=wave, kind=GroupKind.NODE)
            self._nodes[wave.pk] = dict(nodes.values_list("code", "pk"))
        return self._nodes[wave.pk]
