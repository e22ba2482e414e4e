"""Adding printed figures of separate people up."""

from math import sqrt
from typing import Any

import pandas as pd
import pytest

from survey.aggregation.adding import add_details, add_figures, add_shares


def rows(*figures: tuple[str, int, float, float | None]) -> pd.DataFrame:
    """Return figures of one metric as (unit, n, mean, se), with printed intervals."""
    return pd.DataFrame(
        [
            {
                "unit": unit,
                "metric": "fair",
                "n": n,
                "mean": mean,
                "se": se,
                "low": 1.0,
                "high": 2.0,
            }
            for unit, n, mean, se in figures
        ]
    ).astype({"se": float})


class TestAddFigures:
    def test_weighs_means_by_people(self) -> None:
        found = add_figures(rows(("a", 10, 50.0, 2.0), ("a", 30, 70.0, 1.0)), by=["unit", "metric"])

        sum_ = found.loc["a", "fair"]
        assert sum_["n"] == 40
        assert sum_["mean"] == 65.0
        assert sum_["se"] == pytest.approx(sqrt(20**2 + 30**2) / 40)
        assert sum_["high"] - sum_["mean"] == pytest.approx(1.959964 * sum_["se"], abs=1e-5)

    def test_keeps_the_printed_interval_of_a_figure_that_stands_alone(self) -> None:
        found = add_figures(rows(("a", 10, 50.0, 2.0)), by=["unit", "metric"])

        assert found.loc["a", "fair"][["low", "high"]].tolist() == [1.0, 2.0]

    def test_has_no_interval_where_a_part_has_no_standard_error(self) -> None:
        found = add_figures(rows(("a", 10, 50.0, 2.0), ("a", 10, 60.0, None)), by=["unit"])

        assert found.loc["a"][["se", "low", "high"]].isna().all()


class TestAddShares:
    def test_weighs_shares_by_people(self) -> None:
        assert add_shares([(10, 20), (30, 40)]) == 35

    @pytest.mark.parametrize("missing", [None, float("nan")])
    def test_says_nothing_where_a_part_says_nothing(self, missing: float | None) -> None:
        assert add_shares([(10, 20), (30, missing)]) is None


class TestAddDetails:
    def test_keeps_what_one_part_says(self) -> None:
        said = {"end": "high", "divided": True}

        assert add_details([(9, said)]) == said

    def test_adds_distributions_up(self) -> None:
        found = add_details([(10, {"shares": {"1": 20, "5": 80}}), (30, {"shares": {"5": 100}})])

        assert found == {"shares": {"1": 5, "5": 95}}

    def test_adds_recommend_scores_with_the_margin_of_a_sum(self) -> None:
        parts = [
            (50, {"recommend": {"score": 10, "low": -10, "high": 30}}),
            (50, {"recommend": {"score": 30, "low": 10, "high": 50}}),
        ]

        half = sqrt(2 * (50 * 20) ** 2) / 100
        assert add_details(parts) == {
            "recommend": {"score": 20, "low": round(20 - half), "high": round(20 + half)}
        }

    def test_knows_no_score_where_a_part_has_none(self) -> None:
        unknown: dict[str, Any] = {"recommend": {"score": None, "low": None, "high": None}}
        known = {"recommend": {"score": 30, "low": 10, "high": 50}}

        assert add_details([(5, unknown), (5, known)]) == unknown

    def test_keeps_the_score_without_a_margin_where_a_part_has_no_margin(self) -> None:
        bare: dict[str, Any] = {"recommend": {"score": 100, "low": None, "high": None}}
        known = {"recommend": {"score": 20, "low": 10, "high": 30}}

        assert add_details([(10, bare), (30, known)]) == {
            "recommend": {"score": 40, "low": None, "high": None}
        }

    @pytest.mark.parametrize(
        ("ends", "expected"),
        [(("high", "high"), {"end": "high"}), (("high", "low"), {}), (("high", ""), {})],
    )
    def test_is_at_an_end_only_where_every_part_is(
        self, ends: tuple[str, str], expected: dict[str, str]
    ) -> None:
        assert add_details([(9, {"end": end} if end else {}) for end in ends]) == expected
