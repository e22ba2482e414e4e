"""The link between teams beside the link inside them: two facts that may disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.dashboards.linkage.findings import print_q
from survey.dashboards.linkage.strips import Strip, Strips, line_up, read_strip, side_of_zero
from survey.statistics.evidence import FEWEST_TEAMS, Q_LIMIT

TOO_FEW = f"fewer than {FEWEST_TEAMS} teams"
AGREE = (
    "They agree: teams that are usually higher inside tend to be {side} outside, and when a team "
    "goes up inside, it goes {way} outside at the same time."
)
DISAGREE = (
    "They disagree, and both can be so: teams that are usually higher inside tend to be {side} "
    "outside, yet when a team goes up inside, it goes {way} outside at the same time. A plan for "
    "change rests on the second."
)
BETWEEN_ONLY = (
    "Teams that are usually higher inside tend to be {side} outside. Whether a team that goes up "
    "inside goes up outside at the same time cannot be told: a single period is noisy."
)
WITHIN_ONLY = (
    "When a team goes up inside, it goes {way} outside at the same time. Whether teams that are "
    "usually higher inside are so outside too cannot be told."
)
NEITHER = "From these figures neither can be told."
NOT_INSIDE = "Nothing can be said yet of what happens inside teams: {reason}."


@dataclass(frozen=True, slots=True)
class Levels:
    """Both links as strips, a sentence about the two, and how the whole splits into them."""

    strips: Strips
    sentence: str
    split: Mapping[str, Any]


def read_levels(numbers: Mapping[str, Any], *, period: str) -> Levels | None:
    """Read what is stored of one pair between and inside teams; None where it was not looked at."""
    pooled, within = numbers.get("pooled"), numbers.get("within")
    if not pooled or not within:
        return None
    if within["n_teams"] < FEWEST_TEAMS:
        within = within | {"r": None, "low": None, "high": None, "reason": TOO_FEW}
    strips = (
        read_strip("Between teams, this " + period.lower(), numbers, note="the verdict above"),
        read_strip("Between teams, all so far", pooled, note=_count(pooled)),
        _draw_within(within),
    )
    return Levels(line_up(strips), _say(pooled, within), _read_split(numbers))


def _draw_within(within: Mapping[str, Any]) -> Strip:
    q_value = "" if within["q_value"] is None else f", q {print_q(within['q_value'])}"
    return read_strip("Inside teams, over time", within, note=_count(within) + q_value)


def _read_split(numbers: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = numbers.get("waba") or {}
    return found if found.get("r_total") is not None else {}


def _count(numbers: Mapping[str, Any]) -> str:
    n_waves = numbers["n_waves"]
    return f"{numbers['n_teams']} teams, {n_waves} period{'' if n_waves == 1 else 's'}"


def _say(pooled: Mapping[str, Any], within: Mapping[str, Any]) -> str:
    if within["r"] is None:
        return NOT_INSIDE.format(reason=within["reason"] or "not known")
    between, inside = side_of_zero(pooled), _said_inside(within)
    words = {"side": "higher" if between > 0 else "lower", "way": "up" if inside > 0 else "down"}
    if between and inside:
        return (AGREE if between == inside else DISAGREE).format(**words)
    if between:
        return BETWEEN_ONLY.format(**words)
    return WITHIN_ONLY.format(**words) if inside else NEITHER


def _said_inside(within: Mapping[str, Any]) -> int:
    """Return the side of the link inside teams, 0 also where many tests together explain it."""
    q_value = within["q_value"]
    return side_of_zero(within) if q_value is not None and q_value < Q_LIMIT else 0
