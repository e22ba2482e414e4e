"""A study as text."""

from dataclasses import asdict
from typing import Any

import pytest

from survey.campaigns.models import Pairing
from survey.linkage.studying import compute_study
from survey.linkage.writing import write_text
from tests.linkage.material import SIDES, draw_periods, make_part

PAIRING = Pairing(code="main", name="Main", period="QUARTER")


def document_of(n_teams: int, n_periods: int, *, lag: float = 0.0) -> dict[str, Any]:
    """Return a study as it is read from the database."""
    study = compute_study(make_part(*draw_periods(n_teams, n_periods, lag=lag)), SIDES, previous={})
    pairs = [
        {
            "ex_scale": found.pair.ex.scale,
            "cx_scale": found.pair.cx.scale,
            "n_teams": found.pair.n_teams,
            **found.as_numbers(),
            "verdict": found.verdict,
            "reason": found.pair.reason,
        }
        for found in study.pairs
    ]
    return {
        "period": "2026-01-01",
        "scope": "company",
        "coverage": dict.fromkeys(
            ("n_compared", "n_groups", "n_not_shown", "n_no_customers", "n_few_customers"), 3
        ),
        "families": study.families,
        "n_waves": study.n_waves,
        "self_check": asdict(study.self_check),
        "importance": [asdict(one) for one in study.importance],
        "pairs": pairs,
        "reason": "",
    }


def text_of(document: dict[str, Any]) -> str:
    return "\n".join(write_text(PAIRING, document))


class TestWriteText:
    def test_says_everything_about_a_pair_in_four_parts(self) -> None:
        document = document_of(40, 12, lag=0.5)
        text = text_of(document)
        pair = document["pairs"][0]
        titles = ["Between teams", "Over time", "Which comes first", "Robustness"]
        assert [line.strip() for line in text.splitlines()[5:] if line.strip() in titles] == (
            titles * 2
        )
        for number in (
            *(pair[name] for name in ("r", "spearman", "kendall", "ceiling", "bootstrap_low")),
            pair["influence"]["r_without"],
            pair["partial"][1]["r"],
            pair["pooled"]["r"],
            pair["within"]["q_value"],
            pair["waba"]["r_between"],
            pair["lags"]["points"][1]["r"],
            pair["direction"]["ex_before_cx"]["estimate"],
            pair["direction"]["asymmetry"]["high"],
        ):
            assert f"{number:.3f}" in text
        assert pair["verdict"]["sentence"] in text
        assert pair["direction"]["sentence"] in text

    def test_calls_no_chance_none(self) -> None:
        document = document_of(24, 1)
        document["pairs"][0] |= {"p_value": 1e-12, "q_value": 0.001}
        assert "p under 0.001, q 0.001; 24 teams" in text_of(document)

    def test_counts_one_team_of_one_period(self) -> None:
        text = text_of(document_of(1, 1))
        assert "; 1 team, 1 period (fewer than 8 teams)" in text
        assert "1 team with all of 1 period, 0 left out" in text
        assert "1 teams" not in text

    def test_tells_what_was_tested_together(self) -> None:
        text = text_of(document_of(24, 6))
        assert "Tested together: 2 pairs between teams, 2 inside teams, 4 arrows" in text
        assert "periods so far: 6" in text

    @pytest.mark.parametrize(("is_passed", "told"), [(True, "passed"), (False, "FAILED")])
    def test_tells_whether_the_machine_finds_something_in_nothing(
        self, is_passed: bool, told: str
    ) -> None:
        document = document_of(24, 1)
        document["self_check"] |= {"share_found": 0.12, "is_passed": is_passed}
        (line,) = (line for line in text_of(document).splitlines() if "placebos" in line)
        assert "12.0 % of" in line
        assert told in line

    def test_gives_reasons_where_there_are_too_few_teams(self) -> None:
        text = text_of(document_of(3, 2))
        assert "Check with placebos: needs 8 teams with scores that differ" in text
        assert "r not known, p not known, q not known; 3 teams" in text
        assert "inside teams: r not known, q not known; 3 teams, 2 periods (needs five" in text
        assert "without any one team not known, teams drawn again not known" in text
        assert "None" not in text
        assert "most moved by" not in text

    @pytest.mark.parametrize(
        ("n_teams", "told"),
        [(40, "Goes with care the most (not cause): fair "), (3, "Goes with care the most")],
    )
    def test_ranks_what_goes_with_a_customers_theme(self, n_teams: int, told: str) -> None:
        document = document_of(n_teams, 1)
        (one,) = document["importance"]
        one["shares"] = sorted(one["shares"], key=lambda share: str(share["ex_scale"]))
        text = text_of(document)
        assert told in text
        assert (one["reason"] in text) if one["r2"] is None else (f"R2 {one['r2']:.3f}" in text)

    def test_says_what_is_missing_without_a_study(self) -> None:
        missing = {"period": None, "reason": "No wave has been launched."}
        assert text_of(missing) == "Main: nothing to show. No wave has been launched."

    def test_says_why_a_study_compares_nothing(self) -> None:
        document = document_of(24, 1) | {"pairs": [], "reason": "Too few answered."}
        assert text_of(document).endswith("\nToo few answered.")
