"""Scores and rollups against a plain recount, person by person."""

from collections import Counter, defaultdict
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.aggregation.counting import Place
from survey.aggregation.metrics import Metric
from survey.aggregation.summaries import Summary
from tests.factories.scored import FAMILIES, ITEMS, METRICS, count

values_of = {
    code: st.sampled_from(
        [None, 1, 2, 3, 4, 5] + ([9] if code == "b5" else [0, 10] * (code == "r1"))
    )
    for code in ITEMS
}
people = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 2), st.fixed_dictionaries(values_of)), max_size=25
)


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
