"""One measure over all periods as a drawing of lines and dots, which prints and needs no script."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django import template
from django.utils.translation import gettext as _

from survey.dashboards.numerals import localise
from survey.dashboards.overview.courses import Course, Point

register = template.Library()

FIRST, LAST = 12.0, 94.0  # per cent of the width
TOP, BOTTOM = 16.0, 94.0  # pixels
GAP = 0.4  # of the room between two periods


@register.inclusion_tag("components/course.html")
def course_chart(course: Course) -> dict[str, Any]:
    """Draw the points of a course, joined where two periods follow each other."""
    places = _spread(len(course.points))
    step = places[1] - places[0] if len(places) > 1 else LAST - FIRST
    dots = [
        _dot(course, point, x)
        for point, x in zip(course.points, places, strict=True)
        if point.score
    ]
    joined = pairwise(zip(course.points, places, strict=True))
    return {
        "course": course,
        "dots": dots,
        "lines": [
            {"x1": f"{x1:.1f}%", "x2": f"{x2:.1f}%", "y1": _height(course, one.score.mean),
             "y2": _height(course, other.score.mean)}
            for (one, x1), (other, x2) in joined
            if one.score and other.score and not other.is_worded_anew
        ],
        "hidden": [
            {"x": f"{x - GAP * step / 2:.1f}%", "width": f"{GAP * step:.1f}%"}
            for point, x in zip(course.points, places, strict=True)
            if point.was_asked and not point.score
        ],
        "not_asked": [
            f"{x:.1f}%"
            for point, x in zip(course.points, places, strict=True)
            if not (point.was_asked or point.score)
        ],
        "first": course.points[0].period,
        "last_period": course.points[-1].period,
        "radius": 5 if len(places) <= 12 else 3,
        "top": str(TOP),  # as text, which no language prints with a comma
        "bottom": str(BOTTOM),
        "middle": str((TOP + BOTTOM) / 2),
    }  # fmt: skip


@register.filter
def signed(value: float) -> str:
    """Print a whole number with its sign, a true minus among them; nought has none."""
    text = f"{value:+.0f}" if round(value) else "0"
    return text.replace("-", "\u2212")


@register.filter
def tell(points: Sequence[Point]) -> str:
    """Say the points of a course in words, for those who do not see it."""
    return ", ".join(
        f"{point.period}: "
        + (
            localise(f"{point.score.mean:g}")
            if point.score
            else _("not shown")
            if point.was_asked
            else _("not asked")
        )
        for point in points
    )


def _spread(number: int) -> list[float]:
    if number == 1:
        return [LAST]
    return [FIRST + (LAST - FIRST) * at / (number - 1) for at in range(number)]


def _height(course: Course, value: float) -> str:
    share = (value - course.low) / (course.high - course.low)
    return f"{BOTTOM - (BOTTOM - TOP) * share:.1f}"


def _dot(course: Course, point: Point, x: float) -> dict[str, str]:
    score = point.score
    assert score is not None  # noqa: S101 - the caller draws no other
    return {
        "x": f"{x:.1f}%",
        "y": _height(course, score.mean),
        "low": "" if score.low is None else _height(course, score.low),
        "high": "" if score.high is None else _height(course, score.high),
    }
