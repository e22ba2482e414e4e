"""Fill an empty database with the released figures of a large organisation.

Nobody answered anything: figures are drawn and stored as releases print them, so that pages, files
and the linkage can be measured at sizes that would take days to answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from survey.aggregation.models import Figure, Release
from survey.campaigns.models import Campaign, Channel, Group, GroupKind, GroupTeam, Pairing, Wave
from survey.core.periods import Period
from survey.organization.models import Team
from survey.questionnaires.bank import (
    Bank,
    ConstructEntry,
    ItemEntry,
    QuestionnaireEntry,
    ScaleEntry,
)
from survey.questionnaires.models import Audience, Questionnaire
from survey.questionnaires.services import load_bank

BATCH = 5_000
DEEPEST = 3  # the level of teams
FIRST_MONTH = date(2024, 1, 1)
BETWEEN = 6.0  # standard deviation of teams, on 0 to 100
WITHIN = 22.0  # of people in a team
SIZES = {Audience.EMPLOYEE: 12, Audience.CUSTOMER: 60}

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Size:
    """How large the organisation is: two levels of inner nodes above its teams."""

    teams: int = 2_000
    months: int = 24
    scales: int = 6  # a side
    fan_out: int = 10  # teams of an area, areas of a division


@dataclass(frozen=True, slots=True)
class Node:
    """A team of the tree with the rows of the leaves below it."""

    team: Team
    parent: int | None
    depth: int
    leaves: NDArray[np.intp]


def fill(size: Size, *, seed: int = 1, quiet: bool = False) -> Pairing:
    """Store the organisation, its two campaigns and a release of each side for every month."""
    nodes = list(_plant(size))
    rng = np.random.default_rng(seed)
    shared = rng.normal(0, BETWEEN, size.teams)
    sides = {
        audience: _make_campaign(audience, size, nodes[0].team)
        for audience in (Audience.EMPLOYEE, Audience.CUSTOMER)
    }
    months = [_month(at) for at in range(size.months)]
    for month in tqdm(months, desc="releases", disable=quiet):
        for audience, campaign in sides.items():
            _release(campaign, audience, month, nodes, shared, size, rng)
    return Pairing.objects.create(
        code="both", name="Staff and customers", period=Period.MONTH,
        ex=sides[Audience.EMPLOYEE], cx=sides[Audience.CUSTOMER],
    )  # fmt: skip


def _plant(size: Size) -> Iterator[Node]:
    """Make the tree, parents first, and yield its nodes."""
    n_areas = -(-size.teams // size.fan_out)
    n_divisions = -(-n_areas // size.fan_out)
    everybody = np.arange(size.teams)
    root = Team.objects.create(code="company", name="The Company")
    yield Node(root, None, 0, everybody)
    area_of = everybody // size.fan_out
    above = [root]
    levels = (
        ("Division", n_divisions, area_of // size.fan_out),
        ("Area", n_areas, area_of),
        ("Team", size.teams, everybody),
    )
    for depth, (name, number, of) in enumerate(levels, start=1):
        made = []
        for at in range(number):
            parent = above[at // size.fan_out if depth > 1 else 0]
            team = Team.objects.create(
                code=f"{name.lower()}-{at + 1}", name=f"{name} {at + 1}", parent=parent
            )
            made.append(team)
            yield Node(team, parent.pk, depth, np.flatnonzero(of == at))
        above = made


def _make_campaign(audience: str, size: Size, scope: Team) -> Campaign:
    side = "ex" if audience == Audience.EMPLOYEE else "cx"
    codes = [f"{side}_{number}" for number in range(1, size.scales + 1)]
    options = [{"value": at, "score": at, "texts": {"en": str(at)}} for at in range(1, 6)]
    load_bank(
        bank=Bank(
            constructs=(ConstructEntry(side, side.upper(), source="Drawn for benchmarks."),),
            items=tuple(
                ItemEntry(code=f"{code}_item", texts={"en": f"How is {code}?"}, options=options)
                for code in codes
            ),
            scales=tuple(
                ScaleEntry(
                    code=code, name=f"Theme {code}", phrase=f"theme {code}", construct=side,
                    minimum=1, maximum=5, favourable_from=4, items=(f"{code}_item",),
                )
                for code in codes
            ),
            questionnaires=(
                QuestionnaireEntry(
                    code=side, name=side.upper(), audience=audience,
                    items=tuple(f"{code}_item" for code in codes),
                ),
            ),
        )
    )  # fmt: skip
    return Campaign.objects.create(
        code=side, name=f"{side.upper()} survey", audience=audience, scope=scope,
        questionnaire=Questionnaire.objects.get(code=side),
    )  # fmt: skip


def _month(at: int) -> date:
    years, months = divmod(FIRST_MONTH.month - 1 + at, 12)
    return date(FIRST_MONTH.year + years, months + 1, 1)


def _release(
    campaign: Campaign,
    audience: str,
    month: date,
    nodes: Sequence[Node],
    shared: Floats,
    size: Size,
    rng: np.random.Generator,
) -> None:
    """Store one wave with its groups and the release of its figures."""
    opens_at = datetime(month.year, month.month, 2, tzinfo=UTC)
    closed_at = opens_at + timedelta(days=20)
    wave = Wave.objects.create(
        campaign=campaign, number=campaign.waves.count() + 1, channel=Channel.IMPORT,
        questionnaire=campaign.questionnaire, opens_at=opens_at, closes_at=closed_at,
        launched_at=opens_at, opened_at=opens_at, closed_at=closed_at, sealed_at=closed_at,
        public_key=b"none", box_size=1,
    )  # fmt: skip
    groups = _group(wave, nodes)
    codes = _scales(campaign, size)
    n = rng.poisson(SIZES[Audience(audience)], size.teams).clip(10)
    means = {
        code: 60 + 0.6 * shared + rng.normal(0, 0.8 * BETWEEN, size.teams)
        + rng.normal(0, WITHIN, size.teams) / np.sqrt(n)
        for code in codes
    }  # fmt: skip
    release = Release.objects.create(
        wave=wave, made_at=closed_at, checksum=f"{wave.pk:064x}",
        scales={code: _describe(size, int(n.sum())) for code in codes},
    )  # fmt: skip
    Figure.objects.bulk_create(_figures(release, groups, nodes, n, means), batch_size=BATCH)


def _scales(campaign: Campaign, size: Size) -> list[str]:
    return [f"{campaign.code}_{number}" for number in range(1, size.scales + 1)]


def _group(wave: Wave, nodes: Sequence[Node]) -> list[Group]:
    """Make a group for every node, level by level, so that parents have their ids."""
    made: dict[int, Group] = {}
    for depth in range(DEEPEST + 1):
        rows = [node for node in nodes if node.depth == depth]
        found = Group.objects.bulk_create(
            Group(
                wave=wave, parent=made.get(node.parent or 0), code=node.team.code,
                kind=GroupKind.TEAM if depth == DEEPEST else GroupKind.NODE, name=node.team.name,
            )
            for node in rows
        )  # fmt: skip
        made |= {node.team.pk: group for node, group in zip(rows, found, strict=True)}
    GroupTeam.objects.bulk_create(
        (GroupTeam(group=group, team_id=team) for team, group in made.items()), batch_size=BATCH
    )
    return [made[node.team.pk] for node in nodes]


def _figures(
    release: Release,
    groups: Sequence[Group],
    nodes: Sequence[Node],
    n: NDArray[np.int64],
    means: dict[str, Floats],
) -> Iterator[Figure]:
    for node, group in zip(nodes, groups, strict=True):
        people = int(n[node.leaves].sum())
        se = WITHIN / people**0.5
        for code, values in means.items():
            mean = float(np.average(values[node.leaves], weights=n[node.leaves]).clip(5, 95))
            yield Figure(
                release=release, group=group, metric=code, n=people, mean=round(mean, 1),
                se=round(se, 1), low=round(mean - 1.96 * se, 1), high=round(mean + 1.96 * se, 1),
                favourable=round(mean),
            )  # fmt: skip


def _describe(size: Size, people: int) -> dict[str, object]:
    """Return what a release says of a scale that tells teams apart well."""
    return {
        "n_groups": size.teams, "n_people": people, "pooled_sd": WITHIN,
        "pooled_df": people - size.teams, "icc1": 0.12, "p_value": 0.0,
        "median_reliability": 0.7, "median_rwg": 0.75, "gate": "GREEN", "gate_reasons": [],
        "reason": "", "alpha": 0.8, "alpha_low": 0.79, "alpha_high": 0.81, "n_complete": people,
    }  # fmt: skip
