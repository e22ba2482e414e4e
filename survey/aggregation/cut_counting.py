"""Count declared cuts inside the seal: what passes the audit is written down, nothing else.

Cut values and answers lie side by side here and never again, so the audit against the figures of
the teams happens here too, over the very groups that the release will show.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any, Self

import pandas as pd

from survey.aggregation.cells import month_of
from survey.aggregation.composing import FamilyMaterial
from survey.aggregation.counting import summarise
from survey.aggregation.cut_auditing import (
    ATOM,
    COLUMN,
    audit_family,
    leave_out,
    place_people,
)
from survey.aggregation.cut_crowds import Crowd, thin_out
from survey.aggregation.material import cells_by_month, read_material, read_metrics, read_tree
from survey.aggregation.metrics import Metric, list_item_codes
from survey.aggregation.models import CutReason, CutRollup, Release
from survey.aggregation.recount import roll_up
from survey.aggregation.scores import PLACE, score_items, score_metrics, tabulate
from survey.aggregation.summaries import Summary
from survey.campaigns.cuts import read_cuts
from survey.campaigns.models import Wave
from survey.campaigns.rosters import asks_customers
from survey.campaigns.selectors import content_of
from survey.responses.cut_answers import CutAnswers
from survey.responses.models import Cell

PATIENCE = 100.0  # seconds: a seal that never ended in its time would keep every answer waiting

Stored = Mapping[str, dict[str, dict[str, Summary]]]  # family -> group code -> metric -> summary


def count_cuts(*, wave: Wave, people: Sequence[CutAnswers]) -> None:
    """Write a rollup for every cut and family of a wave: its levels, or why it is left out.

    Of customers for every month that has not been counted: this is their wave's last seal.
    """
    if wave.counts_digest or not people:  # nobody answered: counts were published
        return
    if not asks_customers(wave=wave):
        CutRollup.objects.bulk_create(_count_wave(wave, people))
        return
    roll_up(wave)
    started = monotonic()
    for month in list_uncounted_months(wave=wave):
        count_month(wave=wave, month_start=month, people=people, started=started)


def list_uncounted_months(*, wave: Wave) -> list[date]:
    """Return the months in which cells were sealed and whose cuts nobody has counted."""
    days = Cell.objects.filter(wave=wave).values_list("sealed_date", flat=True).distinct()
    counted = CutRollup.objects.filter(wave=wave).values_list("month_start", flat=True)
    released = Release.objects.filter(wave=wave).values_list("month_start", flat=True)
    return sorted({month_of(day) for day in days} - {*counted, *released})


def count_month(
    *, wave: Wave, month_start: date, people: Sequence[CutAnswers], started: float | None = None
) -> None:
    """Write the rollups of a month of a customers' wave, over the cells it is released of.

    All its cells have been rolled up; `people` are all whose cut values still wait.
    """
    families = read_metrics(wave)
    parts = {
        family: _Part(
            material, cells_by_month(wave, metrics[0], month_start).get(month_start, frozenset())
        )
        for (family, metrics), material in zip(
            families.items(), read_material(wave, month_start), strict=True
        )
    }
    since = monotonic() if started is None else started
    rollups = _audit_all(wave, _Table.of(wave, people, families), parts, since)
    for row in rollups:
        row.month_start = month_start
    CutRollup.objects.bulk_create(rollups)


@dataclass(frozen=True, slots=True)
class _Part:
    """What a family's figures are made of, and of a month the cells whose people they count."""

    material: FamilyMaterial
    cells: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class _Table:
    """Everybody who stands beside their cut values.

    Answers as `tabulate` returns them, scores of items, and in `told` the level of each cut and the
    code of the group.
    """

    values: pd.DataFrame
    items: pd.DataFrame
    told: pd.DataFrame

    @classmethod
    def of(
        cls, wave: Wave, people: Sequence[CutAnswers], families: Mapping[str, tuple[Metric, ...]]
    ) -> Self:
        """Put people on a table."""
        cuts = read_cuts(wave=wave)
        codes = {pk: code for code, pk in read_tree(wave).ids.items()}
        rows = ((one.group_id, one.cell_id, one.answers) for one in people)
        values = tabulate(rows, list_item_codes(families))
        told = pd.DataFrame(
            [{COLUMN + cut.code: one.cuts[cut.code] for cut in cuts} for one in people],
            columns=[COLUMN + cut.code for cut in cuts],
        )
        told[ATOM] = values["group_id"].map(codes)
        return cls(values, score_items(values, content_of(wave=wave)), told)

    @property
    def sets(self) -> pd.Series:
        """Return for everybody among whose answers theirs are stored."""
        return self.values.groupby(PLACE).ngroup()

    def only(self, cells: Collection[int] | None) -> Self:
        """Return those of some cells; everybody where none are named."""
        if cells is None:
            return self
        inside = self.values["cell_id"].isin(list(cells))
        return type(self)(self.values[inside], self.items[inside], self.told[inside])


def _count_wave(wave: Wave, people: Sequence[CutAnswers]) -> list[CutRollup]:
    families = read_metrics(wave)
    table = _Table.of(wave, people, families)
    codes = {pk: code for code, pk in read_tree(wave).ids.items()}
    stored = _store(table.values, content_of(wave=wave), families, codes)
    parts = {
        family: _Part(FamilyMaterial(metrics, stored[family], wave.threshold, knows_people=True))
        for family, metrics in families.items()
    }
    return _audit_all(wave, table, parts, monotonic())


def _audit_all(
    wave: Wave, table: _Table, parts: Mapping[str, _Part], started: float
) -> list[CutRollup]:
    cuts, tree = read_cuts(wave=wave), read_tree(wave).tree
    rollups: list[CutRollup] = []
    crowds: dict[str, Crowd] = {}
    for family, part in parts.items():
        if monotonic() - started > PATIENCE:
            rollups += [leave_out(wave, family, cut.code, CutReason.TOO_SLOW) for cut in cuts]
            continue
        own = table.only(part.cells)
        scores = score_metrics(own.items, part.material.metrics)
        if _count_people(part.material) != scores.notna().all(axis=1).sum():
            rollups += [leave_out(wave, family, cut.code, CutReason.LOST) for cut in cuts]
            continue
        counted = place_people(tree, part.material, own.told, scores)
        rollups += audit_family(wave, family, cuts, counted)
        if counted is not None:
            crowds[family] = counted.crowd(sets=own.sets)
    return thin_out(rollups, crowds, prefix=COLUMN)


def _count_people(material: FamilyMaterial) -> int:
    """Return of how many people the figures of a family are made."""
    first = material.metrics[0].code
    return sum(summaries[first].n for summaries in material.stored.values() if first in summaries)


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
