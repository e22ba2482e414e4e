"""Which of two scales comes first over the periods so far, as far as that can be told."""

from dataclasses import dataclass

import pandas as pd

from survey.linkage.comparing import Side, Sides
from survey.linkage.history import CX, EX, History
from survey.statistics import lags
from survey.statistics.direction import judge_direction
from survey.statistics.lags import PanelVar

MAX_LAG = 6
FORWARD, BACKWARD = (1, 0), (0, 1)  # places in PanelVar.phi: x before y, y before x


@dataclass(frozen=True, slots=True)
class LagPoint:
    """How customers some periods later go with employees, inside teams."""

    lag: int
    r: float
    low: float
    high: float
    n_teams: int


@dataclass(frozen=True, slots=True)
class Lags:
    """The profile over lags, with bounds that hold for all of them together; it is descriptive."""

    points: tuple[LagPoint, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """How far one side goes ahead of the other by a period, in standard deviations."""

    estimate: float | None
    low: float | None
    high: float | None
    p_value: float | None
    q_value: float | None


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """How much more employees go ahead than customers do."""

    estimate: float | None
    low: float | None
    high: float | None
    p_value: float | None


@dataclass(frozen=True, slots=True)
class Order:
    """Which side came first: the verdict, and both arrows behind it."""

    code: str
    chip: str
    sentence: str
    caveats: tuple[str, ...]
    ex_before_cx: Arrow
    cx_before_ex: Arrow
    asymmetry: Asymmetry
    n_teams: int
    n_waves: int
    n_left_out: int
    is_early: bool
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What the periods say of one pair before its arrows are ranked among all arrows."""

    lags: Lags
    panel: PanelVar


def look_for_order(history: History, sides: Sides, *, seed: int) -> dict[tuple[str, str], Course]:
    """Take the lag profile and both arrows of every pair, with one draw of teams for all."""
    frame = history.as_frame()
    xs, ys = [EX + one.scale for one in sides.ex], [CX + one.scale for one in sides.cx]
    panels = lags.panel_vars(frame, team="unit", wave="period", xs=xs, ys=ys, seed=seed)
    profiles = lags.profiles(
        frame, team="unit", wave="period", xs=xs, ys=ys, max_lag=MAX_LAG, seed=seed
    )
    return {
        (x.removeprefix(EX), y.removeprefix(CX)): Course(_list_points(profiles[x, y]), panel)
        for (x, y), panel in panels.items()
    }


def list_p_values(panel: PanelVar) -> tuple[float | None, float | None]:
    """Return the p-values of both arrows, employees before customers first."""
    if panel.p_values is None:
        return None, None
    return float(panel.p_values[FORWARD]), float(panel.p_values[BACKWARD])


def judge_order(
    panel: PanelVar, *, ex: Side, cx: Side, q_forward: float | None, q_backward: float | None
) -> Order:
    """Say which side came first, now that the arrows are ranked among all of the study."""
    said = judge_direction(
        panel,
        q_forward=q_forward,
        q_backward=q_backward,
        ex_label=ex.phrase,
        cx_label=cx.phrase,
    )
    return Order(
        said.code,
        said.chip,
        said.sentence,
        tuple(said.caveats),
        _read_arrow(panel, FORWARD, q_forward),
        _read_arrow(panel, BACKWARD, q_backward),
        Asymmetry(panel.asymmetry, panel.asymmetry_low, panel.asymmetry_high, panel.asymmetry_p),
        panel.n_teams,
        panel.n_waves,
        panel.n_left_out,
        panel.is_early,
        panel.reason,
    )


def _read_arrow(panel: PanelVar, place: tuple[int, int], q_value: float | None) -> Arrow:
    estimate, low, high, p_value = (
        None if matrix is None else float(matrix[place])
        for matrix in (panel.phi, panel.low, panel.high, panel.p_values)
    )
    return Arrow(estimate, low, high, p_value, q_value)


def _list_points(profile: pd.DataFrame) -> Lags:
    columns = (profile[name].tolist() for name in ("lag", "r", "low", "high", "n_teams"))
    points = tuple(
        LagPoint(int(lag), r, low, high, int(n_teams))
        for lag, r, low, high, n_teams in zip(*columns, strict=True)
    )
    return Lags(points, "" if points else str(profile.attrs.get("reason", "")))
