"""One plain verdict about the link between a staff score and a customer score.

The table is deterministic and total; the first row that applies wins. No sentence says that one
causes the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from survey.statistics import wording
from survey.statistics.agreement import Level
from survey.statistics.correlation import Correlation
from survey.statistics.evidence import MATTERS, Evidence

STRONG_ABOVE = 0.4


class Code(StrEnum):
    """The rows of the verdict table."""

    TOO_FEW_TEAMS = "TOO_FEW_TEAMS"
    NOT_MEASURABLE = "NOT_MEASURABLE"
    EARLY = "EARLY"
    RULED_OUT = "RULED_OUT"
    CANNOT_TELL = "CANNOT_TELL"
    HANGS_ON_ONE_TEAM = "HANGS_ON_ONE_TEAM"
    HIGHER = "HIGHER"
    LOWER = "LOWER"


class Strength(StrEnum):
    """How strong a link is, once there is one."""

    SLIGHT = "SLIGHT"
    CLEAR = "CLEAR"
    STRONG = "STRONG"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said: a code, a chip, a sentence that ends with the caution, and caveats.

    `strength` is None unless the code is HIGHER or LOWER.
    """

    code: Code
    strength: Strength | None
    chip: str
    sentence: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    code: Code
    applies: Callable[[Evidence], bool]
    chip: str
    say: Callable[[Evidence], str]


_TABLE = (
    _Row(Code.TOO_FEW_TEAMS, lambda e: e.has_too_few_teams, "too few teams", wording.too_few_teams),
    _Row(
        Code.NOT_MEASURABLE,
        lambda e: e.is_not_measurable,
        "too few teams can be told apart",
        wording.not_measurable,
    ),
    _Row(Code.EARLY, lambda e: e.is_early, "too few teams", wording.early),
    _Row(Code.RULED_OUT, lambda e: e.is_ruled_out, "clear", wording.ruled_out),
    _Row(Code.CANNOT_TELL, lambda e: e.cannot_tell, "unclear", wording.cannot_tell),
    _Row(
        Code.HANGS_ON_ONE_TEAM, lambda e: e.hangs_on_one_team, "unclear", wording.hangs_on_one_team
    ),
    _Row(Code.HIGHER, lambda e: e.is_higher, "some", wording.linked),
    _Row(Code.LOWER, lambda e: True, "some", wording.linked),
)
_SILENT = (Code.EARLY, Code.CANNOT_TELL)


def linkage_verdict(
    *,
    n_teams: int,
    r: float | None,
    low: float | None,
    high: float | None,
    q_value: float | None,
    reliability_x: float | None,
    reliability_y: float | None,
    gate_x: str | None,
    gate_y: str | None,
    loo_low: float | None,
    loo_high: float | None,
    spearman: float | None,
    previous: Correlation | None = None,
    ex_label: str,
    cx_label: str,
    adjusted: float | None = None,
    adjusted_for: str = "",
    n_left_out: int = 0,
    trust_is_low: bool = False,
) -> Verdict:
    """Judge the link between the staff score x and the customer score y over n_teams teams.

    r with its 95 % interval, the q-value in its declared family, the mean reliabilities of the
    team scores and their gates (None: not known from counts), the range of r when each team is
    left out, and the correlation of the period before. The last four serve caveats only: r with
    `adjusted_for` held steady, the groups not drawn, and low trust in the survey. A number that
    is missing, not finite or impossible never leads to a claim. Raises ValueError for an unknown
    gate.
    """
    evidence = Evidence(
        n_teams=n_teams,
        r=_inside(r, -1),
        low=_inside(low, -1),
        high=_inside(high, -1),
        q_value=_inside(q_value, 0),
        reliability_x=_finite(reliability_x),
        reliability_y=_finite(reliability_y),
        gate_x=None if gate_x is None else Level(gate_x),
        gate_y=None if gate_y is None else Level(gate_y),
        loo_low=_inside(loo_low, -1),
        loo_high=_inside(loo_high, -1),
        spearman=_inside(spearman, -1),
        previous=previous,
        ex_label=ex_label,
        cx_label=cx_label,
        adjusted=_inside(adjusted, -1),
        adjusted_for=adjusted_for,
        n_left_out=n_left_out,
        trust_is_low=trust_is_low,
    )
    return _judge(evidence)


def _judge(evidence: Evidence) -> Verdict:
    row = next(row for row in _TABLE if row.applies(evidence))
    is_linked = row.code in (Code.HIGHER, Code.LOWER)
    strength = _strength(abs(evidence.r or 0.0)) if is_linked else None
    chip = "firm" if is_linked and evidence.is_firm else row.chip
    caveats = wording.caveats(evidence)
    if row.code in _SILENT:
        caveats = (*caveats, wording.silence(evidence))
    return Verdict(row.code, strength, chip, f"{row.say(evidence)} {wording.CAUTION}", caveats)


def _strength(size: float) -> Strength:
    if size < MATTERS:
        return Strength.SLIGHT
    return Strength.STRONG if size > STRONG_ABOVE else Strength.CLEAR


def _inside(value: float | None, least: float) -> float | None:
    """Take a number below the least possible or above 1 for missing, and one that is none too."""
    return value if value is not None and least <= value <= 1 else None


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
