"""Where teams stand when who serves whom is drawn: in columns, from those who serve to the served.

Pure arithmetic, for any picture: `lay_out` gives the middle of every team and the way of every
arrow; `arrange` tells beforehand how many columns and rows that takes. An arrow that closes a
circle runs backwards through the columns. After Sugiyama, Tagawa and Toda (1981).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Pair = tuple[str, str]  # the codes of the team that serves and of the one that is served
Point = tuple[float, float]
Slot = tuple[str, Pair | None]  # a team, or the place at which an arrow passes a column

PASSING = 0.3  # of the height of a team
MOST_COLUMNS = 10  # where service takes more steps, several steps share a column
N_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which team stands in which column, from the top downwards, and what passes between them."""

    columns: tuple[tuple[Slot, ...], ...]
    ways: Mapping[Pair, tuple[Slot, ...]]
    backwards: frozenset[Pair]

    @property
    def n_rows(self) -> float:
        """Return how many teams' heights the fullest column takes."""
        return max((sum(map(_height, column)) for column in self.columns), default=0.0)


@dataclass(frozen=True, slots=True)
class Layout:
    """The middle of each team by code; each arrow's points from the one that serves onwards."""

    nodes: Mapping[str, Point]
    ways: Mapping[Pair, tuple[Point, ...]]
    backwards: frozenset[Pair]


def lay_out(arrows: Iterable[Pair], *, width: float, height: float) -> Layout:
    """Place teams and arrows in a rectangle; the same arrows always give the same picture."""
    return place(arrange(arrows), width=width, height=height)


def place(arrangement: Arrangement, *, width: float, height: float) -> Layout:
    """Give an arrangement its measures; no two teams' places touch, and all are inside."""
    points: dict[Slot, Point] = {}
    for number, column in enumerate(arrangement.columns):
        x = (number + 0.5) * width / len(arrangement.columns)
        for slot, row in zip(column, _rows(column), strict=True):
            points[slot] = x, (0.5 + row / arrangement.n_rows) * height
    return Layout(
        nodes={slot[0]: point for slot, point in points.items() if slot[1] is None},
        ways={pair: tuple(points[slot] for slot in way) for pair, way in arrangement.ways.items()},
        backwards=arrangement.backwards,
    )


def arrange(arrows: Iterable[Pair]) -> Arrangement:
    """Sort teams into columns, each right of those that serve it, so that few arrows cross."""
    pairs = sorted(set(arrows))
    backwards = _find_backwards(pairs)
    onwards = {pair: pair[::-1] if pair in backwards else pair for pair in pairs}
    numbers = _number_columns(sorted(set(onwards.values())))
    steps = {step: _list_steps(step, numbers) for step in sorted(set(onwards.values()))}
    return Arrangement(
        columns=_order(numbers, steps),
        ways={
            pair: tuple(reversed(steps[step])) if pair in backwards else steps[step]
            for pair, step in onwards.items()
        },
        backwards=backwards,
    )


def _find_backwards(pairs: Sequence[Pair]) -> frozenset[Pair]:
    """Return the arrows that lead back to a team on the way to them, depth first.

    The search begins with whoever serves many and is served by few.
    """
    serves, served_by = _collect(pairs), _collect((end, start) for start, end in pairs)
    found: set[Pair] = set()
    done: set[str] = set()
    on_way: set[str] = set()
    for start in sorted(serves, key=lambda code: len(served_by.get(code, ())) - len(serves[code])):
        way = [(start, iter(serves[start]))] if start not in done else []
        while way:
            code, waiting = way[-1]
            on_way.add(code)
            following = next(waiting, None)
            if following is None:
                on_way.remove(code)
                done.add(code)
                way.pop()
            elif following in on_way:
                found.add((code, following))
            elif following not in done:
                way.append((following, iter(serves.get(following, ()))))
    return frozenset(found)


def _number_columns(steps: Sequence[Pair]) -> dict[str, int]:
    """Return each team's column: right of all that lead to it, beginnings close to what follows."""
    before, after = _collect((end, start) for start, end in steps), _collect(steps)
    numbers: dict[str, int] = {}
    open_ends = {code: len(found) for code, found in before.items()}
    waiting = sorted(set(after) - set(before))
    numbers |= dict.fromkeys(waiting, 0)
    while waiting:
        code = waiting.pop()
        for following in after.get(code, ()):
            numbers[following] = max(numbers.get(following, 0), numbers[code] + 1)
            open_ends[following] -= 1
            if not open_ends[following]:
                waiting.append(following)
    for code in set(after) - set(before):
        numbers[code] = min(numbers[following] for following in after[code]) - 1
    n_steps = max(numbers.values(), default=0) + 1
    n_columns = min(n_steps, MOST_COLUMNS)
    return {code: number * n_columns // n_steps for code, number in numbers.items()}


def _list_steps(step: Pair, numbers: Mapping[str, int]) -> tuple[Slot, ...]:
    """Return the slots of an arrow, one in each column from its start to its end."""
    start, end = step
    between = [(str(number), step) for number in range(numbers[start] + 1, numbers[end])]
    return (start, None), *between, (end, None)


def _order(
    numbers: Mapping[str, int], steps: Mapping[Pair, tuple[Slot, ...]]
) -> tuple[tuple[Slot, ...], ...]:
    """Sort each column by where its neighbours stand, to and fro until little changes any more."""
    columns: dict[int, list[Slot]] = defaultdict(list)
    for code in sorted(numbers):
        columns[numbers[code]].append((code, None))
    left: dict[Slot, list[Slot]] = defaultdict(list)
    right: dict[Slot, list[Slot]] = defaultdict(list)
    for (start, _end), way in steps.items():
        for away, slot in enumerate(way[1:-1], start=1):
            columns[numbers[start] + away].append(slot)
        for one, other in pairwise(way):
            right[one].append(other)
            left[other].append(one)
    rows = {slot: row for one in columns.values() for slot, row in _rows_of(one)}
    for sweep in range(N_SWEEPS):
        beside = right if sweep % 2 else left
        for number in sorted(columns, reverse=bool(sweep % 2)):
            middles = {slot: _middle(slot, beside[slot], rows) for slot in columns[number]}
            columns[number].sort(key=middles.__getitem__)
            rows.update(_rows_of(columns[number]))
    return tuple(tuple(columns[number]) for number in sorted(columns))


def _middle(slot: Slot, beside: Sequence[Slot], rows: Mapping[Slot, float]) -> float:
    return sum(rows[one] for one in beside) / len(beside) if beside else rows[slot]


def _rows(column: Sequence[Slot]) -> list[float]:
    """Return how far below the middle of its column each slot stands, in teams' heights."""
    top = -sum(map(_height, column)) / 2
    rows = []
    for slot in column:
        rows.append(top + _height(slot) / 2)
        top += _height(slot)
    return rows


def _rows_of(column: Sequence[Slot]) -> Iterable[tuple[Slot, float]]:
    return zip(column, _rows(column), strict=True)


def _height(slot: Slot) -> float:
    return 1.0 if slot[1] is None else PASSING


def _collect(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return dict(found)
