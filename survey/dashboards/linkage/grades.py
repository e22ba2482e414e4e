"""Why the evidence has the grade on its chip, and what would raise it, in a line."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from survey.dashboards.linkage.findings import Finding, print_q
from survey.dashboards.numerals import print_number
from survey.statistics.evidence import MATTERS, Q_LIMIT

# What firm evidence still needs: whether the interval is too near to 0, and whether there is a
# period before.
WANTED = {
    (True, True): gettext_noop(
        "The interval leaves out 0 and no single team makes the link. Firm evidence needs its "
        "nearer end %(limit)s or more away from 0 (now %(nearer)s) and the same link in the "
        "period before."
    ),
    (True, False): gettext_noop(
        "The interval leaves out 0 and no single team makes the link. Firm evidence needs its "
        "nearer end %(limit)s or more away from 0 (now %(nearer)s) and the same link in one more "
        "period (this is the first)."
    ),
    (False, True): gettext_noop(
        "The interval leaves out 0 and no single team makes the link. Firm evidence needs the same "
        "link in the period before."
    ),
    (False, False): gettext_noop(
        "The interval leaves out 0 and no single team makes the link. Firm evidence needs the same "
        "link in one more period (this is the first)."
    ),
}


def explain_grade(finding: Finding, *, q_value: float | None, has_before: bool) -> str:
    """Say which rule of the verdict gave the grade; has_before: an earlier period is compared."""
    if finding.code in ("HIGHER", "LOWER"):
        return _explain_link(finding, has_before=has_before)
    if finding.code == "CANNOT_TELL":
        return _explain_open(finding, q_value)
    return REASONS[finding.code](finding)


def _explain_link(finding: Finding, *, has_before: bool) -> str:
    if finding.chip_class == "ok":
        told = _(
            "Even the end of the interval nearer to 0 is at least %(limit)s away from it, and the "
            "period before showed the same."
        )
        return told % {"limit": print_number(MATTERS, 2)}
    nearer = min(abs(end) for end in (finding.low or 0.0, finding.high or 0.0))
    said = {"limit": print_number(MATTERS, 2), "nearer": _print_below(nearer)}
    return _(WANTED[nearer < MATTERS, has_before]) % said


def _print_below(value: float) -> str:
    """Print a number that misses the limit with as many decimals as show that it does."""
    printed = print_number(value, 2)
    return print_number(value, 3) if printed == print_number(MATTERS, 2) else printed


def _explain_open(finding: Finding, q_value: float | None) -> str:
    low, high = finding.low, finding.high
    if low is None or high is None:
        return _("There is no interval for this link.")
    if low <= 0.0 <= high:
        return _("The interval holds 0. More teams, or more answers in each, narrow it.")
    if q_value is not None and q_value >= Q_LIMIT:
        told = _(
            "Among all pairs tested together it may be chance (q %(q)s; below %(limit)s is needed)."
        )
        return told % {"q": print_q(q_value), "limit": print_number(Q_LIMIT, 2)}
    return _("One of the checks behind a verdict could not be made.")


REASONS: Mapping[str, Callable[[Finding], str]] = {
    "TOO_FEW_TEAMS": lambda finding: "",
    "NOT_MEASURABLE": lambda finding: _("More answers in each team would tell teams apart better."),
    "EARLY": lambda finding: (
        ngettext(
            "%(n)s team gives a figure; a verdict needs %(enough)s.",
            "%(n)s teams give a figure; a verdict needs %(enough)s.",
            finding.n_teams,
        )
        % {"n": finding.n_teams, "enough": finding.enough_teams}
    ),
    "RULED_OUT": lambda finding: (
        _("The whole interval lies between %(low)s and %(high)s, too near to 0 to matter.")
        % {"low": print_number(-MATTERS, 2), "high": print_number(MATTERS, 2)}
    ),
    "HANGS_ON_ONE_TEAM": lambda finding: _(
        "Without one of the teams the link may be gone. More teams would settle it."
    ),
}
