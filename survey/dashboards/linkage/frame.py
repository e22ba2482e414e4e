"""The field a chart of teams is drawn on: its ends, medians, axes and named quadrants."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor
from statistics import median
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext_lazy as _

from survey.dashboards.linkage.units import Unit

PADDING = 6.0
LONGEST_LINE = 34  # of an axis title; a longer one goes on below
EDGE = 2.0  # beyond 0 and 100, so that a mark on the edge is whole
QUADRANTS = (
    ("left", "top", _("Customers happy, staff strained")),
    ("right", "top", _("Good inside, good outside")),
    ("left", "bottom", _("Start here: low on both")),
    ("right", "bottom", _("Staff happy, customers not yet")),
)
PLACES = {"left": 0.01, "right": 0.99, "bottom": 0.01, "top": 0.99}
Figure = dict[str, Any]
Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the 0 to 100 field that is drawn, and its medians."""

    x: Ends
    y: Ends
    x_median: float
    y_median: float


def find_frame(units: Sequence[Unit]) -> Frame:
    """Return the field that holds every mean of at least one unit, and the medians."""
    x, y = [u.inside.mean for u in units], [u.outside.mean for u in units]
    return Frame(_ends(x), _ends(y), median(x), median(y))


def draw_axis(title: str, ends: Ends) -> Figure:
    """Draw an axis that nobody can drag away."""
    return {
        "title": {
            "text": "<br>".join(map(escape, wrap(title, LONGEST_LINE))),
            "font": {"size": 13, "color": "var(--ink)", "weight": 600},
        },
        "range": list(ends),
        "dtick": 10,
        "gridcolor": "var(--line)",
        "zeroline": False,
        "fixedrange": True,
    }


def draw_quadrants(frame: Frame) -> list[Figure]:
    """Shade the quadrants of two good and two poor sides, and dash the medians."""
    right, above = (frame.x_median, frame.x[1]), (frame.y_median, frame.y[1])
    left, below = (frame.x[0], frame.x_median), (frame.y[0], frame.y_median)
    return [
        _rectangle(right, above, "var(--inside-soft, .55)"),
        _rectangle(left, below, "var(--gold-soft, .5)"),
        _dashes((frame.x_median, frame.x_median), frame.y),
        _dashes(frame.x, (frame.y_median, frame.y_median)),
    ]


def name_quadrants() -> list[Figure]:
    """Write in each corner what its quadrant says."""
    font = {"family": "var(--serif)", "color": "var(--ink-3)", "size": 13}
    return [
        {
            "xref": "paper",
            "yref": "paper",
            "x": PLACES[across],
            "y": PLACES[up],
            "xanchor": across,
            "yanchor": up,
            "text": f"<i>{name}</i>",
            "showarrow": False,
            "font": font,
        }
        for across, up, name in QUADRANTS
    ]


def _ends(means: Sequence[float]) -> Ends:
    return (
        max(-EDGE, 5.0 * floor((min(means) - PADDING) / 5)),
        min(100.0 + EDGE, 5.0 * ceil((max(means) + PADDING) / 5)),
    )


def _rectangle(x: Ends, y: Ends, colour: str) -> Figure:
    look = {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": colour}
    return look | _box(x, y)


def _dashes(x: Ends, y: Ends) -> Figure:
    look = {"type": "line", "line": {"color": "var(--ink-3)", "width": 1, "dash": "dot"}}
    return look | _box(x, y)


def _box(x: Ends, y: Ends) -> Figure:
    return {"x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1]}
