"""Teams that stand clear of both medians, margins and all; never a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext_lazy as _

from survey.dashboards.linkage.units import Unit
from survey.linkage.printed import Margin

MOST_VISITS = 3
WORDS = {
    (-1, -1): _("low on both. Start here."),
    (1, 1): _("high on both. Ask what they do."),
    (-1, 1): _("staff low, customers high. Ask what it costs them."),
    (1, -1): _("staff high, customers low. Something else is going on."),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """A team worth a visit, and why."""

    name: str
    words: str
    n_inside: int
    n_outside: int
    page: str = ""


def list_visits(units: Sequence[Unit]) -> list[Visit]:
    """Name up to three teams whose 95 % margins lie beyond both medians, the farthest first."""
    if not units:
        return []
    x, y = median(u.inside.mean for u in units), median(u.outside.mean for u in units)
    sides = ((unit, (_side(unit.inside, x), _side(unit.outside, y))) for unit in units)
    clear = [(unit, side) for unit, side in sides if side in WORDS]
    clear.sort(key=lambda found: -_distance(found[0], x, y))
    return [
        Visit(unit.name, str(WORDS[side]), unit.inside.n, unit.outside.n, unit.page)
        for unit, side in clear[:MOST_VISITS]
    ]


def _side(margin: Margin, middle: float) -> int:
    if margin.low is not None and margin.low > middle:
        return 1
    if margin.high is not None and margin.high < middle:
        return -1
    return 0


def _distance(unit: Unit, x: float, y: float) -> float:
    return abs(unit.inside.mean - x) + abs(unit.outside.mean - y)
