"""Scores and rollups against a plain recount, person by person."""

from collections import Counter, defaultdict
from math import ceil
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.aggregation.counting import Place, summarise
from survey.aggregation.metrics import Metric, list_metrics
from survey.aggregation.summaries import Summary, pack_products, unpack_items
from survey.questionnaires.content import OptionContent, QuestionnaireContent, ScaleContent
from survey.questionnaires.families import build_families
from survey.questionnaires.models import ItemKind, ScoringMethod
from tests.factories.questionnaires import item_content, questionnaire_content

DONT_KNOW = OptionContent(9, None, {})
ITEMS = ("a1", "a2", "b1", "b2", "b3", "b4", "b5", "r1")


def scale(code: str, items: str, *, reversed_codes: str = "", **options: Any) -> ScaleContent:
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

values_of = {
    code: st.sampled_from(
        [None, 1, 2, 3, 4, 5] + ([9] if code == "b5" else [0, 10] * (code == "r1"))
    )
    for code in ITEMS
}
people = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 2), st.fixed_dictionaries(values_of)), max_size=25
)


def count(rows: list[tuple[int, int, dict[str, int | None]]]) -> dict[tuple[Place, str], Summary]:
    columns = ["group_id", "cell_id", *ITEMS]
    table = [[group, cell, *(answers[code] for code in ITEMS)] for group, cell, answers in rows]
    frame = pd.DataFrame(table, columns=columns).astype(dict.fromkeys(ITEMS, float))
    return {
        (place, metric.code): summary
        for place, metric, summary in summarise(frame, CONTENT, FAMILIES)
    }


def plain_score(metric: Metric, answers: dict[str, int | None]) -> float | None:
    """Score one person by the words of the rule."""
    scores = []
    for code in metric.item_codes:
        value = answers[code]
        if value is None or value == 9:
            continue
        scores.append(6 - value if code in metric.reversed_codes else value)
    enough = len(scores) >= ceil(len(metric.item_codes) / 2)
    return sum(scores) / len(scores) if scores and enough else None


class TestListMetrics:
    def test_shows_items_of_small_families_but_not_of_a_recommend_scale(self) -> None:
        assert {family: [m.code for m in metrics] for family, metrics in FAMILIES.items()} == {
            "a": ["a", "item:a1", "item:a2"],
            "b": ["b"],
            "r": ["r"],
        }

    def test_measures_an_item_outside_every_scale_by_its_own_options(self) -> None:
        content = questionnaire_content(item_content("trust"))
        (metric,) = list_metrics(content, build_families(content=content))["item:trust"]
        assert (metric.minimum, metric.maximum, metric.favourable_from) == (1, 5, None)


class TestSummarise:
    @given(rows=people)
    def test_equals_a_recount_person_by_person(self, rows: Any) -> None:
        found = count(rows)
        expected: dict[tuple[Place, str], list[tuple[float, dict[str, int | None]]]]
        expected = defaultdict(list)
        for group, cell, answers in rows:
            for metrics in FAMILIES.values():
                scored = {metric.code: plain_score(metric, answers) for metric in metrics}
                for code, score in scored.items():
                    if None not in scored.values() and score is not None:
                        expected[Place(group, cell or None), code].append((score, answers))

        assert {key for key, summary in found.items() if summary.n} == expected.keys()
        for key, people in expected.items():
            self.check(METRICS[key[1]], found[key], people)

    def check(self, metric: Metric, summary: Summary, people: list[Any]) -> None:
        scores = [score for score, _ in people]
        assert summary.n == len(scores)
        assert summary.moments.total == pytest.approx(sum(scores))
        assert summary.moments.sum_squares == pytest.approx(sum(one**2 for one in scores))
        assert summary.n_favourable == sum(one >= 4 for one in scores)
        if metric.options:
            chosen = Counter(str(answers[metric.item_codes[0]]) for _, answers in people)
            assert summary.option_counts == chosen
        if metric.is_scale:
            self.check_items(metric, summary, [answers for _, answers in people])

    def check_items(self, metric: Metric, summary: Summary, people: list[Any]) -> None:
        complete = [
            [6 - one[c] if c in metric.reversed_codes else one[c] for c in metric.item_codes]
            for one in people
            if not {None, 9} & {one[code] for code in metric.item_codes}
        ]
        assert summary.items is not None
        assert summary.items.n == len(complete)
        for i in range(len(metric.item_codes)):
            assert summary.items.totals[i] == sum(row[i] for row in complete)
            for j in range(len(metric.item_codes)):
                products = sum(row[i] * row[j] for row in complete)
                assert summary.items.cross_products[i, j] == products

    @given(rows=people)
    def test_adds_up_to_the_summary_of_everybody(self, rows: Any) -> None:
        apart = count(rows)
        together = count([(1, 0, answers) for _, _, answers in rows])
        for code in METRICS if rows else ():
            parts = [summary for (_, metric), summary in apart.items() if metric == code]
            whole = sum(parts, start=Summary())
            expected = together[Place(1, None), code]
            assert whole.n == expected.n
            assert whole.moments.total == pytest.approx(expected.moments.total)
            assert dict(whole.option_counts) == dict(expected.option_counts)

    def test_marks_a_place_without_valid_answers_as_counted(self) -> None:
        found = count([(1, 0, dict.fromkeys(ITEMS))])
        assert {code for _, code in found} == METRICS.keys()
        assert not any(summary.n for summary in found.values())

    @pytest.mark.parametrize(("answered", "counts"), [(2, False), (3, True)])
    def test_needs_half_of_the_items_rounded_up(self, answered: int, counts: bool) -> None:
        answers = dict.fromkeys(ITEMS) | dict.fromkeys(("b1", "b2", "b4")[:answered], 4)
        assert bool(count([(1, 0, answers)])[Place(1, None), "b"].n) is counts

    def test_counts_nobody_of_a_family_who_left_a_shown_item_out(self) -> None:
        answers = dict.fromkeys(ITEMS) | {"a1": 4}
        assert count([(1, 0, answers)])[Place(1, None), "a"].n == 0


class TestPackedItems:
    def test_come_back_as_they_went_in(self) -> None:
        found = count([(1, 0, dict.fromkeys(ITEMS, value)) for value in (1, 2, 4)])
        items = found[Place(1, None), "b"].items
        assert items is not None
        back = unpack_items(items.n, items.totals.tolist(), pack_products(items.cross_products))
        assert back is not None
        assert (back.cross_products == items.cross_products).all()
