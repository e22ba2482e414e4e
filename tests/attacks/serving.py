"""Random services between the teams of random organisations, and what people say of them.

The same people answer the employee wave beside it. Trees, draws, pools, places and figures are made
by the product's own functions.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.aggregation.composing import Tree
from survey.campaigns.arrow_draw import ArrowKey
from survey.campaigns.arrow_groups import ArrowPlan, Colleagues, plan_arrows
from survey.campaigns.grouping import home_teams
from survey.campaigns.models import GroupKind
from survey.campaigns.models.campaign import MOST_ARROWS
from survey.organization.serving import Arrow
from tests.attacks.organisations import (
    ITEMS,
    TOP,
    K,
    Organisation,
    Played,
    draw_answers,
    live,
    place,
)

EVERYTHING = "everything"  # the code of a root that the product never makes
N_HUBS = 3  # teams that serve many
ENDS, TURNED = 0.1, 0.1
LEAVES_OUT = 0.08  # of the teams on somebody's page


@dataclass(frozen=True)
class Guard:
    """What keeps small sets apart; controls take some of it away."""

    k: int = K
    has_root: bool = False


PRODUCT = Guard()
NO_POOLS = Guard(k=1)
ONE_ROOT = Guard(has_root=True)
MOST, FEW = (0.35, 0.9), (0.04, 0.15)  # how large a share of people answers


@dataclass(frozen=True, eq=False)
class Rated:
    """One quarter: who worked where, what they said of their own teams, and of those serving them.

    `ratings` has a row per person and serving team.
    """

    organisation: Organisation
    plan: ArrowPlan
    employees: Played
    ratings: Played

    @property
    def leaders(self) -> frozenset[int]:
        """Return the people who read the figures of a team, and may put them together."""
        return frozenset(one.person_id for one in self.organisation.members if one.is_leader)


def play_quarters(
    seed: int, *, guard: Guard = PRODUCT, shares: tuple[float, float] = MOST
) -> Iterator[Rated]:
    """Draw an organisation and its services; yield both its waves of three quarters."""
    draw = np.random.default_rng([seed, 9])
    at_most = int(draw.integers(1, MOST_ARROWS + 1))
    pooled = frozenset[ArrowKey]()
    pairs = set[ArrowKey]()
    for number, (organisation, employees) in enumerate(live(seed)):
        pairs = draw_services(organisation, draw, pairs)
        plan = plan_arrows(
            arrows=[make_arrow(*pair) for pair in sorted(pairs)],
            colleagues=gather(organisation),
            k=guard.k,
            at_most=at_most,
            seed=f"{seed} {number}",
            pooled=pooled,
        )
        pooled = frozenset(
            (arrow.provider_id, arrow.consumer_id)
            for group in plan.groups
            if group.kind == GroupKind.POOL
            for arrow in group.arrows
        )
        yield Rated(organisation, plan, employees, rate(plan, draw, guard, shares))


def draw_services(
    organisation: Organisation, draw: np.random.Generator, before: set[ArrowKey]
) -> set[ArrowKey]:
    """Let teams, inner ones among them, be served by none to five others, some in circles.

    A few teams serve many. Of the services there were some end.
    """
    kept = {pair for pair in sorted(before) if draw.random() >= ENDS}
    teams = np.array(list(organisation.above))
    hubs = draw.choice(teams, N_HUBS)
    for consumer in teams if not before else draw.choice(teams, 2):
        serving = [*hubs[draw.random(N_HUBS) < 0.6], *draw.choice(teams, draw.integers(0, 3))]
        kept |= {(int(one), int(consumer)) for one in serving if one != consumer}
    return kept | {pair[::-1] for pair in sorted(kept) if draw.random() < TURNED}


def rate(
    plan: ArrowPlan, draw: np.random.Generator, guard: Guard, shares: tuple[float, float]
) -> Played:
    """Let a share of the people answer, and store their ratings where the seal would.

    Whoever answers sends a box for each team on their page, whatever they leave out.
    """
    share = draw.uniform(*shares)
    answering = {person for person in sorted(plan.drawn) if draw.random() < share}
    rows: list[tuple[str, int, list[float]]] = []
    for group in plan.groups:
        raters = [person for person in group.people if person in answering]
        for person, answers in zip(raters, draw_answers(len(raters), draw), strict=True):
            is_left_out = draw.random() < LEAVES_OUT
            rows.append((group.code, person, [np.nan] * len(ITEMS) if is_left_out else answers))
    return store(plan, rows, guard)


def store(
    plan: ArrowPlan, rows: Sequence[tuple[str, int, list[float]]], guard: Guard = PRODUCT
) -> Played:
    """Store ratings (the group, the person, their answers) where the seal would."""
    above = EVERYTHING if guard.has_root else None
    parents: dict[str, str | None] = {EVERYTHING: None} if guard.has_root else {}
    parents |= {group.code: group.parent_code or above for group in plan.groups}
    leaves = frozenset(group.code for group in plan.groups if group.kind != GroupKind.NODE)
    places = place(Counter(code for code, *_ in rows), parents, k=guard.k)
    said = [[places[code], person, *answers] for code, person, answers in rows if code in places]
    return Played(Tree(parents, leaves), pd.DataFrame(said, columns=["at", "person", *ITEMS]))


def part_by_tree(played: Played) -> Iterator[Played]:
    """Yield each tree of a wave by itself, with what is stored in it."""
    root_of = {code: list(played.tree.path(code))[-1] for code in played.tree.parents}
    roots = played.said["at"].map(root_of)
    for root in dict.fromkeys(root_of.values()):
        parents = {
            code: above for code, above in played.tree.parents.items() if root_of[code] == root
        }
        yield Played(Tree(parents, played.tree.leaves & parents.keys()), played.said[roots == root])


def gather(organisation: Organisation) -> Colleagues:
    """Return who may be asked, and where everybody counts."""
    homes: Mapping[int, int] = home_teams(
        teams=organisation.nodes, top_id=TOP, members=organisation.members
    )
    return Colleagues(organisation.members, homes, organisation.above)


def make_arrow(provider: int, consumer: int) -> Arrow:
    """Let one team serve another."""
    ends = (provider, f"t{provider}", f"Team {provider}", consumer, f"t{consumer}")
    return Arrow(*ends, f"Team {consumer}", "")
