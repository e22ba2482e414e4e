"""Small atoms at the ends of a scale, and what subtraction gives back of them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.aggregation.ends import pull_in
from survey.aggregation.metrics import Metric
from survey.aggregation.summaries import Summary
from survey.questionnaires.content import ProfileContent
from survey.statistics.rollups import Moments

OPTIONS = tuple((str(value), float(value)) for value in range(1, 6))


def metric(code: str, *items: str, reversed_codes: str = "") -> Metric:
    options = OPTIONS if code.startswith("item:") else ()
    return Metric(code, "f", 1, 5, 4, items, frozenset(reversed_codes.split()), options)


SCALE = metric("s", "a", "b")
SHOWN = (SCALE, metric("item:a", "a"), metric("item:b", "b"))
RECOMMEND = Metric("r", "r", 0, 10, None, ("r1",), frozenset(), OPTIONS, is_recommend=True)


def summary(*scores: float) -> Summary:
    counts = {str(int(one)): float(scores.count(one)) for one in scores}
    favourable = sum(one >= 4 for one in scores)
    return Summary(Moments.of(list(scores)), favourable, counts)


def pull_one(one: Metric, *scores: float) -> tuple[Summary, str]:
    return pull_in({one.code: summary(*scores)}, [one])[one.code]


def hundred(found: Summary) -> float:
    return (found.moments.total / found.n - 1) * 25


class TestPullIn:
    def test_makes_95_of_a_small_atom_that_is_all_at_the_top(self) -> None:
        found, end = pull_one(SCALE, 5, 5, 5, 5, 5)
        assert (hundred(found), end) == (pytest.approx(95), "high")

    def test_makes_5_of_a_small_atom_that_is_all_at_the_bottom(self) -> None:
        found, end = pull_one(SCALE, 1, 1, 1, 1, 1, 1.5)
        assert (hundred(found), end) == (pytest.approx(5), "low")
        assert found.n_favourable == 0

    def test_leaves_ten_people_as_they_are(self) -> None:
        found, end = pull_one(SCALE, *[5.0] * 10)
        assert (hundred(found), end) == (100, "")

    def test_leaves_a_score_of_exactly_95_as_it_is(self) -> None:
        found, end = pull_one(SCALE, 5, 5, 5, 5, 4)
        assert (hundred(found), end) == (pytest.approx(95), "")
        assert found.moments.spread > 0

    def test_hides_whether_those_at_the_end_all_agreed(self) -> None:
        alike, _ = pull_one(SCALE, 5, 5, 5, 5, 5, 5)
        apart, _ = pull_one(SCALE, 5, 5, 5, 5, 5, 4.5)
        assert alike.moments == apart.moments
        assert alike.n_favourable == apart.n_favourable

    def test_mixes_the_options_of_an_item_to_the_same_mean(self) -> None:
        found, _ = pull_one(SHOWN[1], 5, 5, 5, 5, 5)
        assert found.option_counts == {"4": pytest.approx(1), "5": pytest.approx(4)}

    def test_leaves_profiles_as_they_are(self) -> None:
        others = ProfileContent("others", "Others", "everybody", {}, {})
        profile = replace(SCALE, code="profile:s", minimum=0, maximum=1, profiles=(others,))

        assert pull_one(profile, 1, 1, 1, 1, 1)[1] == ""

    @pytest.mark.parametrize(("score", "end"), [(10, "10"), (0, "6")])
    def test_pulls_promoters_minus_detractors_in(self, score: int, end: str) -> None:
        found, _ = pull_one(RECOMMEND, *[score] * 7)
        assert found.option_counts == {end: 6, "7": 1}


answers = st.integers(1, 5)
pairs = st.lists(st.tuples(answers, answers), min_size=5, max_size=9)


def pull_pairs(people: list[tuple[int, int]], scale: Metric = SCALE) -> dict[str, Summary]:
    turned = [(a, 6 - b if "b" in scale.reversed_codes else b) for a, b in people]
    found = pull_in(
        {
            "s": summary(*[(a + b) / 2 for a, b in turned]),
            "item:a": summary(*[a for a, _ in people]),
            "item:b": summary(*[b for _, b in people]),
        },
        [scale, *SHOWN[1:]],
    )
    return {code: one for code, (one, _) in found.items()}


class TestSubtraction:
    @given(people=pairs)
    def test_of_an_item_from_its_scale_gives_the_other_item_as_printed(
        self, people: list[tuple[int, int]]
    ) -> None:
        found = pull_pairs(people)
        left = 2 * hundred(found["s"]) - hundred(found["item:a"])
        assert left == pytest.approx(hundred(found["item:b"]))
        assert 5 - 1e-9 <= left <= 95 + 1e-9

    @given(people=pairs)
    def test_holds_for_a_reversed_item_too(self, people: list[tuple[int, int]]) -> None:
        found = pull_pairs(people, replace(SCALE, reversed_codes=frozenset("b")))
        left = 100 - (2 * hundred(found["s"]) - hundred(found["item:a"]))
        assert left == pytest.approx(hundred(found["item:b"]))

    def test_undoes_what_is_pulled_in_metric_by_metric(self) -> None:
        people = [(3, 5)] * 5
        alone, _ = pull_one(SHOWN[2], *[b for _, b in people])
        scale = summary(*[(a + b) / 2 for a, b in people])
        first = summary(*[a for a, _ in people])
        assert hundred(alone) == pytest.approx(95)
        assert 2 * hundred(scale) - hundred(first) == 100  # the true end: the control leaks
        assert 2 * hundred(pull_pairs(people)["s"]) - hundred(first) == pytest.approx(95)

    def test_of_a_part_from_an_overlapping_scale_gives_no_end(self) -> None:
        whole, part = metric("whole", "a", "b", "c", "d"), metric("part", "c", "d")
        values = np.array([[3, 3, 5, 5]] * 6, dtype=float)
        found = pull_in(
            {"whole": summary(*values.mean(axis=1)), "part": summary(*values[:, 2:].mean(axis=1))},
            [whole, part],
        )
        rest = 2 * hundred(found["whole"][0]) - hundred(found["part"][0])
        assert rest == pytest.approx(50)
        assert hundred(found["part"][0]) == pytest.approx(95)
