"""Which comes first, as the stored study says it: both arrows, and the profile over lags."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.dashboards.linkage.choices import FIXED_LAG
from survey.dashboards.linkage.findings import print_q
from survey.dashboards.linkage.strips import Strip, Strips, line_up, read_strip

CHIP_CLASSES = {"hint": "gold", "some": "ok", "unclear": "gold"}
PLURALS = {"MONTH": "months", "QUARTER": "quarters"}


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
    unit: str
    units: str
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
    unit, units = period.lower(), PLURALS[period]
    points = numbers["lags"]["points"]
    rows = [
        _draw_point(point, unit=unit, units=units, lag=lag, address=address) for point in points
    ]
    picked = next((row for row in rows if row.is_chosen), None) if lag != FIXED_LAG else None
    has_arrows = found["ex_before_cx"]["estimate"] is not None
    return Order(
        sentence=found["sentence"],
        chip=found["chip"].capitalize() if found["chip"] != "hint" else "Treat as a hint",
        chip_class=CHIP_CLASSES.get(found["chip"], ""),
        caveats=tuple(found["caveats"]),
        arrows=_draw_arrows(found, unit) if has_arrows else None,
        lags=line_up(rows) if rows else None,
        lag_reason=numbers["lags"]["reason"],
        n_teams=found["n_teams"],
        n_waves=found["n_waves"],
        unit=unit,
        units=units,
        picked=picked,
    )


def name_lag(lag: int, *, unit: str, units: str) -> str:
    """Say how much later the customers' figure is."""
    if lag == 0:
        return f"Same {unit}"
    return f"Customers one {unit} later" if lag == 1 else f"Customers {lag} {units} later"


def _draw_arrows(found: Mapping[str, Any], unit: str) -> Strips:
    forward, backward = found["ex_before_cx"], found["cx_before_ex"]
    return line_up(
        (
            read_strip(
                f"Staff first, customers one {unit} later", forward, "estimate",
                note=_say_q(forward), look="r",
            ),
            read_strip(
                f"Customers first, staff one {unit} later", backward, "estimate",
                note=_say_q(backward), look="",
            ),
            read_strip("The first less the second", found["asymmetry"], "estimate"),
        )
    )  # fmt: skip


def _draw_point(
    point: Mapping[str, Any], *, unit: str, units: str, lag: int, address: Callable[[int], str]
) -> Strip:
    is_fixed = point["lag"] == FIXED_LAG
    return Strip(
        name_lag(point["lag"], unit=unit, units=units),
        point["r"],
        point["low"],
        point["high"],
        note="fixed in advance" if is_fixed else "",
        look="r" if is_fixed else "n",
        address=address(point["lag"]),
        is_chosen=point["lag"] == lag,
    )


def _say_q(arrow: Mapping[str, Any]) -> str:
    return "" if arrow["q_value"] is None else f"q {print_q(arrow['q_value'])}"
