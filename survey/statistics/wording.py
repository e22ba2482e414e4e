"""The sentences of the verdict, in plain words, for any two labels that are noun phrases."""

from math import asin, pi

from survey.statistics.correlation import minimum_detectable
from survey.statistics.evidence import FEWEST_TEAMS, SHAPE_DIFFERENCE, Evidence

CAUTION = (
    "This is a link between team averages. It does not show that one causes the other, "
    "nor that it holds for each person."
)


def too_few_teams(e: Evidence) -> str:
    """Say that no coefficient is shown."""
    teams = {0: "No team", 1: "Only 1 team"}.get(e.n_teams, f"Only {e.n_teams} teams")
    return (
        f"{teams} can be compared on {e.ex_label} and {e.cx_label}; at least {FEWEST_TEAMS} are "
        "needed to say anything about a link."
    )


def not_measurable(e: Evidence) -> str:
    """Say that team scores are noise, or all the same."""
    if e.r is None and not e.noisy_labels:
        return (
            f"The team scores on {e.ex_label} and {e.cx_label} do not differ in a way that could "
            "be compared."
        )
    labels = " and ".join(e.noisy_labels) or f"{e.ex_label} and {e.cx_label} taken together"
    return (
        f"On {labels}, people in the same team answer as differently as people in different "
        "teams, so a link between team scores cannot be measured."
    )


def early(e: Evidence) -> str:
    """Give the coefficient and say that it tells nothing yet."""
    return (
        f"Over {e.n_teams} teams the correlation between {e.ex_label} and {e.cx_label} is "
        f"{_signed(e.r)}: too few teams to tell."
    )


def ruled_out(e: Evidence) -> str:
    """Say that whatever link there is does not matter."""
    return (
        f"There is no link that would matter between {e.ex_label} and {e.cx_label}: whatever "
        f"there is lies between {_signed(e.low)} and {_signed(e.high)}."
    )


def cannot_tell(e: Evidence) -> str:
    """Say that the data leave it open."""
    return (
        f"From these {e.n_teams} teams we cannot tell whether {e.ex_label} and {e.cx_label} go "
        "together."
    )


def hangs_on_one_team(e: Evidence) -> str:
    """Say that the link is gone without one of the teams."""
    return (
        f"A link between {e.ex_label} and {e.cx_label} shows, but it hangs on one team: without "
        "that team it may be gone."
    )


def linked(e: Evidence) -> str:
    """Say which way the scores go together and how often that shows in two teams."""
    side = "higher" if e.is_higher else "lower"
    times = times_in_100(abs(e.r or 0.0))
    return (
        f"Where staff score higher on {e.ex_label}, customers tend to score {side} on "
        f"{e.cx_label}. Of any two teams, the one that is higher on {e.ex_label} is also the "
        f"{side} one on {e.cx_label} about {times} times in 100; chance alone would give 50."
    )


def times_in_100(r: float) -> int:
    """Return how often the higher of two teams on one side is the higher on the other too.

    50 + 100 asin(r) / pi, exact for a bivariate normal distribution (Sheppard 1899).
    """
    return round(50 + 100 * asin(max(-1.0, min(1.0, r))) / pi)


def caveats(e: Evidence) -> tuple[str, ...]:
    """List what to keep in mind, one sentence each."""
    found = [*_about_the_teams(e), *_about_the_measures(e)]
    if e.r is not None and not e.has_too_few_teams:
        found += _about_the_number(e)
    return tuple(found)


def _about_the_teams(e: Evidence) -> list[str]:
    found = []
    if e.n_left_out:
        groups = "1 group is" if e.n_left_out == 1 else f"{e.n_left_out} groups are"
        found.append(f"{groups} not drawn: too few people or customers answered there.")
    if e.trust_is_low:
        found.append("Trust in the survey is low, so some answers may be guarded.")
    return found


def _about_the_measures(e: Evidence) -> list[str]:
    found = [f"Team scores on {label} tell teams apart only roughly." for label in e.rough_labels]
    if e.gate_x is None or e.gate_y is None:
        found.append("Whether people in the same team answer alike is not known from counts.")
    if e.ceiling is None:
        found.append(
            "How reliable the team scores are is not known, so nobody can say how strong a link "
            "could look at most."
        )
    return found


def _about_the_number(e: Evidence) -> list[str]:
    found = []
    if e.is_lost_among_many:
        found.append(
            "Taken alone this interval leaves out 0. But several pairs were tested together, and "
            f"of many pairs some look strong by chance (q {e.q_value:.2f})."
        )
    if e.ceiling is not None and e.ceiling > 0:
        found.append(
            f"Team scores are never exact: even a perfect link would look no stronger than about "
            f"{e.ceiling:.2f} here."
        )
    if e.r is not None and e.spearman is not None and abs(e.r - e.spearman) > SHAPE_DIFFERENCE:
        found.append(
            f"By rank the correlation is {_signed(e.spearman)}: the link is not a straight line, "
            "or a few unusual teams weigh heavily."
        )
    if e.adjusted is not None and e.adjusted_for:
        found.append(
            f"With {e.adjusted_for} held steady, the correlation is {_signed(e.adjusted)}."
        )
    return found


def silence(e: Evidence) -> str:
    """Say which link would have shown, so that silence is not taken for absence."""
    least = minimum_detectable(e.n_teams) or 1.0
    return (
        f"With {e.n_teams} teams only a link stronger than about {least:.2f} would reliably show; "
        "most published links are .15 to .35. Silence is not absence."
    )


def _signed(value: float | None) -> str:
    """Write a correlation with two digits and a true minus sign."""
    return f"{round(value or 0.0, 2) + 0.0:.2f}".replace("-", "\N{MINUS SIGN}")
