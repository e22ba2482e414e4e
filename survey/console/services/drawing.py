"""Who serves whom as a drawing: boxes and arrows with their places, as SVG has them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from survey.organization.serving import Arrow
from survey.organization.serving_layout import Arrangement, Layout, Pair, Point, arrange, place

PAGE = 1120  # what fits beside each other on a desk
NARROWEST, WIDEST = 230, 330  # of a column with the room around it
ROW = 60
TIGHT_ROW = 44  # where many stand below each other
MANY_ROWS = 12
BOX_WIDTH, BOX_HEIGHT = 164, 34
LONGEST_LABEL = 20  # letters that fit into a box
BESIDE = 7  # an arrow back leaves and arrives so much below the others
BOW = 44
TIP = 9


@dataclass(frozen=True, slots=True)
class Box:
    """A team: the corner of its box and the middle of its name."""

    x: int
    y: int
    text_x: int
    text_y: int
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow: its way and its tip as SVG paths."""

    way: str
    tip: str
    is_back: bool


@dataclass(frozen=True, slots=True)
class Domino:
    """A team and those it serves, for a narrow screen."""

    name: str
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it; on a phone the dominoes stand below each other instead."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    dominoes: tuple[Domino, ...]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT

    @property
    def has_back(self) -> bool:
        """Tell whether an arrow closes a circle."""
        return any(line.is_back for line in self.lines)


def draw(arrows: Sequence[Arrow]) -> Picture:
    """Draw arrows; the same ones always give the same picture."""
    arrangement = arrange((one.provider_code, one.consumer_code) for one in arrows)
    row = ROW if arrangement.n_rows <= MANY_ROWS else TIGHT_ROW
    n_columns = len(arrangement.columns)
    width = n_columns * min(max(PAGE // n_columns, NARROWEST), WIDEST)
    height = round(row * arrangement.n_rows)
    layout = place(arrangement, width=width, height=height)
    names = {one.provider_code: one.provider_name for one in arrows}
    names |= {one.consumer_code: one.consumer_name for one in arrows}
    return Picture(
        width=width,
        height=height,
        boxes=tuple(_box(names[code], point) for code, point in layout.nodes.items()),
        lines=tuple(_line(pair, way, layout) for pair, way in layout.ways.items()),
        dominoes=_list_dominoes(arrangement, names),
    )


def _box(name: str, middle: Point) -> Box:
    x, y = middle
    cut = f"{name[: LONGEST_LABEL - 1].rstrip()}…" if len(name) > LONGEST_LABEL else name
    corner = round(x - BOX_WIDTH / 2), round(y - BOX_HEIGHT / 2)
    return Box(*corner, round(x), round(y + 5), cut, name)


def _line(pair: Pair, way: Sequence[Point], layout: Layout) -> Line:
    """Draw an arrow from the side of one box to the side of another, level where it passes."""
    is_back = pair in layout.backwards
    if way[0][0] == way[-1][0]:
        return _bow(way[0], way[-1], is_back=is_back)
    ahead = -1 if way[-1][0] < way[0][0] else 1
    half, below = ahead * BOX_WIDTH / 2, BESIDE if is_back else 0
    parts = [f"M{way[0][0] + half:.0f} {way[0][1] + below:.0f}"]
    for (x0, y0), (x1, y1) in pairwise(way):
        start, end, is_last = x0 + half, x1 - half, (x1, y1) == way[-1]
        end -= ahead * TIP if is_last else 0
        middle = (start + end) / 2
        down = y0 + below, y1 + below
        parts.append(
            f"C{middle:.0f} {down[0]:.0f} {middle:.0f} {down[1]:.0f} {end:.0f} {down[1]:.0f}"
        )
        parts += [] if is_last else [f"H{x1 + half:.0f}"]
    return Line("".join(parts), _tip(way[-1][0] - half, way[-1][1] + below, ahead), is_back)


def _bow(start: Point, end: Point, *, is_back: bool) -> Line:
    """Draw an arrow between two boxes of one column, out to the right of them."""
    x = start[0] + BOX_WIDTH / 2
    way = (
        f"M{x:.0f} {start[1]:.0f}C{x + BOW:.0f} {start[1]:.0f} "
        f"{x + BOW:.0f} {end[1]:.0f} {x + TIP:.0f} {end[1]:.0f}"
    )
    return Line(way, _tip(x, end[1], -1), is_back)


def _tip(x: float, y: float, ahead: int) -> str:
    """Return the tip of an arrow that arrives at a point from the left, or from the right."""
    base = x - ahead * (TIP + 1)
    return f"M{base:.0f} {y - 5:.0f}L{x:.0f} {y:.0f}L{base:.0f} {y + 5:.0f}Z"


def _list_dominoes(arrangement: Arrangement, names: dict[str, str]) -> tuple[Domino, ...]:
    """Return every team that serves, in the order of the columns, with those it serves."""
    serves: dict[str, list[str]] = defaultdict(list)
    for provider, consumer in arrangement.ways:
        serves[provider].append(names[consumer])
    return tuple(
        Domino(names[code], tuple(sorted(serves[code])))
        for column in arrangement.columns
        for code, passing in column
        if passing is None and code in serves
    )
