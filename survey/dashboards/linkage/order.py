"""Which comes first, as the stored study says it: both arrows, and the profile over lags."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.core.periods import Period
from survey.dashboards.linkage.choices import FIXED_LAG
from survey.dashboards.linkage.findings import print_q
from survey.dashboards.linkage.strips import Strip, Strips, line_up, read_strip
from survey.dashboards.retelling import retell

CHIP_CLASSES = {"hint": "gold", "some": "ok", "unclear": "gold"}


@dataclass(frozen=True, slots=True)
class Order:
    """The judgement and both arrows behind it, then the profile that settles nothing.

    picked_lag is the lag that somebody chose after looking, 0 if nobody did.
    """

    sentence: str
    chip: str
    chip_class: str
    caveats: tuple[str, ...]
    arrows: Strips | None
    lags: Strips | None
    lag_reason: str
    n_teams: int
    n_waves: int
    is_monthly: bool
    picked: Strip | None = None


def read_order(
    numbers: Mapping[str, Any],
    *,
    period: str,
    lag: int,
    address: Callable[[int], str],
) -> Order | None:
    """Read what is stored of one pair over time; None where a study looked at no order."""
    found = numbers.get("direction")
    if not found:
        return None
    is_monthly = period == Period.MONTH
    points = numbers["lags"]["points"]
    rows = [_draw_point(point, is_monthly=is_monthly, lag=lag, address=address) for point in points]
    picked = next((row for row in rows if row.is_chosen), None) if lag != FIXED_LAG else None
    has_arrows = found["ex_before_cx"]["estimate"] is not None
    return Order(
        sentence=retell(found["sentence"]),
        chip=_name_chip(found["chip"]),
        chip_class=CHIP_CLASSES.get(found["chip"], ""),
        caveats=tuple(map(retell, found["caveats"])),
        arrows=_draw_arrows(found, is_monthly=is_monthly) if has_arrows else None,
        lags=line_up(rows) if rows else None,
        lag_reason=retell(numbers["lags"]["reason"]),
        n_teams=found["n_teams"],
        n_waves=found["n_waves"],
        is_monthly=is_monthly,
        picked=picked,
    )


def name_lag(lag: int, *, is_monthly: bool) -> str:
    """Say how much later the customers' figure is."""
    if lag == 0:
        return _("Same month") if is_monthly else _("Same quarter")
    told = (
        ngettext("Customers one month later", "Customers %(n)s months later", lag)
        if is_monthly
        else ngettext("Customers one quarter later", "Customers %(n)s quarters later", lag)
    )
    return told % {"n": lag}


def _name_chip(chip: str) -> str:
    if chip == "hint":
        return _("Treat as a hint")
    told = retell(chip)
    return told[:1].upper() + told[1:]


def _draw_arrows(found: Mapping[str, Any], *, is_monthly: bool) -> Strips:
    forward, backward = found["ex_before_cx"], found["cx_before_ex"]
    return line_up(
        (
            read_strip(
                _("Staff first, customers one month later")
                if is_monthly
                else _("Staff first, customers one quarter later"),
                forward, "estimate",
                note=_say_q(forward), look="r",
            ),
            read_strip(
                _("Customers first, staff one month later")
                if is_monthly
                else _("Customers first, staff one quarter later"),
                backward, "estimate",
                note=_say_q(backward), look="",
            ),
            read_strip(_("The first less the second"), found["asymmetry"], "estimate"),
        )
    )  # fmt: skip


def _draw_point(
    point: Mapping[str, Any], *, is_monthly: bool, lag: int, address: Callable[[int], str]
) -> Strip:
    is_fixed = point["lag"] == FIXED_LAG
    return Strip(
        name_lag(point["lag"], is_monthly=is_monthly),
        point["r"],
        point["low"],
        point["high"],
        note=_("fixed in advance") if is_fixed else "",
        look="r" if is_fixed else "n",
        address=address(point["lag"]),
        is_chosen=point["lag"] == lag,
    )


def _say_q(arrow: Mapping[str, Any]) -> str:
    return "" if arrow["q_value"] is None else _("q %(q)s") % {"q": print_q(arrow["q_value"])}
