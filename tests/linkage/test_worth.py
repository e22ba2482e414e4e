"""What the releases say of a scale, alone and several together."""

import pandas as pd
import pytest

from survey.aggregation.models import Release
from survey.linkage.worth import Worth, read_worth
from survey.statistics.agreement import team_reliability

KNOWN = {
    "icc1": 0.2,
    "gate": "GREEN",
    "reason": "",
    "pooled_sd": 10.0,
    "pooled_df": 90,
    "median_rwg": 0.8,
}
COUNTS = KNOWN | {"icc1": None, "gate": None, "pooled_sd": None, "reason": "not known from counts"}


def months(*said: dict[str, object]) -> list[Release]:
    return [Release(scales={"s": one}) for one in said]


def figures(*means: float) -> pd.DataFrame:
    """Two months of twenty answers in each of ten teams."""
    rows = [(f"t{at % 10}", "s", 20, mean) for at, mean in enumerate(means)]
    return pd.DataFrame(rows, columns=["group_code", "metric", "n", "mean"])


APART = [20.0, 30, 40, 50, 60, 70, 80, 25, 35, 45] * 2
ALIKE = [50.0] * 20


class TestReadWorth:
    def test_repeats_a_single_release(self) -> None:
        assert read_worth(months(KNOWN), "s", figures()) == Worth(0.2, "GREEN")

    def test_knows_nothing_from_counts(self) -> None:
        found = read_worth(months(KNOWN, COUNTS), "s", figures(*APART))
        assert found == Worth(None, None, "not known from counts")

    def test_judges_months_together(self) -> None:
        found = read_worth(months(KNOWN, KNOWN), "s", figures(*APART))
        assert found.icc1 == pytest.approx(0.77, abs=0.03)
        assert found.gate == "GREEN"

    def test_finds_teams_that_cannot_be_told_apart(self) -> None:
        found = read_worth(months(KNOWN, KNOWN), "s", figures(*ALIKE))
        assert found.gate != "GREEN"

    def test_is_no_better_than_amber_where_people_disagree(self) -> None:
        found = read_worth(months(KNOWN, KNOWN | {"median_rwg": 0.3}), "s", figures(*APART))
        assert found.gate == "AMBER"

    @pytest.mark.parametrize("gate", ["GREEN", "AMBER"])
    def test_goes_by_the_gate_where_agreement_is_withheld(self, gate: str) -> None:
        said = KNOWN | {"median_rwg": None, "gate": gate}

        assert read_worth(months(KNOWN, said), "s", figures(*APART)).gate == gate


class TestMeanReliability:
    def test_averages_over_the_teams(self) -> None:
        expected = [team_reliability(0.2, n) or 0 for n in (5, 20)]
        found = Worth(0.2, "GREEN").mean_reliability(pd.Series([5, 20]))
        assert found == pytest.approx(sum(expected) / 2)

    def test_is_not_known_without_an_intraclass_correlation(self) -> None:
        assert Worth(None, None).mean_reliability(pd.Series([5])) is None
