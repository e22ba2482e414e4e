"""A simulated organisation on the product's own path without a database.

Answers are rolled up, released with everything that suppression takes away, and compared.
"""

from collections import Counter, defaultdict
from datetime import date
from typing import NamedTuple

import pandas as pd

from survey.aggregation.composing import FamilyMaterial, Tree, compose_release
from survey.aggregation.counting import summarise
from survey.aggregation.metrics import list_metrics
from survey.aggregation.models import Release
from survey.aggregation.summaries import Summary
from survey.campaigns.models import Channel, GroupKind
from survey.linkage.comparing import Side, Sides
from survey.linkage.history import gather, look_back
from survey.linkage.parts import Part, cut_part
from survey.linkage.tables import lay_out
from survey.linkage.units import FIGURES, Units
from survey.linkage.worth import read_worth
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.families import build_families
from survey.questionnaires.selectors import get_content
from survey.responses.placing import climb_and_take_up
from survey.samples.demo_questionnaires import QUARTERLY, find_questionnaire
from survey.samples.history import past_quarters
from survey.samples.organisation import REGIONS, ROOT_CODE, region_code, team_code, team_names
from survey.samples.simulation import NO_ANSWER, Sheet, simulate
from survey.samples.truth import Truth

THRESHOLD = 5
CODES = [team_code(*name) for name in team_names()]
REGION_OF = {team_code(region, trade): region_code(region) for region, trade in team_names()}
PARENTS: dict[str, str | None] = {
    ROOT_CODE: None,
    **dict.fromkeys(sorted(map(region_code, REGIONS)), ROOT_CODE),
    **{code: REGION_OF[code] for code in sorted(CODES)},
}
TREE = Tree(PARENTS, frozenset(CODES))  # in the order of a launch, which decides between equals
GROUPS = list(PARENTS)
IDS = {code: at for at, code in enumerate(GROUPS)}
TEAM_IDS = [IDS[code] for code in CODES]
PARENT_IDS = {IDS[code]: None if above is None else IDS[above] for code, above in PARENTS.items()}


class Contents(NamedTuple):
    """What both sides of the demo organisation are asked."""

    ex: QuestionnaireContent
    cx: QuestionnaireContent


class Released(NamedTuple):
    """What one side of one quarter shows: figures of teams, and what its scales are worth."""

    figures: pd.DataFrame
    release: Release


def read_contents() -> Contents:
    """Read the stored questionnaires of the demo."""
    ids = (find_questionnaire(code).pk for code in (QUARTERLY, "treatment"))
    return Contents(*(get_content(questionnaire_id=pk) for pk in ids))


def release(sheet: Sheet, content: QuestionnaireContent) -> Released:
    """Roll answers up and print what may be shown of them."""
    families = list_metrics(content, build_families(content=content))
    values = pd.DataFrame(sheet.answers, columns=list(sheet.items)).astype(float)
    values = values.mask(values == NO_ANSWER).assign(group_id=_place(sheet), cell_id=0)
    stored: dict[str, dict[str, Summary]] = defaultdict(dict)
    for place, metric, summary in summarise(values, content, families):
        stored[GROUPS[place.group_id]][metric.code] = summary
    material = [
        FamilyMaterial(metrics, stored, THRESHOLD, knows_people=True)
        for metrics in families.values()
    ]
    composed = compose_release(TREE, material)
    scales = {scale.code for scale in content.scales}
    rows = [
        (IDS[code], code, metric, *(getattr(figure, name) for name in FIGURES))
        for family in composed
        for (code, metric), figure in family.figures.items()
        if code in TREE.leaves and metric in scales
    ]
    figures = pd.DataFrame(rows, columns=["group_id", "group_code", "metric", *FIGURES])
    said = {code: worth for family in composed for code, worth in family.scales.items()}
    return Released(figures.sort_values(["group_id", "metric"]), Release(scales=said))


def read_parts(
    contents: Contents, truth: Truth, seed: int, *, last: int | None = None
) -> list[tuple[Part, Sides]]:
    """Simulate an organisation; return what is compared in each quarter, or the last few."""
    quarters = simulate(truth=truth, seed=seed)[-(last or truth.n_quarters) :]
    starts = past_quarters(today=date(2026, 3, 2), n=len(quarters))
    sides = [(release(one.ex, contents.ex), release(one.cx, contents.cx)) for one in quarters]
    units = {start: _join(*both) for start, both in zip(starts, sides, strict=True)}
    tables = {start: lay_out(one) for start, one in units.items()}
    history = gather(units, tables)
    return [
        (
            cut_part(
                units[start],
                tables[start],
                look_back(history, until=start),
                team_id=IDS[ROOT_CODE],
                group_ids=TEAM_IDS,
            ),
            Sides(_judge(ex, contents.ex), _judge(cx, contents.cx)),
        )
        for start, (ex, cx) in zip(starts, sides, strict=True)
    ]


def _place(sheet: Sheet) -> list[int]:
    """Return under which group each answer is stored: those of too few go up."""
    homes = [TEAM_IDS[team] for team in sheet.teams]
    placed = climb_and_take_up(counts=Counter(homes), parents=PARENT_IDS, k=THRESHOLD)
    return [placed.stored_at[home] for home in homes]


def _join(ex: Released, cx: Released) -> Units:
    groups = pd.DataFrame(
        {
            "code": CODES,
            "name": CODES,
            "kind": GroupKind.TEAM,
            "team_ids": [(at,) for at in TEAM_IDS],
            "path": [(IDS[ROOT_CODE], IDS[REGION_OF[code]]) for code in CODES],
        },
        index=TEAM_IDS,
    )
    employees, customers = (
        one.figures.set_index(["group_id", "metric"])[FIGURES] for one in (ex, cx)
    )
    channels = customers[["n"]].set_axis([Channel.IMPORT.value], axis=1)
    return Units(groups, employees, customers, channels, {}, cx.figures)


def _judge(side: Released, content: QuestionnaireContent) -> tuple[Side, ...]:
    return tuple(
        Side(scale.code, scale.phrase, read_worth([side.release], scale.code, side.figures))
        for scale in content.linked_scales
    )
