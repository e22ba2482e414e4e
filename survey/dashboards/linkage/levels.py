"""The link between teams beside the link inside them: two facts that may disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from survey.core.periods import Period
from survey.dashboards.linkage.findings import print_q
from survey.dashboards.linkage.strips import Strip, Strips, line_up, read_strip, side_of_zero
from survey.dashboards.retelling import retell
from survey.statistics.evidence import FEWEST_TEAMS, Q_LIMIT

TOO_FEW = f"fewer than {FEWEST_TEAMS} teams"
# What is said by the side of the link between teams, and of that inside them: 0 cannot be told.
SENTENCES = {
    (1, 1): gettext_lazy(
        "They agree: teams that are usually higher inside tend to be higher outside, and when a "
        "team goes up inside, it goes up outside at the same time."
    ),
    (-1, -1): gettext_lazy(
        "They agree: teams that are usually higher inside tend to be lower outside, and when a "
        "team goes up inside, it goes down outside at the same time."
    ),
    (1, -1): gettext_lazy(
        "They disagree, and both can be so: teams that are usually higher inside tend to be higher "
        "outside, yet when a team goes up inside, it goes down outside at the same time. A plan "
        "for change rests on the second."
    ),
    (-1, 1): gettext_lazy(
        "They disagree, and both can be so: teams that are usually higher inside tend to be lower "
        "outside, yet when a team goes up inside, it goes up outside at the same time. A plan for "
        "change rests on the second."
    ),
    (1, 0): gettext_lazy(
        "Teams that are usually higher inside tend to be higher outside. Whether a team that goes "
        "up inside goes up outside at the same time cannot be told: a single period is noisy."
    ),
    (-1, 0): gettext_lazy(
        "Teams that are usually higher inside tend to be lower outside. Whether a team that goes "
        "up inside goes up outside at the same time cannot be told: a single period is noisy."
    ),
    (0, 1): gettext_lazy(
        "When a team goes up inside, it goes up outside at the same time. Whether teams that are "
        "usually higher inside are so outside too cannot be told."
    ),
    (0, -1): gettext_lazy(
        "When a team goes up inside, it goes down outside at the same time. Whether teams that are "
        "usually higher inside are so outside too cannot be told."
    ),
    (0, 0): gettext_lazy("From these figures neither can be told."),
}


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
        read_strip(
            _("Between teams, this month")
            if period == Period.MONTH
            else _("Between teams, this quarter"),
            numbers,
            note=_("the verdict above"),
        ),
        read_strip(_("Between teams, all so far"), pooled, note=_count(pooled)),
        _draw_within(within),
    )
    return Levels(line_up(strips), _say(pooled, within), _read_split(numbers))


def _draw_within(within: Mapping[str, Any]) -> Strip:
    note = _count(within)
    if within["q_value"] is not None:
        note = _("%(teams_and_periods)s, q %(q)s") % {
            "teams_and_periods": note,
            "q": print_q(within["q_value"]),
        }
    return read_strip(_("Inside teams, over time"), within, note=note)


def _read_split(numbers: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = numbers.get("waba") or {}
    return found if found.get("r_total") is not None else {}


def _count(numbers: Mapping[str, Any]) -> str:
    n_teams, n_waves = numbers["n_teams"], numbers["n_waves"]
    periods = ngettext("%(n)s period", "%(n)s periods", n_waves) % {"n": n_waves}
    told = ngettext("%(n)s teams, %(periods)s", "%(n)s teams, %(periods)s", n_teams)
    return told % {"n": n_teams, "periods": periods}


def _say(pooled: Mapping[str, Any], within: Mapping[str, Any]) -> str:
    if within["r"] is None:
        reason = retell(within["reason"]) or _("not known")
        return _("Nothing can be said yet of what happens inside teams: %(reason)s.") % {
            "reason": reason
        }
    return str(SENTENCES[side_of_zero(pooled), _said_inside(within)])


def _said_inside(within: Mapping[str, Any]) -> int:
    """Return the side of the link inside teams, 0 also where many tests together explain it."""
    q_value = within["q_value"]
    return side_of_zero(within) if q_value is not None and q_value < Q_LIMIT else 0
