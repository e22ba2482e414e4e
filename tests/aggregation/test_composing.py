"""What all released figures together tell: attacks on small random trees."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.aggregation.composing import (
    FamilyFigures,
    FamilyMaterial,
    Tree,
    compose_family,
    compose_release,
)
from survey.aggregation.metrics import Metric
from survey.aggregation.summaries import Summary
from survey.questionnaires.content import ProfileContent
from survey.statistics.rollups import ItemMoments, Moments

K = 5
METRIC = Metric("s", "s", 1, 5, 4, ("a", "b", "c", "d"), frozenset())
PROFILES = tuple(ProfileContent(code, code, code, {}, {}) for code in ("keen", "tired"))
PROFILE = Metric(
    *("profile:s", "s", 0, 1, None, ("a", "b"), frozenset(), (("keen", 1), ("tired", 0))),
    profiles=PROFILES,
)

Scores = Mapping[str, list[float]]


def make_tree(parents: list[int]) -> Tree:
    """Make a tree of nodes n0, n1, ... from the parent's number of every node but the first."""
    above: dict[str, str | None] = {"n0": None}
    above |= {f"n{at + 1}": f"n{parent}" for at, parent in enumerate(parents)}
    return Tree(above, frozenset(above) - {parent for parent in above.values() if parent})


def compose(tree: Tree, scores: Scores, published: set[str] | None = None) -> FamilyFigures:
    stored = {
        code: {"s": Summary(Moments.of(values), sum(one >= 4 for one in values))}
        for code, values in scores.items()
        if values
    }
    material = FamilyMaterial((METRIC,), stored, K, knows_people=True)
    if published is not None:
        return compose_family(tree, material, published=frozenset(published))
    return compose_release(tree, [material])[0]


def find_pieces(tree: Tree, scores: Scores, shown: set[str]) -> Counter[frozenset[str]]:
    """Cut the respondents by all released sets; return how many are in each piece that is in one.

    Whatever arithmetic does with released figures, it cannot reach anything smaller.
    """
    pieces: Counter[frozenset[str]] = Counter()
    for code, values in scores.items():
        pieces[frozenset(tree.path(code)) & shown] += len(values)
    return Counter({piece: n for piece, n in pieces.items() if piece and n})


@st.composite
def organisations(draw: st.DrawFn) -> tuple[Tree, Scores]:
    size = draw(st.integers(1, 9))
    tree = make_tree([draw(st.integers(0, at)) for at in range(size - 1)])
    answers = st.lists(st.sampled_from([1.0, 2.5, 4.0, 5.0]), max_size=11)
    return tree, {code: draw(answers) for code in tree.parents}


def mean_of(found: FamilyFigures, code: str) -> float:
    return found.figures[code, "s"].mean


class TestComposeRelease:
    @given(organisation=organisations())
    def test_lets_nobody_reach_fewer_than_k(self, organisation: tuple[Tree, Scores]) -> None:
        tree, scores = organisation
        found = compose(tree, scores)
        pieces = find_pieces(tree, scores, set(found.published))
        assert all(n >= K for n in pieces.values())

    def test_would_leak_by_the_naive_rule(self) -> None:
        tree = make_tree([0, 0])
        scores = {"n0": [], "n1": [4.0] * 6, "n2": [2.0] * 2}
        naive = {"n0", "n1"}  # every node with five people or more
        leak = compose(tree, scores, published=naive)
        assert min(find_pieces(tree, scores, naive).values()) == 2
        n0, n1 = leak.figures["n0", "s"], leak.figures["n1", "s"]
        assert (n0.n * n0.mean - n1.n * n1.mean) / 2 == pytest.approx(25, abs=0.5)  # their score
        assert compose(tree, scores).published == {"n0"}

    @given(organisation=organisations())
    def test_prints_the_mean_of_the_pieces_in_each_subtree(
        self, organisation: tuple[Tree, Scores]
    ) -> None:
        tree, scores = organisation
        found = compose(tree, scores)
        pieces: dict[frozenset[str], list[float]] = {}
        for code, values in scores.items():
            piece = frozenset(tree.path(code)) & found.published
            pieces.setdefault(piece, []).extend((one - 1) * 25 for one in values)
        entered = {
            piece: values if len(values) >= 10 else [min(max(mean, 5), 95)] * len(values)
            for piece, values in pieces.items()
            if values and (mean := sum(values) / len(values)) is not None
        }
        for code in found.published:
            people = [one for piece, values in entered.items() if code in piece for one in values]
            figure = found.figures[code, "s"]
            assert figure.n == len(people)
            assert figure.mean == pytest.approx(sum(people) / len(people), abs=0.051)

    def test_subtracts_to_95_where_a_small_piece_is_at_the_end(self) -> None:
        tree = make_tree([0])
        scores = {"n0": [5.0] * 8, "n1": [3.0] * 20}
        found = compose(tree, scores)
        total = found.figures["n0", "s"].n * mean_of(found, "n0") - 20 * mean_of(found, "n1")
        assert total / 8 == pytest.approx(95, abs=0.2)
        true_total = 8 * 100 + 20 * 50
        assert (true_total - 20 * mean_of(found, "n1")) / 8 == 100  # printing alone would leak

    def test_says_95_or_more_of_a_small_group_at_the_end(self) -> None:
        found = compose(make_tree([]), {"n0": [5.0] * 8})
        assert mean_of(found, "n0") == 95
        assert found.figures["n0", "s"].detail == {"end": "high"}

    def test_does_not_say_so_of_a_large_group_that_holds_one(self) -> None:
        found = compose(make_tree([0]), {"n0": [5.0] * 8, "n1": [3.0] * 20})
        assert found.figures["n0", "s"].detail == {}

    def test_pools_the_spread_of_released_teams_only(self) -> None:
        tree = make_tree([0, 0, 0])
        scores = {
            "n0": [],
            "n1": [2.0, 4.0] * 6,
            "n2": [2.5, 3.5] * 6,
            "n3": [1.0, 5.0],  # hidden, so it must not show in any number
        }
        with_three = compose(tree, scores)
        without = compose(tree, scores | {"n3": []})
        assert "n3" not in with_three.published
        shown = with_three.scales["s"]["n_groups"]
        assert shown == len(with_three.published & {"n1", "n2"})
        assert without.scales["s"]["n_groups"] == 2

    def test_shows_profiles_only_where_shares_may_be_shown(self) -> None:
        tree = make_tree([0, 0, 0])
        sizes = {"n1": 12, "n2": 8, "n3": 7}
        stored = {
            code: {
                "s": Summary(Moments.of([3.0] * n)),
                "profile:s": Summary(Moments(n, 0, 0), 0, {"tired": n}),
            }
            for code, n in sizes.items()
        }
        material = FamilyMaterial((METRIC, PROFILE), stored, K, knows_people=True)
        (found,) = compose_release(tree, [material])
        (unknown,) = compose_release(tree, [replace(material, knows_people=False)])

        assert found.published == {"n0", "n1", "n2", "n3"}
        shown = {code for code, metric in found.figures if metric == "profile:s"}
        assert shown == {"n0", "n1"}  # 15 others, never 8 or 7
        assert found.figures["n0", "profile:s"].detail["shares"] == {"keen": 0, "tired": 100}
        assert set(found.scales) == {"s"}
        assert not any(metric == "profile:s" for _, metric in unknown.figures)

    def test_marks_the_divided_only_where_shares_may_be_shown(self) -> None:
        tree = make_tree([0, 0])
        camps = pd.DataFrame([[1] * 4, [5] * 4] * 6, columns=list(METRIC.item_codes))
        alike = camps[:7] * 0 + 3
        metric = replace(METRIC, n_options=5)
        stored = {
            code: {"s": Summary(Moments.of(rows.mean(axis=1)), items=ItemMoments.of(rows))}
            for code, rows in (("n1", camps), ("n2", alike))
        }
        material = FamilyMaterial((metric,), stored, K, knows_people=True)
        (found,) = compose_release(tree, [material])
        (unknown,) = compose_release(tree, [replace(material, knows_people=False)])

        marked = {code for (code, _), one in found.figures.items() if "divided" in one.detail}
        assert found.published == {"n0", "n1", "n2"}
        assert marked == {"n0"}  # beside n1 it would tell of the seven of n2
        assert not any("divided" in one.detail for one in unknown.figures.values())
        stored["n2"] = stored["n1"]
        (found,) = compose_release(tree, [material])
        assert {code for (code, _), one in found.figures.items() if "divided" in one.detail} == {
            "n0",
            "n1",
            "n2",
        }

    def test_shows_again_what_was_shown_before(self) -> None:
        tree = make_tree([0, 0])
        scores = {"n0": [], "n1": [4.0] * 6, "n2": [2.0] * 6}
        material = FamilyMaterial(
            (METRIC,),
            {code: {"s": Summary(Moments.of(values))} for code, values in scores.items()},
            K,
            knows_people=True,
        )
        (again,) = compose_release(tree, [material], published={"s": frozenset({"n0"})})
        assert again.published == {"n0"}
