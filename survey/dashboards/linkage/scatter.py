"""The chart of both sides by team, as the JSON that Plotly draws.

Colours are names of CSS variables; static/js/chart.js reads them when it draws, so that the
chart follows light and dark. What the chart says stands in the page as text and as a table too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from statistics import fmean, pstdev
from typing import Any

from django.utils.translation import gettext as _

from survey.dashboards.linkage.frame import (
    Figure,
    Frame,
    draw_axis,
    draw_quadrants,
    find_frame,
    name_quadrants,
)
from survey.dashboards.linkage.labels import place_labels
from survey.dashboards.linkage.units import OTHER_PARTS, Unit, list_parts
from survey.dashboards.linkage.visits import list_visits
from survey.dashboards.numerals import print_number, quote, separators
from survey.linkage.printed import Margin

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "star")
COLOURS = ("inside", "violet", "night")
QUIET = "ink-3"  # of the parts that are not told apart
LABEL_SHIFT = 9
MANY_TEAMS = 120
MOST_CROSSES = 300  # more make a grey field
OWN_LARGER = 5
LARGE, SMALL, TINY = 11, 8, 6
RINGS = {SMALL: 0.75, TINY: 0.5}  # a wide ring eats a small mark


@dataclass(frozen=True, slots=True)
class Trend:
    """A correlation with its interval, drawn as a line and a fan through the middle."""

    r: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Mark:
    """How one part of the organisation is drawn: never by colour alone."""

    part: str
    shape: str
    colour: str


def draw_scatter(
    units: Sequence[Unit], *, ex_name: str, cx_name: str, trend: Trend | None
) -> Figure:
    """Draw at least one unit with its 95 % margins, the medians, quadrants and a few labels."""
    frame = find_frame(units)
    fan, line = _draw_trend(units, trend) if trend else ([], [])
    marks = list(_draw_parts(units))
    return {
        "data": fan + line + marks if draws_crosses(units) else fan + marks + line,
        "layout": {
            "xaxis": draw_axis(
                _("Staff: %(scale)s (0 to 100)") % {"scale": quote(ex_name)}, frame.x
            ),
            "yaxis": draw_axis(
                _("Customers: %(scale)s (0 to 100)") % {"scale": quote(cx_name)}, frame.y
            ),
            "shapes": draw_quadrants(frame),
            "annotations": [*name_quadrants(), *_draw_labels(units, frame)],
            **_plain_layout(),
        },
    }


def list_marks(units: Sequence[Unit]) -> list[Mark]:
    """Return the shape and the colour of each part, in the order of the legend."""
    return [
        Mark(
            part,
            SHAPES[place % len(SHAPES)],
            QUIET if part == str(OTHER_PARTS) else COLOURS[place % len(COLOURS)],
        )
        for place, part in enumerate(list_parts(units))
    ]


def _plain_layout() -> Figure:
    return {
        "font": {"family": "var(--sans)", "size": 13, "color": "var(--ink-2)"},
        "hoverlabel": {
            "bgcolor": "var(--card)",
            "bordercolor": "var(--field)",
            "font": {"family": "var(--sans)", "color": "var(--ink)"},
            "align": "left",
        },
        "margin": {"l": 72, "r": 12, "t": 12, "b": 52},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "separators": separators(),
    }


def draws_crosses(units: Sequence[Unit]) -> bool:
    """Say whether the margins of all teams are drawn, and not those of the reader's own only."""
    return len(units) <= MOST_CROSSES


def _draw_parts(units: Sequence[Unit]) -> Iterator[Figure]:
    """Draw the teams part by part, the last of the legend lowest; own ones on top, in full ink."""
    marks = list_marks(units)[::-1]
    size = _size(len(units))
    for is_own in (False, True):
        for mark in marks:
            members = [u for u in units if u.part == mark.part and u.is_own == is_own]
            if members and is_own:
                own = _draw_part(members, mark, size + OWN_LARGER, ring="var(--ink)")
                yield own | _draw_crosses(members, "var(--ink)", 2)
            elif members:
                part = _draw_part(members, mark, size)
                is_drawn = draws_crosses(units)
                yield part | (_draw_crosses(members, "var(--ink-3, .38)", 1) if is_drawn else {})


def _size(n_units: int) -> int:
    """Return the width of a mark: the more there are, the smaller."""
    if n_units > MOST_CROSSES:
        return TINY
    return SMALL if n_units > MANY_TEAMS else LARGE


def _draw_part(
    units: Sequence[Unit], mark: Mark, size: int, *, ring: str = "var(--card)"
) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escape(mark.part),
        "x": [u.inside.mean for u in units],
        "y": [u.outside.mean for u in units],
        "customdata": [_hover_words(unit) for unit in units],
        "hovertemplate": _write_hover(),
        "marker": {
            "symbol": mark.shape,
            "size": size,
            "opacity": 1,
            "color": f"var(--{mark.colour})",
            "line": {"color": ring, "width": RINGS.get(size, 1.5)},
        },
    }


def _draw_crosses(units: Sequence[Unit], colour: str, thickness: float) -> Figure:
    return {
        "error_x": _draw_margins([u.inside for u in units], colour, thickness),
        "error_y": _draw_margins([u.outside for u in units], colour, thickness),
    }


def _draw_margins(margins: Sequence[Margin], colour: str, thickness: float) -> Figure:
    return {
        "type": "data",
        "symmetric": False,
        "array": [None if m.high is None else round(m.high - m.mean, 1) for m in margins],
        "arrayminus": [None if m.low is None else round(m.mean - m.low, 1) for m in margins],
        "color": colour,
        "thickness": thickness,
        "width": 0,
    }


def _hover_words(unit: Unit) -> list[Any]:
    inside, outside = unit.inside, unit.outside
    return [escape(unit.name), _spell(inside), inside.n, _spell(outside), outside.n]


def _spell(margin: Margin) -> str:
    if margin.low is None or margin.high is None:
        return ""
    return " " + _("(%(low)s to %(high)s)") % {
        "low": print_number(margin.low, 1),
        "high": print_number(margin.high, 1),
    }


def _write_hover() -> str:
    """Return what Plotly fills in: a team, then both sides with their margins and answers."""
    staff = _("Staff %(score)s%(margin)s, %(n)s answered") % {
        "score": "%{x:.1f}", "margin": "%{customdata[1]}", "n": "%{customdata[2]}",
    }  # fmt: skip
    customers = _("Customers %(score)s%(margin)s, %(n)s answered") % {
        "score": "%{y:.1f}", "margin": "%{customdata[3]}", "n": "%{customdata[4]}",
    }  # fmt: skip
    return f"<b>%{{customdata[0]}}</b><br>{staff}<br>{customers}<extra></extra>"


def _draw_trend(units: Sequence[Unit], trend: Trend) -> tuple[list[Figure], list[Figure]]:
    """Draw the fan between the ends of the interval of the stored r, and its line.

    In standard units r is the slope of the line through the means; its ends are those of the fan.
    """
    x, y = [u.inside.mean for u in units], [u.outside.mean for u in units]
    middle, level, unit = fmean(x), fmean(y), pstdev(y) / (pstdev(x) or 1.0)

    def line(slope: float, *stops: float) -> list[tuple[float, float]]:
        return [(at, level + slope * unit * (at - middle)) for at in stops]

    left, right = min(x), max(x)
    fan = line(trend.low, left, middle, right) + line(trend.high, right, middle, left)
    shade = {"fill": "toself", "fillcolor": "var(--ink-3, .14)", "line": {"width": 0}}
    stroke = {"line": {"color": "var(--ink-2)", "width": 2.5}}
    return [_path(fan) | shade], [_path(line(trend.r, left, right)) | stroke]


def _path(points: Sequence[tuple[float, float]]) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
    }


def _draw_labels(units: Sequence[Unit], frame: Frame) -> list[Figure]:
    points = [(u.name, u.inside.mean, u.outside.mean) for u in units]
    visited = {visit.name for visit in list_visits(units)}  # named beside the chart
    first = {at for at, unit in enumerate(units) if unit.is_own or unit.name in visited}
    return [
        {
            "x": label.x,
            "y": label.y,
            "text": f"<b>{escape(label.text)}</b>",
            "showarrow": False,
            "xanchor": label.side,
            "xshift": LABEL_SHIFT if label.side == "left" else -LABEL_SHIFT,
            "font": {"color": "var(--ink)", "size": 13},
            "bgcolor": "var(--card, .7)",
        }
        for label in place_labels(points, x=frame.x, y=frame.y, first=first)
    ]
