"""Audit the declared cuts of one family, and write down what passes: a rollup for each cut."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from survey.aggregation.composing import (
    FamilyMaterial,
    Tree,
    choose_published,
    find_atoms,
    pull_atoms,
)
from survey.aggregation.cut_crowds import DIGITS, Crowd
from survey.aggregation.cut_parts import add_rests, weigh_parts
from survey.aggregation.ends import HIGH_END, LOW_END, SMALL
from survey.aggregation.metrics import Metric
from survey.aggregation.models import CutReason, CutRollup
from survey.campaigns.cuts import NOT_KNOWN, DeclaredCut
from survey.campaigns.models import Wave
from survey.statistics.suppression import Cut, audit_cuts

ATOM, PEOPLE = "atom", "n"
TINY = 1e-9
COLUMN = "cut:"  # so that no attribute is taken for a column of the audit's own


@dataclass(frozen=True, slots=True)
class CountedPeople:
    """The people of one family: their atom, their level in each cut, their scores from 0 to 1."""

    people: pd.DataFrame
    scales: tuple[Metric, ...]
    weights: pd.DataFrame  # of the parts that figures of groups are told of, in the scales

    def sum_by(self, name: str, order: Sequence[Hashable], codes: Sequence[str]) -> pd.DataFrame:
        """Add scores up by atom or by level, one row each, in an order."""
        sums = self.people.groupby(name)[list(codes)].sum()
        return sums.reindex(list(order), fill_value=0.0)

    def crowd(self, *, sets: pd.Series) -> Crowd:
        """Return who stands where, for weighing what sums of levels tell."""
        columns = [name for name in self.people.columns if str(name).startswith(COLUMN)]
        scores = self.people[[scale.code for scale in self.scales]]
        return Crowd(sets[self.people.index], self.people[columns], scores, self.scales)

    def count_cells(self, names: Sequence[str]) -> pd.DataFrame:
        """Count the people of each atom at each combination of levels."""
        return (
            self.people.groupby([ATOM, *names], as_index=False)
            .size()
            .rename(columns={"size": PEOPLE})
        )


@dataclass(frozen=True, slots=True)
class _Level:
    """The people of one shown level, with the declared levels that it joins."""

    values: Sequence[Hashable]
    people: pd.DataFrame

    def describe(self, scales: Iterable[Metric]) -> dict[str, Any]:
        """Return what a rollup holds of it: its people and, of each scale, the sum of scores.

        The last bits of a float would tell in which order which scores were added up.
        """
        n = len(self.people)
        totals = {
            one.code: n * one.minimum
            + (one.maximum - one.minimum) * round(float(self.people[one.code].sum()), DIGITS)
            for one in scales
        }
        return {"values": list(self.values), "n": n, "totals": totals}

    def is_extreme(self, scales: Iterable[Metric]) -> bool:
        """Say whether few people stand so near an end that their figure would be pulled in."""
        means = 100 * self.people[[one.code for one in scales]].mean()
        is_beyond = (means < LOW_END - TINY) | (means > HIGH_END + TINY)
        return len(self.people) < SMALL and bool(is_beyond.any())


def place_people(
    tree: Tree, material: FamilyMaterial, told: pd.DataFrame, scores: pd.DataFrame
) -> CountedPeople | None:
    """Place the people of a family in the atoms that will be shown; None where nothing will be."""
    published = choose_published(tree, material, k=material.threshold)
    if not any(tree.parents[code] is None for code in published):
        return None
    kept = scores.notna().all(axis=1)
    people = told[kept].assign(**{ATOM: told.loc[kept, ATOM].map(find_atoms(tree, published))})
    atoms = pull_atoms(tree, material, published)
    for metric in material.metrics:
        if metric.profiles:
            continue
        width = metric.maximum - metric.minimum
        own = (scores.loc[kept, metric.code] - metric.minimum) / width
        shown = {
            code: (one[metric.code].summary.moments.total / n - metric.minimum) / width
            for code, one in atoms.items()
            if (n := one[metric.code].summary.n)
        }
        people[metric.code] = _pull(own, people[ATOM], shown)
    scales = tuple(metric for metric in material.metrics if metric.is_scale)
    weights = weigh_parts(material.metrics)
    turned = _turn(people, material.metrics, scales)
    return CountedPeople(add_rests(turned, weights), scales, weights)


def _turn(
    people: pd.DataFrame, metrics: Iterable[Metric], scales: Iterable[Metric]
) -> pd.DataFrame:
    """Turn the items that count the other way round in their scale."""
    turned = frozenset().union(*(scale.reversed_codes for scale in scales))
    reversed_items = [
        one.code
        for one in metrics
        if not (one.is_scale or one.profiles) and one.item_codes[0] in turned
    ]
    return people.assign(**{code: 1 - people[code] for code in reversed_items})


def _pull(own: pd.Series, atoms: pd.Series, shown: Mapping[str, float]) -> pd.Series:
    """Let everybody of an atom whose ends were pulled in score what its figure says."""
    means = atoms.map(shown)
    is_pulled = (own.groupby(atoms).transform("mean") - means).abs() > TINY
    return own.where(~is_pulled, means)


def audit_family(
    wave: Wave, family: str, cuts: Sequence[DeclaredCut], counted: CountedPeople | None
) -> list[CutRollup]:
    """Return the rollup of each cut: the sums of its levels that may be shown, or why not."""
    if counted is None or not counted.scales:
        return [leave_out(wave, family, cut.code, CutReason.TOO_FEW) for cut in cuts]
    names = {COLUMN + cut.code: cut for cut in cuts}
    scales, parts = list(counted.weights.index), list(counted.weights.columns)
    levels = {
        name: counted.sum_by(name, _order(counted, cut), scales) for name, cut in names.items()
    }
    shown = audit_cuts(
        counted.count_cells(list(names)),
        counted.sum_by(ATOM, sorted(set(counted.people[ATOM])), parts),
        levels,
        minimum=0,
        maximum=1,
        k=wave.threshold,
        weights=counted.weights,
    )
    return [
        _rollup(wave, family, names[cut.name].code, counted.scales, _list_levels(counted, cut))
        for cut in shown
    ]


def _order(counted: CountedPeople, cut: DeclaredCut) -> list[str]:
    """Return the levels of a cut, and at the end those of whom it is not known, if any."""
    is_lacking = (counted.people[COLUMN + cut.code] == NOT_KNOWN).any()
    return [*cut.levels, *([NOT_KNOWN] if is_lacking else [])]


def _list_levels(counted: CountedPeople, cut: Cut) -> list[_Level]:
    chosen = [(joined, counted.people[cut.name].isin(joined)) for joined in cut.levels]
    return [_Level(joined, counted.people[people]) for joined, people in chosen]


def _rollup(
    wave: Wave, family: str, cut: str, scales: Sequence[Metric], levels: Sequence[_Level]
) -> CutRollup:
    if not levels:
        return leave_out(wave, family, cut, CutReason.TELLS)
    if any(level.is_extreme(scales) for level in levels):
        return leave_out(wave, family, cut, CutReason.EXTREME)
    described = [level.describe(scales) for level in levels]
    return CutRollup(wave=wave, cut=cut, family=family, levels=described)


def leave_out(wave: Wave, family: str, cut: str, reason: CutReason) -> CutRollup:
    """Return the rollup of a cut that is left out, with the reason."""
    return CutRollup(wave=wave, cut=cut, family=family, reason=reason)
