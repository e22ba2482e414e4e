"""A stored result in plain words. Numbers are printed as stored and never worked out anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.linkage.models import Result
from survey.statistics.evidence import ENOUGH_TEAMS, FEWEST_TEAMS
from survey.statistics.wording import CAUTION, times_in_100

CHIP_CLASSES = {"firm": "ok", "clear": "ok", "some": "gold", "unclear": "gold"}
LINKED = ("HIGHER", "LOWER")
SMALLEST_Q = 0.005  # that two decimals can print
SAY_WHAT_WOULD_SHOW = ("EARLY", "CANNOT_TELL")  # in their stored caveats


@dataclass(frozen=True, slots=True)
class Finding:
    """What one result says; r and its interval are None where no coefficient may be shown."""

    code: str
    headline: str
    details: str
    effect: str
    chip: str
    chip_class: str
    caveats: tuple[str, ...]
    r: float | None
    low: float | None
    high: float | None
    n_teams: int
    n_inside: int | None
    n_outside: int | None
    ceiling: float | None
    minimum_detectable: float | None
    reason: str

    caution = CAUTION
    fewest_teams = FEWEST_TEAMS
    enough_teams = ENOUGH_TEAMS

    @property
    def has_coefficient(self) -> bool:
        """Say whether there are enough teams for a number."""
        return self.r is not None

    @property
    def has_interval(self) -> bool:
        """Say whether the number has its interval."""
        return self.low is not None and self.high is not None

    @property
    def has_full_verdict(self) -> bool:
        """Say whether there are enough teams to say what the number means."""
        return self.r is not None and self.n_teams >= ENOUGH_TEAMS

    @property
    def least(self) -> str:
        """Say in words which links this many teams could show at all."""
        if self.minimum_detectable is None or self.code in SAY_WHAT_WOULD_SHOW:
            return ""
        return (
            f"With {self.n_teams:,} teams, a link weaker than about "
            f"{self.minimum_detectable:.2f} would often go unseen."
        )


def read_finding(result: Result) -> Finding:
    """Put one stored result into words, without a coefficient below eight teams."""
    numbers, verdict = result.numbers, result.verdict
    sentence = str(verdict["sentence"]).removesuffix(CAUTION).strip()
    headline, stop, details = sentence.partition(". ")
    shown = numbers if result.n_teams >= FEWEST_TEAMS else {}
    chip = str(verdict["chip"])
    return Finding(
        code=str(verdict["code"]),
        headline=headline + stop.strip(),
        details=details,
        effect=_effect(str(verdict["code"]), shown),
        chip=f"Evidence: {chip}" if chip in CHIP_CLASSES else chip.capitalize(),
        chip_class=CHIP_CLASSES.get(chip, ""),
        caveats=tuple(str(caveat) for caveat in verdict.get("caveats", ())),
        r=shown.get("r"),
        low=shown.get("low"),
        high=shown.get("high"),
        n_teams=result.n_teams,
        n_inside=numbers.get("n_ex"),
        n_outside=numbers.get("n_cx"),
        ceiling=shown.get("ceiling"),
        minimum_detectable=shown.get("minimum_detectable"),
        reason=result.reason,
    )


def print_q(q_value: float) -> str:
    """Print a q-value; one that would round to nought is not none."""
    return f"{q_value:.2f}" if q_value >= SMALLEST_Q else "under 0.01"


def _effect(code: str, numbers: Mapping[str, Any]) -> str:
    """Say how many times in 100, as far as the stored sentence has not said it, and the margin."""
    r, low, high = (numbers.get(name) for name in ("r", "low", "high"))
    if r is None:
        return ""
    is_linked = code in LINKED
    sign = -1 if is_linked and r < 0 else 1
    ends = sorted(times_in_100(sign * end) for end in (low, high) if end is not None)
    margin = f"between {ends[0]} and {ends[-1]} times in 100" if ends else ""
    if is_linked:
        return f"Allowing for chance, that is {margin}." if margin else ""
    return (
        "In these figures the team that is higher on one side is also higher on the other about "
        f"{times_in_100(r)} times in 100{f' (likely {margin})' if margin else ''}; chance alone "
        "would give 50."
    )
