"""Why the evidence has the grade on its chip."""

from dataclasses import replace

import pytest

from survey.dashboards.linkage.findings import Finding
from survey.dashboards.linkage.grades import REASONS, explain_grade
from tests.dashboards.linkage.test_findings import CAUSAL_WORDS, finding

LINK = finding(0.42, 38)


def explain(found: Finding, q_value: float | None = 0.01, *, has_before: bool = True) -> str:
    said = explain_grade(found, q_value=q_value, has_before=has_before)
    assert not CAUSAL_WORDS.search(said)
    return said


class TestExplainGrade:
    def test_says_what_firm_evidence_needs(self) -> None:
        assert (LINK.chip, round(LINK.low or 0, 2)) == ("Evidence: some", 0.12)
        assert explain(LINK) == (
            "The interval leaves out 0 and no single team makes the link. Firm evidence needs "
            "its nearer end 0.20 or more away from 0 (now 0.12) and the same link in the period "
            "before."
        )

    def test_measures_a_link_downwards_from_0_too(self) -> None:
        assert "(now 0.12)" in explain(finding(-0.42, 38))

    def test_prints_no_end_as_if_it_reached_the_limit(self) -> None:
        assert "(now 0.198)" in explain(replace(LINK, low=0.198))

    def test_asks_for_a_second_period_where_there_is_none_before(self) -> None:
        said = explain(replace(LINK, low=0.3), has_before=False)

        assert "nearer end" not in said
        assert said.endswith("needs the same link in one more period (this is the first).")

    def test_says_why_evidence_is_firm(self) -> None:
        firm = replace(LINK, chip="Evidence: firm", chip_class="ok")

        assert explain(firm).endswith("and the period before showed the same.")

    @pytest.mark.parametrize(
        ("low", "q_value", "said"),
        [
            (-0.1, 0.4, "The interval holds 0."),
            (0.05, 0.14, "it may be chance (q 0.14; below 0.10 is needed)"),
            (0.05, 0.01, "One of the checks"),
            (0.05, None, "One of the checks"),
            (None, 0.4, "There is no interval"),
        ],
    )
    def test_says_what_leaves_it_open(
        self, low: float | None, q_value: float | None, said: str
    ) -> None:
        open_one = replace(finding(0.1, 38), low=low)

        assert open_one.code == "CANNOT_TELL"
        assert said in explain(open_one, q_value)

    def test_says_how_many_teams_a_verdict_needs(self) -> None:
        assert explain(finding(0.42, 12)) == "12 teams give a figure; a verdict needs 20."

    @pytest.mark.parametrize("code", sorted(REASONS.keys() - {"TOO_FEW_TEAMS"}))
    def test_has_a_reason_for_every_other_verdict(self, code: str) -> None:
        assert explain(replace(LINK, code=code)).endswith(".")

    def test_leaves_it_to_the_headline_where_there_are_too_few_teams(self) -> None:
        assert explain(finding(None, 5)) == ""
