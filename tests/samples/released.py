"""A simulated organisation on the product's own path without a database.

Answers are rolled up, released with everything that suppression takes away, and compared.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from survey.aggregation.composing import FamilyMaterial, Tree, compose_release
from survey.aggregation.counting import summarise
from survey.aggregation.metrics import ITEM_PREFIX, Metric, list_metrics
from survey.aggregation.models import Release
from survey.aggregation.summaries import Summary
from survey.campaigns.models import Channel, GroupKind
from survey.linkage.comparing import Side, Sides
from survey.linkage.history import gather, look_back
from survey.linkage.parts import Part, cut_part
from survey.linkage.tables import lay_out
from survey.linkage.units import FIGURES, Units
from survey.linkage.worth import read_worth
from survey.questionnaires.content import QuestionnaireContent, ScaleContent
from survey.questionnaires.families import build_families
from survey.questionnaires.models import ItemKind, ScoringMethod
from survey.samples.history import past_quarters
from survey.samples.organisation import REGIONS, ROOT_CODE, region_code, team_code, team_names
from survey.samples.simulation import NO_ANSWER, Sheet, simulate
from survey.samples.truth import CX_SCALES, EX_SCALES, PlantedScale, Truth
from tests.factories.questionnaires import item_content, questionnaire_content

THRESHOLD = 5
CODES = [team_code(*name) for name in team_names()]
REGION_OF = {team_code(region, trade): region_code(region) for region, trade in team_names()}
TREE = Tree(
    {ROOT_CODE: None} | dict.fromkeys(map(region_code, REGIONS), ROOT_CODE) | REGION_OF,
    frozenset(CODES),
)
TEAM_IDS = {code: at for at, code in enumerate((*CODES, *map(region_code, REGIONS), ROOT_CODE))}


class Released(NamedTuple):
    """What one side of one quarter shows: figures of teams, and what its scales are worth."""

    figures: pd.DataFrame
    release: Release


def release(sheet: Sheet, scales: Sequence[PlantedScale]) -> Released:
    """Roll answers up and print what may be shown of them."""
    content, families = _describe(tuple(scales))
    asked = [item.code for item in content.items]
    values = pd.DataFrame(sheet.answers, columns=list(sheet.items))[asked].astype(float)
    values = values.mask(values == NO_ANSWER).assign(group_id=sheet.teams, cell_id=0)
    stored: dict[str, dict[str, Summary]] = defaultdict(dict)
    for place, metric, summary in summarise(values, content, families):
        stored[CODES[place.group_id]][metric.code] = summary
    material = [
        FamilyMaterial(metrics, stored, THRESHOLD, knows_people=True)
        for metrics in families.values()
    ]
    composed = compose_release(TREE, material)
    rows = [
        (TEAM_IDS[code], code, metric, *(getattr(figure, name) for name in FIGURES))
        for family in composed
        for (code, metric), figure in family.figures.items()
        if code in TREE.leaves and not metric.startswith(ITEM_PREFIX)
    ]
    figures = pd.DataFrame(rows, columns=["group_id", "group_code", "metric", *FIGURES])
    said = {code: worth for family in composed for code, worth in family.scales.items()}
    return Released(figures.sort_values(["group_id", "metric"]), Release(scales=said))


def read_parts(truth: Truth, seed: int, *, last: int | None = None) -> list[tuple[Part, Sides]]:
    """Simulate an organisation; return what is compared in each quarter, or the last few."""
    quarters = simulate(truth=truth, seed=seed)[-(last or truth.n_quarters) :]
    starts = past_quarters(today=date(2026, 3, 2), n=len(quarters))
    sides = [(release(one.ex, EX_SCALES), release(one.cx, CX_SCALES)) for one in quarters]
    units = {start: _join(*both) for start, both in zip(starts, sides, strict=True)}
    tables = {start: lay_out(one) for start, one in units.items()}
    history = gather(units, tables)
    return [
        (
            cut_part(
                units[start],
                tables[start],
                look_back(history, until=start),
                team_id=TEAM_IDS[ROOT_CODE],
                group_ids=range(len(CODES)),
            ),
            Sides(_judge(ex, EX_SCALES), _judge(cx, CX_SCALES)),
        )
        for start, (ex, cx) in zip(starts, sides, strict=True)
    ]


@lru_cache
def _describe(
    scales: tuple[PlantedScale, ...],
) -> tuple[QuestionnaireContent, dict[str, tuple[Metric, ...]]]:
    """Describe one side's questionnaire as a wave freezes it."""
    items = [
        item_content(code, kind=ItemKind.RATING if scale.is_rating else ItemKind.CHOICE)
        for scale in scales
        for code in scale.items
    ]
    content = questionnaire_content(*items, scales=tuple(map(_scale, scales)))
    return content, list_metrics(content, build_families(content=content))


def _scale(planted: PlantedScale) -> ScaleContent:
    ends: dict[str, Any] = {"minimum": 1, "maximum": 5, "favourable_from": 4, "method": "MEAN"}
    if planted.is_rating:
        ends = {"minimum": 0, "maximum": 10, "favourable_from": None}
        ends |= {"method": ScoringMethod.RECOMMEND}
    return ScaleContent(
        code=planted.code,
        name=planted.code,
        phrase=planted.code,
        item_codes=planted.items,
        reversed_codes=planted.reversed_items,
        **ends,
    )


def _join(ex: Released, cx: Released) -> Units:
    paths = [(TEAM_IDS[ROOT_CODE], TEAM_IDS[REGION_OF[code]]) for code in CODES]
    groups = pd.DataFrame(
        {
            "code": CODES,
            "name": CODES,
            "kind": GroupKind.TEAM,
            "team_ids": [(TEAM_IDS[code],) for code in CODES],
            "path": paths,
        }
    )
    employees, customers = (
        one.figures.set_index(["group_id", "metric"])[FIGURES] for one in (ex, cx)
    )
    channels = customers[["n"]].set_axis([Channel.IMPORT.value], axis=1)
    return Units(groups, employees, customers, channels, {}, cx.figures)


def _judge(side: Released, scales: Sequence[PlantedScale]) -> tuple[Side, ...]:
    return tuple(
        Side(scale.code, scale.code, read_worth([side.release], scale.code, side.figures))
        for scale in scales
    )
