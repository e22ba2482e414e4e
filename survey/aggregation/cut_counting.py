"""Count declared cuts inside the seal: what passes the audit is written down, nothing else.

Cut values and answers lie side by side here and never again, so the audit against the figures of
the teams happens here too, over the very groups that the release will show.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

import pandas as pd

from survey.aggregation.composing import (
    FamilyMaterial,
    Tree,
    choose_published,
    find_atoms,
    pull_atoms,
)
from survey.aggregation.counting import summarise
from survey.aggregation.ends import HIGH_END, LOW_END, SMALL
from survey.aggregation.material import read_metrics, read_tree
from survey.aggregation.metrics import Metric, list_item_codes
from survey.aggregation.models import CutReason, CutRollup
from survey.aggregation.scores import score_items, score_metrics, tabulate
from survey.aggregation.summaries import Summary
from survey.campaigns.cuts import NOT_KNOWN, DeclaredCut, read_cuts
from survey.campaigns.models import Wave
from survey.campaigns.selectors import content_of
from survey.responses.cut_counting import CutAnswers
from survey.statistics.suppression import Cut, audit_cuts

ATOM, PEOPLE = "atom", "n"
TINY = 1e-9
PATIENCE = 100.0  # seconds: a seal that never ended in its time would keep every answer waiting
COLUMN = "cut:"  # so that no attribute is taken for a column of the audit's own

Stored = Mapping[str, dict[str, dict[str, Summary]]]  # family -> group code -> metric -> summary


@dataclass(frozen=True, slots=True)
class _Counted:
    """The people of one family: their atom, their level in each cut, their scores from 0 to 1."""

    people: pd.DataFrame
    scales: tuple[Metric, ...]

    def sum_by(self, name: str, order: Sequence[Hashable]) -> pd.DataFrame:
        """Add scores up by atom or by level, one row each, in an order."""
        codes = [metric.code for metric in self.scales]
        return self.people.groupby(name)[codes].sum().reindex(list(order), fill_value=0.0)

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
        """Return what a rollup holds of it: its people and, of each scale, the sum of scores."""
        n = len(self.people)
        totals = {
            one.code: n * one.minimum
            + (one.maximum - one.minimum) * float(self.people[one.code].sum())
            for one in scales
        }
        return {"values": list(self.values), "n": n, "totals": totals}

    def is_extreme(self, scales: Iterable[Metric]) -> bool:
        """Say whether few people stand so near an end that their figure would be pulled in."""
        means = 100 * self.people[[one.code for one in scales]].mean()
        is_beyond = (means < LOW_END - TINY) | (means > HIGH_END + TINY)
        return len(self.people) < SMALL and bool(is_beyond.any())


def count_cuts(*, wave: Wave, people: Sequence[CutAnswers]) -> None:
    """Write a rollup for every cut and family of a wave: its levels, or why it is left out."""
    if wave.counts_digest or not people:  # nobody answered: counts were published
        return
    cuts, content = read_cuts(wave=wave), content_of(wave=wave)
    found = read_tree(wave)
    families = read_metrics(wave)
    codes = {pk: code for code, pk in found.ids.items()}
    rows = ((one.group_id, None, one.answers) for one in people)
    values = tabulate(rows, list_item_codes(families))
    items = score_items(values, content)
    told = pd.DataFrame([{COLUMN + cut.code: one.cuts[cut.code] for cut in cuts} for one in people])
    told[ATOM] = values["group_id"].map(codes)
    stored = _store(values, content, families, codes)
    rollups: list[CutRollup] = []
    started = monotonic()
    for family, metrics in families.items():
        if monotonic() - started > PATIENCE:
            rollups += [_left_out(wave, family, cut.code, CutReason.TOO_SLOW) for cut in cuts]
            continue
        material = FamilyMaterial(metrics, stored[family], wave.threshold, knows_people=True)
        scores = score_metrics(items, metrics)
        counted = _count(found.tree, material, told, scores)
        rollups += _audit(wave, family, cuts, counted)
    CutRollup.objects.bulk_create(rollups)


def _store(
    values: pd.DataFrame,
    content: Any,
    families: dict[str, tuple[Metric, ...]],
    codes: Mapping[int, str],
) -> Stored:
    stored: Stored = {family: defaultdict(dict) for family in families}
    for place, metric, summary in summarise(values, content, families):
        if summary.n:
            stored[metric.family][codes[place.group_id]][metric.code] = summary
    return stored


def _count(
    tree: Tree, material: FamilyMaterial, told: pd.DataFrame, scores: pd.DataFrame
) -> _Counted | None:
    """Place the people of a family in the atoms that will be shown; None where nothing will be."""
    published = choose_published(tree, material, k=material.threshold)
    if not any(tree.parents[code] is None for code in published):
        return None
    kept = scores.notna().all(axis=1)
    people = told[kept].assign(**{ATOM: told.loc[kept, ATOM].map(find_atoms(tree, published))})
    atoms = pull_atoms(tree, material, published)
    scales = tuple(metric for metric in material.metrics if metric.is_scale)
    for metric in scales:
        width = metric.maximum - metric.minimum
        own = (scores.loc[kept, metric.code] - metric.minimum) / width
        shown = {
            code: (one[metric.code].summary.moments.total / n - metric.minimum) / width
            for code, one in atoms.items()
            if (n := one[metric.code].summary.n)
        }
        people[metric.code] = _pull(own, people[ATOM], shown)
    return _Counted(people, scales)


def _pull(own: pd.Series, atoms: pd.Series, shown: Mapping[str, float]) -> pd.Series:
    """Let everybody of an atom whose ends were pulled in score what its figure says."""
    means = atoms.map(shown)
    is_pulled = (own.groupby(atoms).transform("mean") - means).abs() > TINY
    return own.where(~is_pulled, means)


def _audit(
    wave: Wave, family: str, cuts: Sequence[DeclaredCut], counted: _Counted | None
) -> list[CutRollup]:
    if counted is None or not counted.scales:
        return [_left_out(wave, family, cut.code, CutReason.TOO_FEW) for cut in cuts]
    names = {COLUMN + cut.code: cut for cut in cuts}
    levels = {name: counted.sum_by(name, _order(counted, cut)) for name, cut in names.items()}
    atoms = counted.sum_by(ATOM, sorted(set(counted.people[ATOM])))
    shown = audit_cuts(
        counted.count_cells(list(names)), atoms, levels, minimum=0, maximum=1, k=wave.threshold
    )
    return [
        _rollup(wave, family, names[cut.name].code, counted.scales, _list_levels(counted, cut))
        for cut in shown
    ]


def _order(counted: _Counted, cut: DeclaredCut) -> list[str]:
    """Return the levels of a cut, and at the end those of whom it is not known, if any."""
    is_lacking = (counted.people[COLUMN + cut.code] == NOT_KNOWN).any()
    return [*cut.levels, *([NOT_KNOWN] if is_lacking else [])]


def _list_levels(counted: _Counted, cut: Cut) -> list[_Level]:
    chosen = [(joined, counted.people[cut.name].isin(joined)) for joined in cut.levels]
    return [_Level(joined, counted.people[people]) for joined, people in chosen]


def _rollup(
    wave: Wave, family: str, cut: str, scales: Sequence[Metric], levels: Sequence[_Level]
) -> CutRollup:
    if not levels:
        return _left_out(wave, family, cut, CutReason.TELLS)
    if any(level.is_extreme(scales) for level in levels):
        return _left_out(wave, family, cut, CutReason.EXTREME)
    described = [level.describe(scales) for level in levels]
    return CutRollup(wave=wave, cut=cut, family=family, levels=described)


def _left_out(wave: Wave, family: str, cut: str, reason: CutReason) -> CutRollup:
    return CutRollup(wave=wave, cut=cut, family=family, reason=reason)
