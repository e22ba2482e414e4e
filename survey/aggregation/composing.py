"""Compose the figures of a release: choose what may be shown, then print it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from survey.aggregation.ends import SMALL, pull_in
from survey.aggregation.metrics import Metric
from survey.aggregation.printing import PrintedFigure, print_figure, print_profiles
from survey.aggregation.quality import describe_scale, find_divided, pool
from survey.aggregation.summaries import Summary
from survey.statistics.rollups import PooledSpread
from survey.statistics.suppression import publishable

Stored = Mapping[str, Mapping[str, Summary]]  # group code -> metric code -> summary


@dataclass(frozen=True, slots=True)
class Tree:
    """A wave's frozen tree: every group's parent by code (None: the root), and the leaves."""

    parents: Mapping[str, str | None]
    leaves: frozenset[str]

    def path(self, code: str) -> Iterator[str]:
        """Yield a group and then every group above it."""
        above: str | None = code
        while above is not None:
            yield above
            above = self.parents[above]


@dataclass(frozen=True, slots=True)
class FamilyMaterial:
    """What one family's figures are made of: respondents directly at each group, by metric.

    `knows_people` is false where answers were built from published counts. As many people as the
    threshold says may have given `fewest_links` responses, if these are more.
    """

    metrics: tuple[Metric, ...]
    stored: Stored
    threshold: int
    knows_people: bool
    fewest_links: int = 0


@dataclass(frozen=True, slots=True)
class FamilyFigures:
    """What is released of one family: figures by group and metric, and what scales are worth."""

    published: frozenset[str]
    figures: dict[tuple[str, str], PrintedFigure] = field(default_factory=dict)
    scales: dict[str, dict[str, Any]] = field(default_factory=dict)
    spreads: dict[str, PooledSpread] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class RespondentSet:
    """The released respondent set of one group on one metric, and the ends its atoms were at."""

    summary: Summary = field(default_factory=Summary)
    ends: frozenset[str] = frozenset()

    def __add__(self, other: "RespondentSet") -> "RespondentSet":
        if not self.summary.n:
            return other
        return RespondentSet(self.summary + other.summary, self.ends | other.ends)

    @property
    def end(self) -> str:
        """Return the end that the whole of it is at, if any."""
        return next(iter(self.ends)) if len(self.ends) == 1 and self.summary.n < SMALL else ""


def compose_release(
    tree: Tree,
    families: Sequence[FamilyMaterial],
    *,
    published: Mapping[str, frozenset[str]] | None = None,
) -> list[FamilyFigures]:
    """Print the figures of all families.

    What may be shown is chosen anew for each family, unless `published` (groups by metric) says
    what was shown before.
    """
    composed = []
    for material in families:
        if published is None:
            shown = choose_published(tree, material, k=material.threshold)
        else:
            shown = published.get(material.metrics[0].code, frozenset())
        composed.append(compose_family(tree, material, published=shown))
    return composed


def choose_published(tree: Tree, material: FamilyMaterial, *, k: int) -> frozenset[str]:
    """Return the groups whose figures may be shown when fewer than k people must not be."""
    first = material.metrics[0].code
    respondents = {code: summaries[first].n for code, summaries in material.stored.items()}
    parents = pd.Series(tree.parents, dtype=object)
    counts = pd.Series(respondents, dtype="int64")
    chosen = publishable(parents, counts, k=k)
    return frozenset(code for code in tree.parents if code in chosen)


def find_atoms(tree: Tree, published: frozenset[str]) -> dict[str, str]:
    """Return, for every group, the published group whose atom its own respondents are in.

    That is the nearest published group from itself upwards; groups without one are left out.
    """
    return {
        code: owner
        for code in tree.parents
        if (owner := next((one for one in tree.path(code) if one in published), None))
    }


def compose_family(
    tree: Tree, material: FamilyMaterial, *, published: frozenset[str]
) -> FamilyFigures:
    """Print every metric of a family for every published group, over its whole subtree.

    Respondents are added up to atoms, the atoms' ends pulled in, and only then figures computed.
    Shares, and with them profiles and whether a group is divided, are printed where whatever is
    left of them after any subtraction is ten people or more.
    """
    sets = _respondent_sets(tree, material, published)
    leaves = sorted(published & tree.leaves)
    with_shares = published & choose_published(tree, material, k=max(material.threshold, SMALL))
    composed = FamilyFigures(published)
    for metric in material.metrics:
        nodes = {code: sets[code][metric.code] for code in published}
        known = material.knows_people or metric.has_one_item
        groups = {code: nodes[code].summary for code in leaves}
        composed.spreads[metric.code] = pool(groups)
        if metric.profiles:
            shown = {code: nodes[code].summary for code in with_shares if known}
            printed = {code: print_profiles(metric, one) for code, one in shown.items()}
        else:
            printed = _print_scores(
                metric, nodes, composed.spreads[metric.code], known, with_shares
            )
        composed.figures.update({(code, metric.code): one for code, one in printed.items()})
        if metric.is_scale:
            composed.scales[metric.code] = describe_scale(
                metric,
                groups,
                knows_people=known,
                threshold=max(material.threshold, material.fewest_links),
            )
    return composed


def _print_scores(
    metric: Metric,
    nodes: Mapping[str, RespondentSet],
    spread: PooledSpread,
    known: bool,
    with_shares: frozenset[str],
) -> dict[str, PrintedFigure]:
    shown = {code: node.summary for code, node in nodes.items() if known and code in with_shares}
    divided = find_divided(metric, shown)
    return {
        code: print_figure(
            metric,
            node.summary,
            end=node.end,
            pooled=spread,
            knows_people=known,
            shows_shares=code in with_shares,
            is_divided=code in divided,
        )
        for code, node in nodes.items()
    }


def _respondent_sets(
    tree: Tree, material: FamilyMaterial, published: frozenset[str]
) -> dict[str, dict[str, RespondentSet]]:
    sets = pull_atoms(tree, material, published)
    for code in sorted(published, key=lambda code: sum(1 for _ in tree.path(code)), reverse=True):
        above = next((one for one in tree.path(code) if one in published and one != code), None)
        if above is not None:
            for metric in material.metrics:
                sets[above][metric.code] += sets[code][metric.code]
    return sets


def pull_atoms(
    tree: Tree, material: FamilyMaterial, published: frozenset[str]
) -> dict[str, dict[str, RespondentSet]]:
    """Return the atom of each published group on each metric, its ends pulled in."""
    owners = find_atoms(tree, published)
    atoms = {code: {metric.code: Summary() for metric in material.metrics} for code in published}
    for code in sorted(material.stored.keys() & owners.keys()):
        for metric in material.metrics:
            atoms[owners[code]][metric.code] += material.stored[code][metric.code]
    return {
        code: {
            name: RespondentSet(summary, frozenset({end}))
            for name, (summary, end) in pull_in(atom, material.metrics).items()
        }
        for code, atom in atoms.items()
    }
