"""A stored result in plain words. Numbers are printed as stored and never worked out anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from survey.dashboards.numerals import count, print_number
from survey.dashboards.retelling import retell
from survey.linkage.models import Result
from survey.statistics.evidence import ENOUGH_TEAMS, FEWEST_TEAMS
from survey.statistics.wording import CAUTION, times_in_100

EVIDENCE = {
    "firm": gettext_lazy("Evidence: firm"),
    "clear": gettext_lazy("Evidence: clear"),
    "some": gettext_lazy("Evidence: some"),
    "unclear": gettext_lazy("Evidence: unclear"),
}
CHIP_CLASSES = {"firm": "ok", "clear": "ok", "some": "gold", "unclear": "gold"}
LINKED_MARGIN = gettext_noop(
    "Allowing for chance, that is between %(low)s and %(high)s times in 100."
)
EFFECT = gettext_noop(
    "In these figures the team that is higher on one side is also higher on the other about "
    "%(times)s times in 100; chance alone would give 50."
)
EFFECT_WITH_MARGIN = gettext_noop(
    "In these figures the team that is higher on one side is also higher on the other about "
    "%(times)s times in 100 (likely between %(low)s and %(high)s times in 100); chance alone "
    "would give 50."
)
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
    word: str
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

    fewest_teams = FEWEST_TEAMS
    enough_teams = ENOUGH_TEAMS

    @property
    def caution(self) -> str:
        """Say what a link does not show."""
        return retell(CAUTION)

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
        told = ngettext(
            "With %(n)s team, a link weaker than about %(least)s would often go unseen.",
            "With %(n)s teams, a link weaker than about %(least)s would often go unseen.",
            self.n_teams,
        )
        return told % {"n": count(self.n_teams), "least": print_number(self.minimum_detectable, 2)}


def read_finding(result: Result) -> Finding:
    """Put one stored result into words, without a coefficient below eight teams."""
    numbers, verdict = result.numbers, result.verdict
    sentence = str(verdict["sentence"]).removesuffix(CAUTION).strip()
    headline, stop, details = sentence.partition(". ")
    shown = numbers if result.n_teams >= FEWEST_TEAMS else {}
    chip = str(verdict["chip"])
    return Finding(
        code=str(verdict["code"]),
        headline=retell(headline + stop.strip()),
        details=retell(details),
        effect=_effect(str(verdict["code"]), shown),
        chip=_name_chip(chip),
        word=retell(chip) if chip in CHIP_CLASSES else _name_chip(chip),
        chip_class=CHIP_CLASSES.get(chip, ""),
        caveats=tuple(retell(str(caveat)) for caveat in verdict.get("caveats", ())),
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
    if q_value >= SMALLEST_Q:
        return print_number(q_value, 2)
    return _("under %(q)s") % {"q": print_number(0.01, 2)}


def _name_chip(chip: str) -> str:
    if chip in EVIDENCE:
        return str(EVIDENCE[chip])
    told = retell(chip)
    return told[:1].upper() + told[1:]


def _effect(code: str, numbers: Mapping[str, Any]) -> str:
    """Say how many times in 100, as far as the stored sentence has not said it, and the margin."""
    r, low, high = (numbers.get(name) for name in ("r", "low", "high"))
    if r is None:
        return ""
    is_linked = code in LINKED
    sign = -1 if is_linked and r < 0 else 1
    ends = sorted(times_in_100(sign * end) for end in (low, high) if end is not None)
    said = {"times": times_in_100(r)}
    said |= {"low": ends[0], "high": ends[-1]} if ends else {}
    if is_linked:
        return _(LINKED_MARGIN) % said if ends else ""
    return _(EFFECT_WITH_MARGIN if ends else EFFECT) % said
