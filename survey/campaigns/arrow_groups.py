"""The groups that the launch of a wave among colleagues freezes: pure arithmetic.

Every serving team has a tree of its own: a node, and below it a leaf for each arrow. There is no
group above them all, since one person rates several serving teams: of five ratings there, four
might be one person's. Arrows that fewer than k people rate are pooled below their serving team;
one of whom fewer than k would say anything is not asked about. An arrow that was pooled in the last
wave stays in that pool until it has a few people more than k.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from survey.campaigns.arrow_draw import ArrowKey, Drawn, count_raters, draw_arrows
from survey.campaigns.grouping import STAYS_BELOW, GroupPlan, Member, PlannedGroup
from survey.campaigns.models import GroupKind
from survey.organization.serving import Arrow

NONE_POOLED: frozenset[ArrowKey] = frozenset()
Eligible = dict[int, tuple[ArrowKey, ...]]


@dataclass(frozen=True, slots=True)
class ArrowPlan(GroupPlan):
    """Who rates which arrows and how these are counted, with what preflight says about them.

    drawn holds the codes of each person's groups in order of place.
    """

    drawn: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    too_few: tuple[str, ...] = ()  # serving teams of whom fewer than k could say anything
    n_arrows: int = 0  # given today, asked about or not
    n_idle: int = 0  # people who belong here and are served by no team they may rate

    @property
    def places(self) -> Mapping[int, tuple[str, ...]]:
        """Return the groups in which each person rates, by code."""
        return self.drawn


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Who may be asked: the people, where each counts, and the team above every team."""

    members: Collection[Member]
    homes: Mapping[int, int]
    parents: Mapping[int, int | None]


def plan_arrows(
    *,
    arrows: Iterable[Arrow],
    colleagues: Colleagues,
    k: int,
    at_most: int,
    seed: str,
    pooled: Collection[ArrowKey] = NONE_POOLED,
) -> ArrowPlan:
    """Plan the groups of a wave among colleagues; `pooled` are the arrows pooled in the last."""
    known = {(arrow.provider_id, arrow.consumer_id): arrow for arrow in arrows}
    eligible = find_eligible(arrows=known, colleagues=colleagues)
    drawn, asked = _draw_enough(eligible, k=k, at_most=at_most, seed=seed)
    people: dict[ArrowKey, list[int]] = defaultdict(list)
    for person, chosen in drawn.items():
        for arrow in chosen:
            people[arrow].append(person)
    trees = [_plan_tree(_of_provider(known, team), people, k, pooled) for team in asked]
    code_of = {
        (arrow.provider_id, arrow.consumer_id): leaf.code
        for leaves in trees
        for leaf in leaves
        for arrow in leaf.arrows
    }
    unasked = {arrow.provider_name for arrow in known.values() if arrow.provider_id not in asked}
    return ArrowPlan(
        groups=_with_nodes(trees),
        not_asked=tuple(sorted(_homeless(colleagues))),
        drawn={
            person: tuple(code_of[one] for one in drawn[person])
            for person in sorted(drawn)  # rows are stored in this order: it tells nothing of lots
        },
        too_few=tuple(sorted(unasked)),
        n_arrows=len(known),
        taken_in=tuple(_taken_in(trees, people, k, pooled)),
        n_idle=len(eligible.keys() - drawn.keys()),
    )


def find_eligible(*, arrows: Collection[ArrowKey], colleagues: Colleagues) -> Eligible:
    """Return the arrows that each person could rate: one of every team that serves theirs.

    That is the one to the nearest team above them. Nobody rates a team they belong to or count in,
    nor one above or below it.
    """
    providers: dict[int, list[int]] = defaultdict(list)
    for provider, consumer in sorted(arrows):
        providers[consumer].append(provider)
    lines = {team: _line(team, colleagues.parents) for team in colleagues.parents}
    found: dict[tuple[int, int], tuple[ArrowKey, ...]] = {}
    eligible: Eligible = {}
    for member in colleagues.members:
        home = colleagues.homes.get(member.person_id)
        if home is None:
            continue
        place = home, member.team_id
        if place not in found:
            found[place] = _served(place, providers, lines)
        eligible[member.person_id] = found[place]
    return eligible


def edge_code(provider_code: str, consumer_code: str) -> str:
    """Return the code of the group of an arrow."""
    return f"{provider_code}>{consumer_code}"


def edge_name(provider_name: str, consumer_name: str) -> str:
    """Return what the group of an arrow is called."""
    return f"{provider_name}, as {consumer_name} sees it"


def smaller_name(provider_name: str) -> str:
    """Return what the group of the small arrows of a serving team is called."""
    return f"{provider_name}, as smaller teams see it"


def _line(team: int, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    """Return a team and everything above it, the nearest first."""
    line: list[int] = []
    above: int | None = team
    while above is not None and above in parents and above not in line:
        line.append(above)
        above = parents[above]
    return tuple(line)


def _served(
    place: tuple[int, int],
    providers: Mapping[int, Sequence[int]],
    lines: Mapping[int, Sequence[int]],
) -> tuple[ArrowKey, ...]:
    nearest: dict[int, ArrowKey] = {}
    for consumer in lines.get(place[0], place[:1]):
        for provider in providers.get(consumer, ()):
            if not any(_are_in_line(provider, team, lines) for team in place):
                nearest.setdefault(provider, (provider, consumer))
    return tuple(sorted(nearest.values()))


def _are_in_line(one: int, other: int, lines: Mapping[int, Sequence[int]]) -> bool:
    return one in lines.get(other, (other,)) or other in lines.get(one, (one,))


def _draw_enough(
    eligible: Eligible, *, k: int, at_most: int, seed: str
) -> tuple[Drawn, tuple[int, ...]]:
    """Draw until at least k people rate every serving team that is asked about; return these too.

    Those with the fewest go first, so that their raters may be enough for others.
    """
    possible = Counter(arrow[0] for arrows in eligible.values() for arrow in arrows)
    asked = {provider for provider, n in possible.items() if n >= k}
    while True:
        left = {
            person: tuple(arrow for arrow in arrows if arrow[0] in asked)
            for person, arrows in eligible.items()
        }
        drawn = draw_arrows(eligible=left, at_most=at_most, seed=seed)
        raters = dict.fromkeys(asked, 0)
        for (provider, _), n in count_raters(drawn).items():
            raters[provider] += n
        few = sorted((n, provider) for provider, n in raters.items() if n < k)
        if not few:
            return drawn, tuple(sorted(asked))
        n_leaving = _count_leaving([n for n, _ in few], k=k)
        asked.difference_update(provider for _, provider in few[:n_leaving])


def _count_leaving(raters: Sequence[int], *, k: int) -> int:
    """Return how many of the teams with so few raters go at once, the fewest first.

    As long as all raters of those that go are not enough for those that stay, more must go. Half of
    them go before the next draw, which may be luckier; where few are left it is one by one.
    """
    freed, lacking, n_leaving = 0, sum(k - n for n in raters), 0
    while freed < lacking:
        freed += raters[n_leaving]
        lacking -= k - raters[n_leaving]
        n_leaving += 1
    return max(1, n_leaving // 2)


def _of_provider(known: Mapping[ArrowKey, Arrow], provider: int) -> list[Arrow]:
    found = [arrow for key, arrow in known.items() if key[0] == provider]
    return sorted(found, key=lambda arrow: arrow.consumer_code)


def _plan_tree(
    arrows: Sequence[Arrow],
    people: Mapping[ArrowKey, Sequence[int]],
    k: int,
    pooled: Collection[ArrowKey],
) -> list[PlannedGroup]:
    """Return the leaves of one serving team, whom k people or more rate: none of fewer than k."""
    standing: list[PlannedGroup] = []
    small: list[PlannedGroup] = []
    held: list[PlannedGroup] = []  # large enough, but in last wave's pool
    for arrow in arrows:
        key = arrow.provider_id, arrow.consumer_id
        leaf = _leaf(arrow, people.get(key, ()))
        if leaf.n_invited >= k + STAYS_BELOW or (leaf.n_invited >= k and key not in pooled):
            standing.append(leaf)
        elif leaf.n_invited:
            (held if leaf.n_invited >= k else small).append(leaf)
    if not small and len(held) == 1:  # the company of the last wave is gone
        return sorted([*standing, *held], key=lambda leaf: leaf.code)
    together = small + held
    if together and sum(leaf.n_invited for leaf in together) < k:
        taken = min(standing, key=lambda leaf: (leaf.n_invited, leaf.code))
        standing.remove(taken)
        together.append(taken)
    pool = [_pool(together)] if together else []
    return sorted([*standing, *pool], key=lambda leaf: leaf.code)


def _leaf(arrow: Arrow, people: Sequence[int]) -> PlannedGroup:
    return PlannedGroup(
        code=edge_code(arrow.provider_code, arrow.consumer_code),
        name=edge_name(arrow.provider_name, arrow.consumer_name),
        kind=GroupKind.EDGE.value,
        parent_code=arrow.provider_code,
        team_ids=(arrow.provider_id, arrow.consumer_id),
        people=tuple(sorted(people)),
        n_invited=len(people),
        arrows=(arrow,),
    )


def _pool(leaves: Sequence[PlannedGroup]) -> PlannedGroup:
    arrows = sorted(
        (arrow for leaf in leaves for arrow in leaf.arrows), key=lambda arrow: arrow.consumer_code
    )
    provider = arrows[0]
    return PlannedGroup(
        code=f"{provider.provider_code}:smaller",
        name=smaller_name(provider.provider_name),
        kind=GroupKind.POOL.value,
        parent_code=provider.provider_code,
        team_ids=(provider.provider_id, *sorted(arrow.consumer_id for arrow in arrows)),
        people=tuple(sorted(person for leaf in leaves for person in leaf.people)),
        n_invited=sum(leaf.n_invited for leaf in leaves),
        arrows=tuple(arrows),
    )


def _with_nodes(trees: Iterable[Sequence[PlannedGroup]]) -> tuple[PlannedGroup, ...]:
    """Put a NODE of its serving team above the leaves of every tree."""
    groups: list[PlannedGroup] = []
    for leaves in trees:
        provider = leaves[0].arrows[0]
        node = PlannedGroup(
            code=provider.provider_code,
            name=provider.provider_name,
            kind=GroupKind.NODE.value,
            parent_code=None,
            team_ids=(provider.provider_id,),
            n_invited=sum(leaf.n_invited for leaf in leaves),
        )
        groups += [node, *leaves]
    return tuple(groups)


def _taken_in(
    trees: Iterable[Sequence[PlannedGroup]],
    people: Mapping[ArrowKey, Sequence[int]],
    k: int,
    pooled: Collection[ArrowKey],
) -> Iterator[tuple[str, str]]:
    """Yield the arrows that enough people rate, with the pool that had to take them up."""
    for leaf in (leaf for leaves in trees for leaf in leaves if len(leaf.arrows) > 1):
        for arrow in leaf.arrows:
            key = arrow.provider_id, arrow.consumer_id
            if len(people.get(key, ())) >= k and key not in pooled:
                yield edge_name(arrow.provider_name, arrow.consumer_name), leaf.name


def _homeless(colleagues: Colleagues) -> set[int]:
    """Return who counts nowhere: the leaders of the top."""
    return {one.person_id for one in colleagues.members if one.person_id not in colleagues.homes}
