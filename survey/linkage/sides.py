"""The scales that both sides released, and which groups can be compared on them."""

from collections.abc import Collection, Sequence

import pandas as pd

from survey.aggregation.models import Release
from survey.linkage.alignment import Aligned
from survey.linkage.comparing import Side, Sides
from survey.linkage.tables import FEWEST_CUSTOMERS
from survey.linkage.units import Units
from survey.linkage.worth import read_worth
from survey.questionnaires.selectors import get_content


def read_sides(aligned: Aligned, units: Units) -> Sides:
    """Return the scales that were released on each side, in the order they were asked."""
    employees = units.ex.reset_index()[["group_id", "metric", "n", "mean"]]
    return Sides(
        _read_side([aligned.ex], employees.rename(columns={"group_id": "group_code"})),
        _read_side(aligned.cx, units.customers),
    )


def _read_side(releases: Sequence[Release], figures: pd.DataFrame) -> tuple[Side, ...]:
    phrases = {
        scale.code: scale.phrase
        for questionnaire in {release.wave.questionnaire_id for release in releases}
        for scale in get_content(questionnaire_id=questionnaire).linked_scales
    }
    shown = set(figures["metric"])
    return tuple(
        Side(code, phrase, read_worth(releases, code, figures))
        for code, phrase in phrases.items()
        if code in shown
    )


def count_coverage(units: Units, inside: Collection[int]) -> dict[str, int]:
    """Count the groups in a part, those compared on some pair, and why others are not.

    A team without a customer figure has no customers, as far as may be known.
    """
    most = units.cx["n"].groupby("group_id").max()
    groups = set(inside)
    shown = groups & set(units.ex.index.get_level_values("group_id"))
    with_customers = shown & set(most.index)
    compared = with_customers & set(most[most >= FEWEST_CUSTOMERS].index)
    return {
        "n_groups": len(groups),
        "n_compared": len(compared),
        "n_not_shown": len(groups - shown),
        "n_no_customers": len(shown - with_customers),
        "n_few_customers": len(with_customers - compared),
    }
