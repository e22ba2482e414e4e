"""Which marks carry their name: the outermost, at most six, and never on top of another mark."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import dist
from statistics import median

MOST_LABELS = 6
MOST_TRIED = 24
LONGEST_LABEL = 28
CHARACTER = 0.0125  # the width of a character and half a line's height, as shares of the chart
HALF_LINE = 0.022
GAP = 0.015


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside its mark; side is the side of the text that touches the mark."""

    text: str
    x: float
    y: float
    side: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in shares of the chart."""

    left: float
    right: float
    low: float
    high: float

    def meets(self, other: "Box") -> bool:
        """Say whether two rectangles share a point."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.low < other.high
            and other.low < self.high
        )


def place_labels(
    points: Sequence[tuple[str, float, float]],
    *,
    x: tuple[float, float],
    y: tuple[float, float],
    first: Collection[int] = (),
) -> list[Label]:
    """Name the points (name, x, y) that lie farthest from the medians, where there is room.

    Those whose places are in `first` go before all others, over marks if need be.
    """
    places = [(_share(px, x), _share(py, y)) for _, px, py in points]
    middle = _middle(places)
    marks = [Box(px - GAP, px + GAP, py - HALF_LINE, py + HALF_LINE) for px, py in places]
    taken: list[Box] = []
    labels: list[Label] = []
    outermost = sorted(
        range(len(points)),
        key=lambda i: (i not in first, -dist(places[i], middle)),
    )
    for i in outermost[:MOST_TRIED]:
        near = [mark for at, mark in enumerate(marks) if at != i and mark.low < marks[i].high]
        others = taken + [mark for mark in near if mark.high > marks[i].low]
        placed = _fit(points[i][0], places[i], others)
        if placed is None and i in first:
            placed = _fit(points[i][0], places[i], taken)
        if placed is None:
            continue
        text, side, box = placed
        taken.append(box)
        labels.append(Label(text, points[i][1], points[i][2], side))
        if len(labels) == MOST_LABELS:
            break
    return labels


def _middle(places: Sequence[tuple[float, float]]) -> tuple[float, float]:
    if not places:
        return 0.0, 0.0
    return median(px for px, _ in places), median(py for _, py in places)


def _fit(
    name: str, place: tuple[float, float], others: Sequence[Box]
) -> tuple[str, str, Box] | None:
    text = name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"
    width = GAP + CHARACTER * len(text)
    low, high = place[1] - HALF_LINE, place[1] + HALF_LINE
    for side, box in (
        ("left", Box(place[0] + GAP, place[0] + GAP + width, low, high)),
        ("right", Box(place[0] - GAP - width, place[0] - GAP, low, high)),
    ):
        inside = box.left > 0 and box.right < 1 and box.low > 0.05 and box.high < 0.95
        if inside and not any(box.meets(other) for other in others):
            return text, side, box
    return None


def _share(value: float, ends: tuple[float, float]) -> float:
    return (value - ends[0]) / ((ends[1] - ends[0]) or 1.0)
