"""Why the evidence has the grade on its chip, and what would raise it, in a line."""

from collections.abc import Callable, Mapping

from survey.dashboards.linkage.findings import Finding, print_q
from survey.statistics.evidence import MATTERS, Q_LIMIT

MATTERS_AS_PRINTED = f"{MATTERS:.2f}"


def explain_grade(finding: Finding, *, q_value: float | None, has_before: bool) -> str:
    """Say which rule of the verdict gave the grade; has_before: an earlier period is compared."""
    if finding.code in ("HIGHER", "LOWER"):
        return _explain_link(finding, has_before=has_before)
    if finding.code == "CANNOT_TELL":
        return _explain_open(finding, q_value)
    return REASONS[finding.code](finding)


def _explain_link(finding: Finding, *, has_before: bool) -> str:
    if finding.chip_class == "ok":
        return (
            f"Even the end of the interval nearer to 0 is at least {MATTERS_AS_PRINTED} "
            "away from it, and the period before showed the same."
        )
    wanted = []
    nearer = min(abs(end) for end in (finding.low or 0.0, finding.high or 0.0))
    if nearer < MATTERS:
        wanted.append(
            f"its nearer end {MATTERS_AS_PRINTED} or more away from 0 (now {_print_below(nearer)})"
        )
    before = "in the period before" if has_before else "in one more period (this is the first)"
    wanted.append(f"the same link {before}")
    return (
        "The interval leaves out 0 and no single team makes the link. Firm evidence needs "
        f"{' and '.join(wanted)}."
    )


def _print_below(value: float) -> str:
    """Print a number that misses the limit with as many decimals as show that it does."""
    printed = f"{value:.2f}"
    return f"{value:.3f}" if printed == MATTERS_AS_PRINTED else printed


def _explain_open(finding: Finding, q_value: float | None) -> str:
    low, high = finding.low, finding.high
    if low is None or high is None:
        return "There is no interval for this link."
    if low <= 0.0 <= high:
        return "The interval holds 0. More teams, or more answers in each, narrow it."
    if q_value is not None and q_value >= Q_LIMIT:
        return (
            f"Among all pairs tested together it may be chance (q {print_q(q_value)}; "
            f"below {Q_LIMIT:.2f} is needed)."
        )
    return "One of the checks behind a verdict could not be made."


REASONS: Mapping[str, Callable[[Finding], str]] = {
    "TOO_FEW_TEAMS": lambda finding: "",
    "NOT_MEASURABLE": lambda finding: "More answers in each team would tell teams apart better.",
    "EARLY": lambda finding: (
        f"{finding.n_teams} teams give a figure; a verdict needs {finding.enough_teams}."
    ),
    "RULED_OUT": lambda finding: (
        f"The whole interval lies between \N{MINUS SIGN}{MATTERS_AS_PRINTED} and "
        f"{MATTERS_AS_PRINTED}, too near to 0 to matter."
    ),
    "HANGS_ON_ONE_TEAM": lambda finding: (
        "Without one of the teams the link may be gone. More teams would settle it."
    ),
}
