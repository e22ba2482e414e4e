"""What is printed of how many people."""

import pytest

from survey.aggregation.metrics import Metric
from survey.aggregation.printing import (
    PrintedFigure,
    print_figure,
    print_number,
    print_profiles,
    print_share,
)
from survey.aggregation.summaries import Summary
from survey.statistics.rollups import Moments, PooledSpread, pooled_spread

METRIC = Metric("s", "s", 1, 5, 4, ("a",), frozenset())
RECOMMEND = Metric(
    "r", "r", 0, 10, None, ("r1",), frozenset(), (("6", 6.0), ("9", 9.0)), is_recommend=True
)
PROFILE = Metric(
    "profile:s", "s", 0, 1, None, ("a",), frozenset(), (("keen", 1), ("other", 0), ("tired", 0))
)
GROUPS = pooled_spread([Moments.of([2, 4, 3]), Moments.of([3, 5, 4])])


def figure(*scores: float, pooled: PooledSpread = GROUPS, **options: bool) -> PrintedFigure:
    summary = Summary(Moments.of(list(scores)), sum(one >= 4 for one in scores))
    known = {"knows_people": True, "shows_shares": True}
    return print_figure(METRIC, summary, end="", pooled=pooled, **known | options)


class TestPrintFigure:
    def test_rounds_the_mean_to_a_tenth(self) -> None:
        assert figure(2, 2, 3, 3, 3, 4, 4).mean == 50.0
        assert figure(2, 2, 3, 3, 3, 4, 5).mean == 53.6

    def test_bounds_under_ten_people_by_the_pooled_spread(self) -> None:
        assert figure(3, 3, 3, 3, 3, 3).se == figure(1, 5, 1, 5, 1, 5).se == 10.2

    def test_uses_the_spread_of_ten_people(self) -> None:
        assert figure(*[2, 4] * 5).se != figure(*[1, 5] * 5).se

    def test_never_shows_the_spread_of_a_single_small_group(self) -> None:
        alone = pooled_spread([Moments.of([1, 5, 1, 5, 1, 5])])
        assert figure(1, 5, 1, 5, 1, 5, pooled=alone).se is None

    def test_keeps_intervals_between_0_and_100(self) -> None:
        found = figure(5, 5, 5, 5, 5, 5)
        assert found.high == 100

    def test_shows_shares_where_it_may(self) -> None:
        assert figure(*[4] * 10, shows_shares=False).favourable is None
        assert figure(*[4] * 10).favourable == 95  # 95 or more
        assert figure(*[4] * 20).favourable == 100

    def test_tells_nothing_but_the_mean_where_people_are_not_known(self) -> None:
        found = figure(*[2, 4] * 10, knows_people=False)
        assert found == PrintedFigure(n=20, mean=50.0)

    @pytest.mark.parametrize(("shows_shares", "score"), [(False, None), (True, 100)])
    def test_scores_recommendations_like_shares(
        self, shows_shares: bool, score: int | None
    ) -> None:
        summary = Summary(Moments.of([9] * 12), option_counts={"9": 12})
        found = print_figure(
            RECOMMEND, summary, end="", pooled=GROUPS, knows_people=True, shows_shares=shows_shares
        )
        assert found.detail.get("recommend", {}).get("score") == score

    def test_marks_a_divided_group(self) -> None:
        summary = Summary(Moments.of([1, 5] * 6))
        said = {"end": "", "pooled": GROUPS, "knows_people": True, "shows_shares": True}

        assert print_figure(METRIC, summary, **said, is_divided=True).detail == {"divided": True}


class TestPrintProfiles:
    @pytest.mark.parametrize(
        ("n", "counts", "shares"),
        [
            (200, {"keen": 43, "other": 115, "tired": 42}, [22, 58, 21]),
            (15, {"keen": 3, "other": 12}, [20, 80, 5]),  # 5 or less
        ],
    )
    def test_prints_shares_as_of_options_and_nothing_finer(
        self, n: int, counts: dict[str, float], shares: list[int]
    ) -> None:
        found = print_profiles(PROFILE, Summary(Moments(n, counts["keen"], 0), 0, counts))

        assert list(found.detail["shares"].values()) == shares
        assert (found.mean, found.favourable, found.se) == (shares[0], None, None)
        assert [found.low, found.high] == found.detail["bounds"]["keen"]
        for share, (low, high) in zip(shares, found.detail["bounds"].values(), strict=True):
            assert low <= share <= high

    def test_bounds_what_is_printed(self) -> None:
        bounds = [
            print_profiles(PROFILE, Summary(Moments(19, keen, 0), 0, {"keen": keen})).detail
            for keen in (18, 19)  # both print 95 or more
        ]
        assert bounds[0] == bounds[1]


class TestPrintNumber:
    def test_does_not_depend_on_the_order_of_adding_up(self) -> None:
        assert print_number(62.25 + 1e-12, 1) == print_number(62.25 - 1e-12, 1)

    def test_prints_zero_without_a_sign(self) -> None:
        assert str(print_number(-0.01, 1)) == "0.0"


class TestPrintShare:
    @pytest.mark.parametrize(
        ("count", "n", "printed"),
        [(0, 12, 5), (12, 12, 95), (5, 12, 40), (1, 200, 1), (199, 200, 100), (0, 20, 0)],
    )
    def test_is_coarse_under_twenty(self, count: int, n: int, printed: int) -> None:
        assert print_share(count, n) == printed
