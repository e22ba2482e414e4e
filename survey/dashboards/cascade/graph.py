"""Who serves whom as a graph, as the JSON that Plotly draws.

Colours are names of CSS variables; static/js/chart.js reads them when it draws. What the graph
says stands in the page as a list and as a table too.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext as _

from survey.dashboards.cascade.pictures import Line, Picture, Spot
from survey.dashboards.numerals import count, print_number, separators
from survey.organization.serving_layout import Layout, Point, place

WIDTH, ROW = 1000.0, 78.0
FULL_SIZE = 1.2  # px of a unit on a wide screen; on others lines begin and end below the boxes
MOST_LABELS = 16
THINNEST, THICKEST, LEAST, MOST = 1.5, 8.0, 40.0, 80.0  # px for a rating of LEAST or MOST of 100
HIDDEN = 2.0
BOX_HEIGHT, CORNER = 46, 9
TIP = 9  # px of an arrow's head
ASIDE, DIP = 10.0, 36.0  # how far an arrow that comes back keeps from the one it meets
LETTER = 6.6  # px, of the text in boxes
Figure = dict[str, Any]


def draw_graph(picture: Picture) -> Figure:
    """Draw at least one line."""
    n_columns = len(picture.arrangement.columns)
    height = ROW * max(picture.arrangement.n_rows, 3)
    layout = place(picture.arrangement, width=WIDTH, height=height)
    box = _box_width(n_columns)
    lines = sorted(picture.lines, key=lambda one: one.is_shown)  # the hidden ones lie below
    shapes = [shape for one in lines for shape in _draw_line(one, layout, box)]
    shapes += [_draw_box(spot, layout.nodes[spot.code], box) for spot in picture.spots]
    names = [_write_spot(spot, layout.nodes[spot.code], box) for spot in picture.spots]
    return {
        "data": [_draw_hover(picture.lines, layout, box)],
        "layout": {
            "xaxis": _draw_axis([0, WIDTH]),
            "yaxis": _draw_axis([height, 0]),
            "shapes": shapes,
            "annotations": [*_draw_labels(picture.lines, layout, box), *names],
            "font": {"family": "var(--sans)", "size": 13, "color": "var(--ink-2)"},
            "hoverlabel": {
                "bgcolor": "var(--card)",
                "bordercolor": "var(--field)",
                "font": {"family": "var(--sans)", "color": "var(--ink)"},
                "align": "left",
            },
            "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "separators": separators(),
        },
    }


def find_thickness(line: Line) -> float:
    """Return how thick a line is in px: the better, the thicker."""
    if line.score.mean is None:
        return HIDDEN
    share = (line.score.mean - LEAST) / (MOST - LEAST)
    return round(THINNEST + (THICKEST - THINNEST) * min(max(share, 0.0), 1.0), 1)


def _box_width(n_columns: int) -> int:
    return {1: 150, 2: 150, 3: 150, 4: 150, 5: 136}.get(n_columns, 112)


def _draw_axis(ends: Sequence[float]) -> Figure:
    return {"range": list(ends), "visible": False, "fixedrange": True}


def _draw_line(line: Line, layout: Layout, box: int) -> Iterator[Figure]:
    way = _find_way(line, layout, box)
    colour = _colour(line)
    stroke = {"color": f"var(--{colour})", "width": find_thickness(line)}
    if not line.is_shown:
        stroke["dash"] = "4px,4px"
    elif line.is_back:
        stroke["dash"] = "10px,4px"
    yield {
        "type": "path",
        "path": _write_way(way),
        "line": stroke,
        "opacity": 0.8,
        "layer": "below",
    }
    side = 1 if line.is_back else -1
    foot, end = side * (box / 2 + TIP), side * (box / 2)
    yield {
        "type": "path",
        "path": f"M{foot},{-TIP * 0.75} L{end},0 L{foot},{TIP * 0.75} Z",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": layout.nodes[line.end.code][0],
        "yanchor": way[-1][1],
        "fillcolor": f"var(--{colour})",
        "line": {"width": 0},
        "layer": "below",
    }


def _find_way(line: Line, layout: Layout, box: int) -> Sequence[Point]:
    """Return the points of a line from the edge of one box to the head before the other.

    One that comes back runs below the one that it meets.
    """
    (x, y), *between, (to_x, to_y) = layout.ways[line.start.code, line.end.code]
    onwards, aside = (-1, ASIDE) if line.is_back else (1, 0.0)
    edge, foot = (onwards * px / FULL_SIZE for px in (box / 2, box / 2 + TIP - 2))
    if line.is_back and not between:
        between = [((x + to_x) / 2, max(y, to_y) + DIP)]
    return [(x + edge, y + aside), *between, (to_x - foot, to_y + aside)]


def _colour(line: Line) -> str:
    if not line.is_shown:
        return "ink-3"
    return "outside" if line.is_outside else "inside"


def _write_way(way: Sequence[Point]) -> str:
    """Lead a line through its points, level at each of them."""
    told = f"M{way[0][0]:.1f},{way[0][1]:.1f}"
    for (x, y), (to_x, to_y) in pairwise(way):
        middle = (x + to_x) / 2
        told += f" C{middle:.1f},{y:.1f} {middle:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"
    return told


def _draw_box(spot: Spot, at: Point, box: int) -> Figure:
    across, up, turn = box / 2, BOX_HEIGHT / 2, CORNER
    return {
        "type": "path",
        "path": (
            f"M{turn - across},{-up} L{across - turn},{-up} Q{across},{-up} {across},{turn - up} "
            f"L{across},{up - turn} Q{across},{up} {across - turn},{up} "
            f"L{turn - across},{up} Q{-across},{up} {-across},{up - turn} "
            f"L{-across},{turn - up} Q{-across},{-up} {turn - across},{-up} Z"
        ),
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": at[0],
        "yanchor": at[1],
        "fillcolor": "var(--card)",
        "line": {
            "color": "var(--outside)" if spot.is_customers else "var(--inside)",
            "width": 1.5,
        },
        "layer": "below",
    }


def _write_spot(spot: Spot, at: Point, box: int) -> Figure:
    """Write a name in bold, and below it how the team fares; without a note two lines of name."""
    longest = int((box - 10) / LETTER)
    if spot.note:
        text = f"<b>{escape(_cut(spot.name, longest))}</b><br>{escape(_cut(spot.note, longest))}"
    else:
        lines = wrap(spot.name, longest, max_lines=2, placeholder="…")
        text = "<br>".join(f"<b>{escape(line)}</b>" for line in lines)
    return {
        "x": at[0],
        "y": at[1],
        "text": text,
        "showarrow": False,
        "font": {"size": 12, "color": "var(--ink)"},
        "hovertext": escape(f"{spot.name}. {spot.note}" if spot.note else spot.name),
    }


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _draw_labels(lines: Sequence[Line], layout: Layout, box: int) -> Iterator[Figure]:
    """Print ratings on the arrows where there is room for them, apart from each other."""
    if len(lines) > MOST_LABELS:
        return
    taken: list[Point] = []
    for line in lines:
        way = _find_way(line, layout, box)
        spots = [_point(way, share) for share in (0.5, 0.4, 0.6, 0.3, 0.7)]
        x, y = next((one for one in spots if _is_free(one, taken)), spots[0])
        taken.append((x, y))
        yield {
            "x": x,
            "y": y,
            "text": f"<b>{escape(line.label)}</b>" if line.is_shown else escape(line.label),
            "showarrow": False,
            "font": {"size": 12, "color": "var(--ink)"},
            "bgcolor": "var(--card, .86)",
            "borderpad": 1,
        }


def _is_free(point: Point, taken: Sequence[Point]) -> bool:
    return all(abs(point[0] - x) > 60 or abs(point[1] - y) > 22 for x, y in taken)


def _point(way: Sequence[Point], share: float) -> Point:
    """Return the point that far along a line, by its columns."""
    whole = share * (len(way) - 1)
    at = min(int(whole), len(way) - 2)
    (x, y), (to_x, to_y) = way[at], way[at + 1]
    t = whole - at
    # the curve of _write_way: its middle points lie half way across, level with either end
    middle = (x + to_x) / 2
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return (
        sum(w * one for w, one in zip(weights, (x, middle, middle, to_x), strict=True)),
        sum(w * one for w, one in zip(weights, (y, y, to_y, to_y), strict=True)),
    )


def _draw_hover(lines: Sequence[Line], layout: Layout, box: int) -> Figure:
    """Let the middle of each arrow tell all about it."""
    points = [_point(_find_way(one, layout, box), 0.5) for one in lines]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(x, 1) for x, _y in points],
        "y": [round(y, 1) for _x, y in points],
        "text": [escape(tell_line(one)) for one in lines],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": 22, "opacity": 0},
    }


def tell_line(line: Line) -> str:
    """Say in a sentence who serves whom and how that is rated."""
    said = {
        "provider": line.start.name,
        "consumer": line.end.name,
        "label": line.label,
        "n": count(line.n_arrows),
    }
    if line.n_arrows > 1 and line.is_shown:
        said["label"] = print_number(line.score.mean or 0.0, 0)
        return _("%(provider)s to %(consumer)s: %(label)s, the median of %(n)s") % said
    if line.is_pooled:
        told = _("%(provider)s to %(consumer)s: %(label)s, together with others it serves")
        return told % said
    return _("%(provider)s to %(consumer)s: %(label)s") % said
