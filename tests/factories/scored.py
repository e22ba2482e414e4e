"""A questionnaire without a database, and its rollups counted from plain rows."""

from typing import Any

import pandas as pd

from survey.aggregation.counting import Place, summarise
from survey.aggregation.metrics import list_metrics
from survey.aggregation.summaries import Summary
from survey.questionnaires.content import (
    OptionContent,
    ProfileContent,
    QuestionnaireContent,
    ScaleContent,
)
from survey.questionnaires.families import build_families
from survey.questionnaires.models import ItemKind, ScoringMethod
from tests.factories.questionnaires import item_content, questionnaire_content

DONT_KNOW = OptionContent(9, None, {})
ITEMS = ("a1", "a2", "b1", "b2", "b3", "b4", "b5", "r1")
Answers = dict[str, int | None]


def scale(code: str, items: str, *, reversed_codes: str = "", **options: Any) -> ScaleContent:
    """Make a scale from 1 to 5 over items named in one text."""
    fields: dict[str, Any] = {"minimum": 1, "maximum": 5, "favourable_from": 4, "method": "MEAN"}
    return ScaleContent(
        code=code,
        name=code,
        phrase=code,
        item_codes=tuple(items.split()),
        reversed_codes=frozenset(reversed_codes.split()),
        **fields | options,
    )


def make_content() -> QuestionnaireContent:
    """Return two shown items, five that are not (one reversed, one with "don't know"), a rating."""
    items = [item_content(code) for code in ITEMS[:6]]
    known = item_content("b5")
    items.append(item_content("b5", options=(*known.options, DONT_KNOW)))
    items.append(item_content("r1", kind=ItemKind.RATING))
    scales = (
        scale("a", "a1 a2"),
        scale("b", "b1 b2 b3 b4 b5", reversed_codes="b3"),
        scale("r", "r1", method=ScoringMethod.RECOMMEND, minimum=0, maximum=10),
    )
    return questionnaire_content(*items, scales=scales)


CONTENT = make_content()
FAMILIES = list_metrics(CONTENT, build_families(content=CONTENT))
METRICS = {metric.code: metric for metrics in FAMILIES.values() for metric in metrics}


def make_faceted() -> QuestionnaireContent:
    """Return one whole of five items: facets of two (one reversed) and one, two items of none."""
    keen = ProfileContent("keen", "Keen", "4 or more on both", {"two": 4, "one": 4}, {})
    other = ProfileContent("other", "Other", "the others", {}, {})
    tired = ProfileContent("tired", "Tired", "below 3 on two", {}, {"two": 3})
    scales = (
        scale("whole", "f1 f2 f3 f4 f5", reversed_codes="f2", profiles=(keen, other, tired)),
        scale("two", "f1 f2", reversed_codes="f2", facet_of="whole"),
        scale("one", "f3", facet_of="whole"),
    )
    return questionnaire_content(*(item_content(code) for code in FACETED_ITEMS), scales=scales)


FACETED_ITEMS = ("f1", "f2", "f3", "f4", "f5")
FACETED = make_faceted()


def count(
    rows: list[tuple[int, int, Answers]], content: QuestionnaireContent = CONTENT
) -> dict[tuple[Place, str], Summary]:
    """Roll up rows of group, cell (0: none) and answers, by place and metric."""
    codes = [item.code for item in content.items]
    table = [[group, cell, *(answers[code] for code in codes)] for group, cell, answers in rows]
    frame = pd.DataFrame(table, columns=["group_id", "cell_id", *codes])
    families = list_metrics(content, build_families(content=content))
    counted = summarise(frame.astype(dict.fromkeys(codes, float)), content, families)
    return {(place, metric.code): summary for place, metric, summary in counted}
