"""The control chart of a team as the JSON that Plotly draws; chart.js fills in the colours."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil, floor
from typing import Any

from django.utils.translation import gettext as _

from survey.dashboards.numerals import print_number, separators
from survey.dashboards.scores import Score
from survey.dashboards.team.steadiness import Point, Steadiness

Figure = dict[str, Any]
STEP = 10
HOVER = "<b>%{x}</b><br>%{y:.1f}%{customdata}<extra></extra>"


def draw_steadiness(steadiness: Steadiness) -> Figure:
    """Draw the points with their 95 % margins, the usual range as a band, and what lies outside."""
    colour = "inside" if steadiness.word == "staff" else "outside"
    points = steadiness.points
    return {
        "data": [_draw_line(points, colour), _draw_rings(points, colour)],
        "layout": {
            "xaxis": {
                "type": "category",
                "fixedrange": True,
                "showgrid": False,
                "nticks": 8,
                "ticks": "outside",
                "ticklen": 8,
                "tickcolor": "rgba(0,0,0,0)",
            },
            "yaxis": {
                "title": {"text": _("Score, 0 to 100")},
                "range": _find_ends(steadiness),
                "gridcolor": "var(--line)",
                "zeroline": False,
                "fixedrange": True,
            },
            "shapes": [*_draw_range(steadiness, colour), *_draw_breaks(points)],
            "annotations": [_label(one) for one in points if one.is_outside],
            "font": {"family": "var(--sans)", "size": 13, "color": "var(--ink-2)"},
            "hoverlabel": {
                "bgcolor": "var(--card)",
                "bordercolor": "var(--field)",
                "font": {"family": "var(--sans)", "color": "var(--ink)"},
            },
            "margin": {"l": 56, "r": 16, "t": 16, "b": 44},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "dragmode": False,
            "separators": separators(),
        },
    }


def _draw_line(points: Sequence[Point], colour: str) -> Figure:
    points = list(_part(points))
    scores = [one.score for one in points]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [one.label for one in points],
        "y": [score.mean if score else None for score in scores],
        "customdata": [_spell(score) for score in scores],
        "hovertemplate": HOVER,
        "line": {"color": f"var(--{colour})", "width": 2.5},
        "marker": {"color": f"var(--{colour})", "size": 9},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [_arm(score, "high") for score in scores],
            "arrayminus": [_arm(score, "low") for score in scores],
            "color": "var(--ink-3, .38)",
            "thickness": 1,
            "width": 0,
        },
    }


def _part(points: Sequence[Point]) -> Iterator[Point]:
    """Yield the points, and one without a score wherever the line must not join two of them."""
    for point in points:
        if point.is_worded_anew:
            yield replace(point, score=None)
        yield point


def _draw_breaks(points: Sequence[Point]) -> list[Figure]:
    """Draw an upright line before each point from which on the measure is worded anew."""
    across = {"type": "line", "xref": "x", "yref": "paper", "y0": 0, "y1": 1}
    dashes = {"line": {"color": "var(--ink-3)", "width": 1, "dash": "dash"}}
    return [
        across | dashes | {"x0": at - 0.5, "x1": at - 0.5}
        for at, point in enumerate(points)
        if point.is_worded_anew
    ]


def _draw_rings(points: Sequence[Point], colour: str) -> Figure:
    outside = [(one.label, one.score.mean) for one in points if one.is_outside and one.score]
    return {
        "type": "scatter",
        "mode": "markers",
        "hoverinfo": "skip",
        "x": [label for label, _ in outside],
        "y": [mean for _, mean in outside],
        "marker": {
            "symbol": "circle-open",
            "size": 20,
            "line": {"color": f"var(--{colour})", "width": 2},
        },
    }


def _draw_range(steadiness: Steadiness, colour: str) -> list[Figure]:
    usual = steadiness.usual
    if usual.low is None or usual.high is None:
        return []
    across = {"xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
    return [
        across
        | {"type": "rect", "y0": round(usual.low, 1), "y1": round(usual.high, 1)}
        | {"line": {"width": 0}, "fillcolor": f"var(--{colour}-soft)"},
        across
        | {"type": "line", "y0": usual.middle, "y1": usual.middle}
        | {"line": {"color": "var(--ink-3)", "width": 1, "dash": "dot"}},
    ]


def _label(point: Point) -> Figure:
    assert point.score is not None  # noqa: S101 - only points with a score lie outside
    return {
        "x": point.label,
        "y": point.score.mean,
        "text": f"<b>{print_number(point.score.mean, 1)}</b>",
        "showarrow": False,
        "yshift": -22 if point.word == "below" else 22,
        "font": {"color": "var(--ink)", "size": 13},
    }


def _find_ends(steadiness: Steadiness) -> list[int]:
    usual = [end for end in (steadiness.usual.low, steadiness.usual.high) if end is not None]
    scores = [one.score for one in steadiness.points if one.score]
    known = usual + [
        end for one in scores for end in (one.mean, one.low, one.high) if end is not None
    ]
    start, end = STEP * floor((min(known) - 3) / STEP), STEP * ceil((max(known) + 3) / STEP)
    return [max(start, 0), min(end, 100)]


def _arm(score: Score | None, side: str) -> float | None:
    end = getattr(score, side) if score else None
    return None if end is None or score is None else round(abs(end - score.mean), 1)


def _spell(score: Score | None) -> str:
    if score is None or score.low is None or score.high is None:
        return ""
    return " " + _("(%(low)s to %(high)s)") % {
        "low": print_number(score.low, 1),
        "high": print_number(score.high, 1),
    }
