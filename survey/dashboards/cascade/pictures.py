"""Which arrows are drawn: all of few, those of one chain or team, or parts instead of teams."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.dashboards.cascade.arrows import NOTHING, Arrow, End, Node, Score
from survey.dashboards.numerals import count, print_number, quote
from survey.dashboards.trees import TeamTree
from survey.organization.serving_layout import Arrangement, arrange

CUSTOMERS, OTHERS, OUTSIDE = "/customers", "/others", "/outside"  # no code of a team has a stroke
MOST_LINES, MOST_ROWS, MOST_COLUMNS = 40, 14, 7
MOST_PARTS = 9


@dataclass(frozen=True, slots=True)
class Spot:
    """A team, several counted as one part, or the customers; note says how it fares."""

    code: str
    name: str
    note: str = ""
    is_customers: bool = False
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow as drawn; where it stands for several its score is the median of those shown."""

    start: Spot
    end: Spot
    score: Score
    n_arrows: int = 1
    is_pooled: bool = False
    is_back: bool = False

    @property
    def is_outside(self) -> bool:
        """Say whether customers speak."""
        return self.end.is_customers

    @property
    def is_shown(self) -> bool:
        """Say whether it has a figure."""
        return self.score.mean is not None

    @property
    def look(self) -> str:
        """Return the colour of its strip: "r" is inside, "" outside."""
        return "" if self.is_outside else "r"

    @property
    def label(self) -> str:
        """Print its figure with its margin, for a picture."""
        if self.score.mean is None:
            return _("not shown")
        printed = print_number(self.score.mean, 0)
        half = self.score.half
        return printed if half is None else f"{printed} ±{print_number(half, 0)}"


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn, in the order of the columns; empty where there is no arrow."""

    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    arrangement: Arrangement
    by_part: bool = False

    @property
    def has_pools(self) -> bool:
        """Say whether some figure stands at several arrows."""
        return any(one.is_pooled for one in self.lines)

    @property
    def has_hidden(self) -> bool:
        """Say whether some arrow has no figure."""
        return not all(one.is_shown for one in self.lines)

    @property
    def has_circles(self) -> bool:
        """Say whether service comes back to where it came from."""
        return any(one.is_back for one in self.lines)

    @property
    def has_customers(self) -> bool:
        """Say whether customers are drawn."""
        return any(one.is_outside for one in self.lines)


@dataclass(frozen=True, slots=True)
class Domino:
    """A team as it stands in a list, with the lines that start there."""

    spot: Spot
    lines: tuple[Line, ...]


def list_dominoes(picture: Picture) -> list[Domino]:
    """Return what is drawn from those who serve onwards; customers stand at the end."""
    falls: dict[str, list[Line]] = defaultdict(list)
    for line in picture.lines:
        falls[line.start.code].append(line)
    spots = sorted(picture.spots, key=lambda one: one.is_customers)
    return [Domino(spot, tuple(falls[spot.code])) for spot in spots]


def narrow(arrows: Iterable[Arrow], *, chain: str, team: str) -> list[Arrow]:
    """Keep the arrows of one chain and those that begin or end at one team; "" keeps all."""
    return [
        one
        for one in arrows
        if (not chain or one.chain == chain) and (not team or team in one.ends)
    ]


def make_picture(
    arrows: Sequence[Arrow],
    nodes: Mapping[str, Node],
    *,
    tree: TeamTree,
    scope: int,
    ex_name: str,
    cx_name: str,
    team: str = "",
) -> Picture:
    """Draw every arrow where that can be read, else one line for all between two parts."""
    customers = Spot(CUSTOMERS, _("Customers"), quote(cx_name), is_customers=True)
    if len(arrows) <= MOST_LINES:
        picture = _arrange(_list_lines(arrows, nodes, customers, ex_name))
        arrangement = picture.arrangement
        is_low = len(picture.lines) <= MOST_LINES and arrangement.n_rows <= MOST_ROWS
        if is_low and len(arrangement.columns) <= MOST_COLUMNS:
            return picture
    parts = _find_parts(arrows, tree, scope, team)
    return _arrange(_bundle(arrows, parts, nodes, customers), by_part=True)


def _list_lines(
    arrows: Sequence[Arrow], nodes: Mapping[str, Node], customers: Spot, ex_name: str
) -> list[Line]:
    """Return a line for each arrow, and one to the customers from each team that has any."""
    names = {one.code: one.name for arrow in arrows for one in (arrow.provider, arrow.consumer)}
    spots = {
        code: Spot(code, name, _note(nodes.get(code), ex_name)) for code, name in names.items()
    }
    lines = [
        Line(spots[one.provider.code], spots[one.consumer.code], one.score, is_pooled=one.is_pooled)
        for one in arrows
    ]
    return lines + [
        Line(spot, customers, node.outside)
        for code, spot in spots.items()
        if (node := nodes.get(code)) and node.outside.mean is not None
    ]


def _note(node: Node | None, ex_name: str) -> str:
    if node is None or node.inside.mean is None:
        return ""
    return f"{quote(ex_name)} {print_number(node.inside.mean, 0)}"


def _arrange(lines: Sequence[Line], *, by_part: bool = False) -> Picture:
    arrangement = arrange((one.start.code, one.end.code) for one in lines)
    spots = {spot.code: spot for one in lines for spot in (one.start, one.end)}
    placed = [spots[code] for column in arrangement.columns for code, way in column if way is None]
    order = {spot.code: place for place, spot in enumerate(placed)}
    drawn = [
        Line(
            one.start, one.end, one.score, one.n_arrows, one.is_pooled,
            is_back=(one.start.code, one.end.code) in arrangement.backwards,
        )
        for one in lines
    ]  # fmt: skip
    drawn.sort(key=lambda one: (one.is_outside, order[one.start.code], order[one.end.code]))
    return Picture(tuple(placed), tuple(drawn), arrangement, by_part=by_part)


def _find_parts(arrows: Sequence[Arrow], tree: TeamTree, scope: int, team: str) -> dict[str, Spot]:
    """Return the part in which each team is drawn, by code: the largest ones, and all others.

    Parts are the branches right below the scope, or further down where all teams are in one. A
    team that was chosen stays by itself; teams outside the scope are one part.
    """
    ends = {end.code: end for one in arrows for end in (one.provider, one.consumer)}
    branches = _find_branches(ends, tree, scope)
    sizes = Counter(branches[code] for one in arrows for code in one.ends)
    sizes.pop(None, None)
    largest = [branch for branch, _n in sorted(sizes.items(), key=lambda b: (-b[1], b[0] or 0))]
    kept = set(largest if len(largest) <= MOST_PARTS else largest[: MOST_PARTS - 1])
    others = Spot(OTHERS, _("Other parts"), is_part=True)
    teams = Counter(branches[code] for code in ends)
    spots: dict[int | None, Spot] = {
        branch: Spot(
            f"/{branch}", tree.names.get(branch or 0, ""), _count(teams[branch]), is_part=True
        )
        for branch in kept
    }
    outside = _("Outside %(part)s") % {"part": quote(tree.names.get(scope, ""))}
    spots[None] = Spot(OUTSIDE, outside, _count(teams[None]), is_part=True)
    found = {code: spots.get(branch, others) for code, branch in branches.items()}
    if team in ends:
        found[team] = Spot(team, ends[team].name)
    return found


def _find_branches(ends: Mapping[str, End], tree: TeamTree, scope: int) -> dict[str, int | None]:
    """Return the branch in which each team is; None for one outside the scope."""
    while True:
        below = {scope: scope} | tree.branches(scope)
        branches = {code: below.get(end.pk) for code, end in ends.items()}
        only = {branch for branch in branches.values() if branch is not None}
        if len(only) != 1 or scope in only:
            return branches
        (scope,) = only


def _count(n_teams: int) -> str:
    return ngettext("%(n)s team", "%(n)s teams", n_teams) % {"n": count(n_teams)}


def _bundle(
    arrows: Sequence[Arrow], parts: Mapping[str, Spot], nodes: Mapping[str, Node], customers: Spot
) -> list[Line]:
    """Put all arrows between two parts into one line; those inside a part are left to the table."""
    between: dict[tuple[Spot, Spot], list[Arrow]] = defaultdict(list)
    for one in arrows:
        start, end = (parts[code] for code in one.ends)
        if start != end:
            between[start, end].append(one)
    outside: dict[Spot, list[float]] = defaultdict(list)
    for code, spot in parts.items():
        mean = nodes[code].outside.mean if code in nodes else None
        if mean is not None:
            outside[spot].append(mean)
    lines = [
        Line(start, end, _middle(_figures(found)), len(found))
        for (start, end), found in between.items()
    ]
    return lines + [
        Line(spot, customers, _middle(means), len(means)) for spot, means in outside.items()
    ]


def _figures(arrows: Iterable[Arrow]) -> list[float]:
    """Return the ratings that are shown; a figure that stands at several arrows counts once."""
    found = {
        (one.provider.code, "" if one.is_pooled else one.consumer.code): one.score.mean
        for one in arrows
        if one.score.mean is not None
    }
    return list(found.values())


def _middle(means: Sequence[float]) -> Score:
    return Score(median(means)) if means else NOTHING
