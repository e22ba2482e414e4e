"""The tree of groups that a launch freezes: pure arithmetic over teams and people.

A person counts in their team; whoever leads a team counts in the group above it, so that nobody
counts in their own view. Groups of fewer than k people are pooled: below the same node first, else
further up, and only where nothing small is left with the smallest sibling. A team that was pooled
in the last wave stays in that pool until it has a few people more than k.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from survey.campaigns.models import GroupKind
from survey.organization.serving import Arrow

STAYS_BELOW = 2  # so many people over k let a pooled team stand alone again
NOT_POOLED: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TeamNode:
    """A team as the plan sees it."""

    id: int
    parent_id: int | None
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to a team on the day of the launch."""

    person_id: int
    team_id: int
    is_leader: bool = False


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """A group to be made. people are those invited in it; a NODE has none of its own."""

    code: str
    name: str
    kind: str
    parent_code: str | None
    team_ids: tuple[int, ...]
    people: tuple[int, ...] = ()
    n_invited: int = 0
    arrows: tuple[Arrow, ...] = ()  # among colleagues: those whose ratings it holds


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """All groups, parents before children, with what preflight has to say about them."""

    groups: tuple[PlannedGroup, ...]
    not_asked: tuple[int, ...] = ()  # the leaders of the top: there is no group above theirs
    taken_in: tuple[tuple[str, str], ...] = ()  # (large enough group, pool that had to take it)

    @property
    def people(self) -> set[int]:
        """Return the ids of the people invited."""
        return {person for group in self.groups for person in group.people}

    @property
    def n_people(self) -> int:
        """Return how many people are invited."""
        return len(self.people)

    @property
    def places(self) -> Mapping[int, tuple[str, ...]]:
        """Return the groups in which each person answers, by code: one, except among colleagues."""
        return {person: (group.code,) for group in self.groups for person in group.people}


class _Tree:
    """Teams below one team, which is the top."""

    def __init__(
        self, teams: Iterable[TeamNode], top_id: int, pooled: Mapping[int, int] = NOT_POOLED
    ) -> None:
        self.teams = {team.id: team for team in teams}
        self.top = self.teams[top_id]
        self.children: dict[int, list[TeamNode]] = defaultdict(list)
        for team in sorted(self.teams.values(), key=lambda team: team.code):
            if team.id != top_id and team.parent_id in self.teams:
                self.children[team.parent_id].append(team)
        self.top_down = self._ordered()
        self._pooled = pooled

    def is_inner(self, team_id: int) -> bool:
        """Say whether other teams stand below a team."""
        return bool(self.children.get(team_id))

    def above(self, team_id: int) -> int | None:
        """Return the team above one, None for the top."""
        return None if team_id == self.top.id else self.teams[team_id].parent_id

    def former_pool(self, bundle: "_Bundle") -> int | None:
        """Return the inner team whose pool held a bundle in the last wave, if it still could."""
        former = self._pooled.get(bundle.group.team_ids[0])
        node = bundle.below
        while node is not None and node != former:
            node = self.above(node)
        return node

    def _ordered(self) -> list[TeamNode]:
        ordered = [self.top]
        for team in ordered:  # grows while it is walked
            ordered += self.children.get(team.id, [])
        return ordered


@dataclass(frozen=True, slots=True)
class _Bundle:
    """People who stay together, and the inner team below which they stand (None: they are all)."""

    group: PlannedGroup
    below: int | None

    @property
    def order(self) -> tuple[int, str]:
        """Return what makes one bundle come before another: fewer people, then the code."""
        return len(self.group.people), self.group.code


def plan_groups(
    *,
    teams: Iterable[TeamNode],
    top_id: int,
    members: Iterable[Member],
    k: int,
    pooled: Mapping[int, int] = NOT_POOLED,
) -> GroupPlan:
    """Plan the groups of an employee wave for a part of the organisation.

    `pooled` tells the teams that were pooled in the last wave, and the inner team of their pool.
    """
    tree = _Tree(teams, top_id, pooled)
    homes, not_asked = _homes(tree, members)
    bundles = [_bundle(tree, home, people) for home, people in homes.items()]
    standing, taken_in = _pool(tree, bundles, k)
    return GroupPlan(_with_nodes(tree, standing), tuple(sorted(not_asked)), tuple(taken_in))


def plan_teams(*, teams: Iterable[TeamNode], top_id: int) -> GroupPlan:
    """Plan one group for every team, for customers and imported answers: nothing is pooled."""
    tree = _Tree(teams, top_id)
    leaves = [team.id for team in tree.top_down if not tree.is_inner(team.id)]
    return GroupPlan(_with_nodes(tree, [_bundle(tree, home, ()) for home in leaves]))


def home_teams(
    *, teams: Iterable[TeamNode], top_id: int, members: Iterable[Member]
) -> dict[int, int]:
    """Return the team in whose own group each person counts, by person."""
    homes, _ = _homes(_Tree(teams, top_id), members)
    return {person: team for team, people in homes.items() for person in people}


def direct_code(team_code: str) -> str:
    """Return the code of the group of people who belong to an inner team itself."""
    return f"{team_code}:direct"


def direct_name(team_name: str) -> str:
    """Return what the group of people who belong to an inner team itself is called."""
    return f"{team_name}, directly"


def pool_name(team_name: str) -> str:
    """Return what the group of small teams below an inner team is called."""
    return f"Smaller teams of {team_name}"


def _homes(tree: _Tree, members: Iterable[Member]) -> tuple[dict[int, tuple[int, ...]], list[int]]:
    """Return the people by the team in whose own group they count, and who counts nowhere."""
    homes: dict[int, list[int]] = defaultdict(list)
    not_asked = []
    for member in members:
        if member.team_id not in tree.teams:
            continue
        home = tree.above(member.team_id) if member.is_leader else member.team_id
        if home is None:
            not_asked.append(member.person_id)
        else:
            homes[home].append(member.person_id)
    return {team: tuple(sorted(people)) for team, people in homes.items()}, not_asked


def _bundle(tree: _Tree, team_id: int, people: tuple[int, ...]) -> _Bundle:
    team = tree.teams[team_id]
    if tree.is_inner(team_id):
        code, name, kind = direct_code(team.code), direct_name(team.name), GroupKind.DIRECT
        below: int | None = team_id
    else:
        code, name, kind = team.code, team.name, GroupKind.TEAM
        below = tree.above(team_id)
    return _Bundle(PlannedGroup(code, name, kind.value, None, (team_id,), people), below)


def _pool(
    tree: _Tree, bundles: Sequence[_Bundle], k: int
) -> tuple[list[_Bundle], list[tuple[str, str]]]:
    """Pool what is small; return what stands, and which large groups had to be taken in."""
    standing, small = _part(tree, bundles, k)
    for team in reversed(tree.top_down):
        waiting = small.pop(team.id, [])
        if sum(len(bundle.group.people) for bundle in waiting) >= k:
            alone = len(waiting) == 1  # the company of the last wave is gone
            standing += waiting if alone else [_pooled(tree, team.id, waiting)]
        elif team.id != tree.top.id:
            small[tree.above(team.id)] += waiting
        else:
            small[None] += waiting
    rest = sorted(small[None], key=lambda bundle: bundle.order)
    if not standing:
        return _all_together(tree, rest), []
    return _take_up(tree, standing, rest)


def _part(
    tree: _Tree, bundles: Iterable[_Bundle], k: int
) -> tuple[list[_Bundle], dict[int | None, list[_Bundle]]]:
    """Return what is large enough, and the rest by the inner team where it looks for company."""
    standing: list[_Bundle] = []
    small: dict[int | None, list[_Bundle]] = defaultdict(list)
    for bundle in bundles:
        former = tree.former_pool(bundle)
        if len(bundle.group.people) >= (k if former is None else k + STAYS_BELOW):
            standing.append(bundle)
        else:
            small[bundle.below if former is None else former].append(bundle)
    return standing, small


def _all_together(tree: _Tree, rest: list[_Bundle]) -> list[_Bundle]:
    """Put the few people there are into one group; preflight refuses to ask them."""
    if len(rest) < 2:
        return rest
    return [_pooled(tree, tree.top.id, rest)]


def _take_up(
    tree: _Tree, standing: list[_Bundle], rest: Sequence[_Bundle]
) -> tuple[list[_Bundle], list[tuple[str, str]]]:
    """Let each small group that found no company join its smallest sibling."""
    taken_in = []
    for bundle in rest:
        node, sibling = _smallest_sibling(tree, standing, bundle)
        pool = _pooled(tree, node, [sibling, bundle])
        standing = [other for other in standing if other is not sibling] + [pool]
        if sibling.group.kind != GroupKind.POOL:
            taken_in.append((sibling.group.name, pool.group.name))
    return standing, taken_in


def _smallest_sibling(
    tree: _Tree, standing: Sequence[_Bundle], bundle: _Bundle
) -> tuple[int, _Bundle]:
    """Return the nearest node with company, and the group to join there.

    That is its pool if it has one, a group that was pooled there in the last wave, or the smallest.
    """
    node = bundle.below
    while node is not None:
        siblings = [other for other in standing if other.below == node]
        if siblings:
            pools = [other for other in siblings if other.group.kind == GroupKind.POOL]
            mates = [other for other in siblings if tree.former_pool(other) == node]
            return node, min(pools or mates or siblings, key=lambda other: other.order)
        node = tree.above(node)
    return tree.top.id, min(standing, key=lambda other: other.order)


def _pooled(tree: _Tree, node: int, bundles: Sequence[_Bundle]) -> _Bundle:
    team = tree.teams[node]
    group = PlannedGroup(
        code=f"{team.code}:smaller",
        name=pool_name(team.name),
        kind=GroupKind.POOL.value,
        parent_code=None,
        team_ids=tuple(sorted({pk for bundle in bundles for pk in bundle.group.team_ids})),
        people=tuple(sorted(pk for bundle in bundles for pk in bundle.group.people)),
    )
    return _Bundle(group, node)


def _with_nodes(tree: _Tree, standing: Sequence[_Bundle]) -> tuple[PlannedGroup, ...]:
    """Put a NODE above what stands, wherever something stands below, and count the invited."""
    counts: dict[int, int] = {tree.top.id: 0} if tree.is_inner(tree.top.id) else {}
    groups = []
    for bundle in sorted(standing, key=lambda bundle: bundle.group.code):
        n = len(bundle.group.people)
        code = None if bundle.below is None else tree.teams[bundle.below].code
        groups.append(replace(bundle.group, parent_code=code, n_invited=n))
        node = bundle.below
        while node is not None:
            counts[node] = counts.get(node, 0) + n
            node = tree.above(node)
    nodes = [_node(tree, team, counts[team.id]) for team in tree.top_down if team.id in counts]
    return (*nodes, *groups)


def _node(tree: _Tree, team: TeamNode, n_invited: int) -> PlannedGroup:
    above = tree.above(team.id)
    return PlannedGroup(
        code=team.code,
        name=team.name,
        kind=GroupKind.NODE.value,
        parent_code=None if above is None else tree.teams[above].code,
        team_ids=(team.id,),
        n_invited=n_invited,
    )
