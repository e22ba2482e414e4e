"""Drawings of one measure over all periods."""

from dataclasses import replace
from datetime import date

import pytest
from django.template.loader import render_to_string

from survey.dashboards.overview.courses import Course, Point
from survey.dashboards.overview.voices import STAFF
from survey.dashboards.scores import read_score
from survey.dashboards.templatetags.courses import course_chart, signed
from tests.dashboards.standings import said


def course(*means: float | None, asked: bool = True) -> Course:
    points = [
        Point(
            date(2026, at, 1),
            f"month {at}",
            None if mean is None else read_score(said(mean)),
            mean is not None or asked,
        )
        for at, mean in enumerate(means, start=1)
    ]
    return Course("Fairness", STAFF, "", tuple(points), 40, 80, is_score=True)


def draw(one: Course) -> str:
    return render_to_string("components/course.html", course_chart(one))


class TestCourseChart:
    def test_places_figures_on_the_axis(self) -> None:
        dots = course_chart(course(40.0, 60.0, 80.0))["dots"]

        assert [(dot["x"], dot["y"]) for dot in dots] == [
            ("12.0%", "94.0"),
            ("53.0%", "55.0"),
            ("94.0%", "16.0"),
        ]

    def test_joins_only_periods_that_follow_each_other(self) -> None:
        drawn = course_chart(course(60.0, 61.0, None, 62.0))

        assert len(drawn["lines"]) == 1
        assert len(drawn["dots"]) == 3

    def test_hatches_what_is_hidden_and_dashes_what_was_not_asked(self) -> None:
        hidden, not_asked = draw(course(60.0, None)), draw(course(60.0, None, asked=False))

        assert (hidden.count('class="hid"'), hidden.count(">–<")) == (1, 0)
        assert (not_asked.count('class="hid"'), not_asked.count(">–<")) == (0, 1)

    def test_says_in_words_what_it_draws(self) -> None:
        assert "Fairness, staff. month 1: 60.5, month 2: not shown" in draw(course(60.5, None))

    def test_draws_no_margin_that_is_not_known(self) -> None:
        points = (Point(date(2026, 1, 1), "x", read_score(said(60.0, se=None)), was_asked=True),)

        assert 'class="seg' not in draw(Course("F", STAFF, "", points, 40, 80, is_score=True))


class TestSigned:
    @pytest.mark.parametrize(("value", "text"), [(12, "+12"), (-31.0, "\u221231"), (0, "0")])
    def test_prints_a_sign_with_every_number(self, value: float, text: str) -> None:
        assert signed(value) == text

    def test_joins_nothing_over_a_change_of_words(self) -> None:
        whole = course(60.0, 61.0, 62.0)
        points = (*whole.points[:2], replace(whole.points[2], is_worded_anew=True))
        broken = replace(whole, points=points)

        assert [len(course_chart(one)["lines"]) for one in (whole, broken)] == [2, 1]
        assert (whole.reworded_since, broken.reworded_since) == ("", "month 3")
