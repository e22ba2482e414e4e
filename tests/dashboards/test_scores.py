"""Lines of a table of scores."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from survey.dashboards.measures import Measure
from survey.dashboards.scores import build_lines, find_axis, read_score
from tests.dashboards.standings import said

FAIR = Measure("fair", "Fairness", "how fairly people are treated")
CARE = Measure("care", "Care", "how well people are cared for")


class TestReadScore:
    def test_reads_a_figure_as_printed(self) -> None:
        score = read_score({"n": 9, "mean": 95.0, "se": None, "low": None, "high": None,
                            "detail": {"end": "high", "divided": True}})  # fmt: skip

        assert score is not None
        assert (score.mean, score.n, score.end, score.is_divided) == (95.0, 9, "high", True)
        assert score.margin is None

    def test_prints_the_larger_arm_of_an_interval_as_its_margin(self) -> None:
        score = read_score(said(97.0, low=93.0, high=100.0))

        assert score is not None
        assert score.margin == 4.0

    def test_is_nothing_where_nothing_is_shown(self) -> None:
        assert read_score(None) is None


class TestBuildLines:
    def test_puts_now_before_and_the_middle_team_side_by_side(self) -> None:
        (line,) = build_lines(
            [FAIR, CARE],
            now={"fair": said(60.0)},
            before={"fair": said(50.0)},
            medians={"fair": said(64.0)},
        )

        assert line.measure == FAIR
        assert line.now is not None
        assert line.before is not None
        assert (line.now.mean, line.before.mean, line.median) == (60.0, 50.0, 65.0)
        assert (line.word, line.has_changed) == ("higher", True)

    @pytest.mark.parametrize(
        ("before", "word"),
        [
            (said(57.0), "no clear change"),
            (said(70.0), "lower"),
            (said(70.0, se=None), "margin not known"),
        ],
    )
    def test_calls_a_change_only_what_is_larger_than_the_margins(
        self, before: dict[str, Any], word: str
    ) -> None:
        (line,) = build_lines([FAIR], now={"fair": said(60.0)}, before={"fair": before}, medians={})

        assert line.word == word
        assert line.median is None

    def test_shows_no_change_of_so_few_that_who_joined_may_make_it(self) -> None:
        (line,) = build_lines(
            [FAIR], now={"fair": said(60.0, n=9)}, before={"fair": said(20.0, n=40)}, medians={}
        )

        assert (line.word, line.has_changed) == ("too few to compare", False)

    def test_keeps_a_line_for_what_is_not_shown_any_more(self) -> None:
        (line,) = build_lines([FAIR], now={}, before={"fair": said(60.0)}, medians={})

        assert line.now is None
        assert line.word == "no comparison"


class TestFindAxis:
    @pytest.mark.parametrize(
        ("mean", "ends"),
        [(60.0, (40, 80)), (50.0, (40, 60)), (99.0, (80, 100)), (100.0, (80, 100)), (0.0, (0, 20))],
    )
    def test_holds_every_interval_in_steps_of_twenty(
        self, mean: float, ends: tuple[int, int]
    ) -> None:
        lines = build_lines([FAIR], now={"fair": said(mean)}, before={}, medians={})

        axis = find_axis(lines)

        assert (axis.ticks[0], axis.ticks[-1]) == ends

    def test_is_the_whole_range_where_nothing_is_drawn(self) -> None:
        assert find_axis([]).ticks == (0, 20, 40, 60, 80, 100)


class TestScoreTable:
    def render(self, now: dict[str, Any], before: dict[str, Any]) -> str:
        lines = build_lines([FAIR], now=now, before=before, medians={"fair": said(64.0)})
        return render_to_string(
            "dashboards/score_table.html",
            {
                "lines": lines, "axis": find_axis(lines), "caption": "Out of 100.",
                "heading": "Staff said", "with_median": True, "compared_with": "Q1 2026",
                "chip_class": "in", "css_class": "r",
            },
        )  # fmt: skip

    def test_prints_what_it_draws(self) -> None:
        html = self.render({"fair": said(60.0)}, {"fair": said(50.0)})

        assert "<b>60.0</b>" in html
        assert "±3.9" in html
        assert "was 50.0" in html
        assert ">65.0<" in html

    def test_tells_a_mean_answer_from_a_recommend_score(self) -> None:
        measure = Measure("rec", "Recommend score", "how readily", is_recommend=True)
        lines = build_lines([measure], now={"rec": said(60.0)}, before={}, medians={})
        html = render_to_string(
            "dashboards/score_table.html", {"lines": lines, "axis": find_axis(lines)}
        )

        assert "mean answer, out of 100" in html
        assert "mean answer" not in self.render({"fair": said(60.0)}, {})

    def test_says_in_words_what_is_not_shown(self) -> None:
        html = self.render({}, {"fair": said(50.0)})

        assert '<span class="nil">not shown</span>' in html
        assert "<b>" not in html

    def test_prints_the_end_of_a_small_group_as_such(self) -> None:
        html = self.render({"fair": said(95.0, detail={"end": "high"})}, {})

        assert "<b>95 or more</b>" in html
