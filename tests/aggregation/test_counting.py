"""Scores and rollups against a plain recount, person by person."""

from collections import Counter, defaultdict
from dataclasses import replace
from math import ceil
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.aggregation.counting import Place
from survey.aggregation.metrics import Metric
from survey.aggregation.scores import score_metrics
from survey.aggregation.summaries import Summary
from tests.factories.scored import FACETED, FACETED_ITEMS, FAMILIES, ITEMS, METRICS, count

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


facet_values = st.fixed_dictionaries(
    dict.fromkeys(FACETED_ITEMS, st.sampled_from([None, 1, 2, 3, 4, 5]))
)


class TestFacets:
    @given(people=st.lists(facet_values, min_size=1, max_size=12))
    def test_count_the_same_people_and_leave_nothing_of_the_whole_but_its_rest(
        self, people: list[dict[str, int | None]]
    ) -> None:
        found = count([(1, 0, one) for one in people], FACETED)
        whole, two, one = (found[Place(1, None), code] for code in ("whole", "two", "one"))
        valid = [p for p in people if None not in (_mean(p, "f1", "f2"), p["f3"], _rest(p))]

        assert whole.n == two.n == one.n == len(valid)
        left = 5 * whole.moments.total - 2 * two.moments.total - one.moments.total
        assert left == pytest.approx(2 * sum(_rest(p) or 0 for p in valid))  # of everybody alike

    def test_would_tell_on_somebody_if_a_whole_were_the_mean_of_its_items(self) -> None:
        full = {"f1": 4, "f2": 2, "f3": 3, "f4": 3, "f5": 3}
        gap = {"f1": 5, "f2": None, "f3": 1, "f4": 1, "f5": 1}
        rows = [(1, 0, full)] * 4 + [(1, 0, gap)]
        alike = {code: found.moments.total for (_, code), found in count(rows, FACETED).items()}
        plain = replace(
            METRICS["b"], item_codes=FACETED_ITEMS, reversed_codes=frozenset({"f2"}), parts=()
        )
        items = pd.DataFrame([one for _, _, one in rows], dtype=float)
        naive = score_metrics(items, [plain])["b"].sum()

        rest = 2 * (4 * 3 + 1)
        assert 5 * alike["whole"] - 2 * alike["two"] - alike["one"] == pytest.approx(rest)
        # else the difference is theirs alone: five times the mean of their four answers, less them
        theirs = 5 * naive - 2 * alike["two"] - alike["one"] - rest
        assert theirs == pytest.approx(5 * (5 + 1 + 1 + 1) / 4 - (2 * 5 + 1 + 2 * 1))

    @given(people=st.lists(facet_values, max_size=12))
    def test_put_everybody_into_one_profile(self, people: list[dict[str, int | None]]) -> None:
        found = count([(1, 0, one) for one in people], FACETED)
        expected: Counter[str] = Counter()
        for one in people:
            two, rest = _mean(one, "f1", "f2"), _rest(one)
            if two is not None and one["f3"] is not None and rest is not None:
                keen, tired = two >= 4 and one["f3"] >= 4, two < 3
                expected["keen" if keen else "tired" if tired else "other"] += 1

        if people:
            summary = found[Place(1, None), "profile:whole"]
            assert dict(summary.option_counts) == dict(expected)
            assert summary.moments.total == expected["keen"]
            assert summary.items is None


def _mean(person: dict[str, int | None], *codes: str) -> float | None:
    given = [
        6 - one if code == "f2" else one for code in codes if (one := person[code]) is not None
    ]
    return sum(given) / len(given) if given else None


def _rest(person: dict[str, int | None]) -> float | None:
    return _mean(person, "f4", "f5")
