"""A stored result in plain words."""

import re

import pytest

from survey.dashboards.linkage.findings import Finding, print_q, read_finding
from survey.linkage.models import Result
from tests.dashboards.studies import make_numbers, make_verdict

CAUSAL_WORDS = re.compile(
    r"\b(drives?|driv(er|ing)|impacts?|leads? to|because of|improves?)\b", re.I
)


def finding(r: float | None, n_teams: int) -> Finding:
    numbers = make_numbers(r, n_teams=n_teams)
    verdict = make_verdict(numbers, n_teams, "fairness", "treatment")
    return read_finding(Result(n_teams=n_teams, numbers=numbers, verdict=verdict))


class TestReadFinding:
    def test_splits_the_stored_sentence_into_headline_details_and_caution(self) -> None:
        found = finding(0.42, 38)

        assert found.headline == (
            "Where staff score higher on fairness, customers tend to score higher on treatment."
        )
        assert "about 64 times in 100" in found.details
        assert "does not show that one causes the other" in found.caution
        assert found.caution not in found.headline + found.details

    def test_keeps_the_stored_numbers_as_they_are(self) -> None:
        found = finding(0.42, 38)

        numbers = make_numbers(0.42, n_teams=38)
        assert (found.r, found.low, found.high) == (0.42, numbers["low"], numbers["high"])
        assert (found.n_inside, found.n_outside, found.ceiling) == (1234, 5678, 0.7248)

    def test_gives_the_range_of_the_interval_in_words(self) -> None:
        assert finding(0.42, 38).effect == (
            "Allowing for chance, that is between 54 and 73 times in 100."
        )

    def test_turns_the_range_round_for_a_link_downwards(self) -> None:
        assert finding(-0.42, 38).effect == (
            "Allowing for chance, that is between 54 and 73 times in 100."
        )

    def test_says_what_is_seen_where_nobody_can_tell(self) -> None:
        found = finding(0.1, 38)

        assert found.code == "CANNOT_TELL"
        assert "about 53 times in 100 (likely between 43 and 63 times in 100)" in found.effect

    def test_shows_no_coefficient_below_eight_teams_even_if_one_were_stored(self) -> None:
        found = finding(0.9, 7)

        assert found.r is found.low is found.high is found.ceiling is None
        assert found.effect == ""
        assert not found.has_coefficient

    def test_shows_a_coefficient_from_eight_teams_on(self) -> None:
        assert finding(0.9, 8).r == 0.9

    def test_gives_the_full_verdict_from_twenty_teams_on(self) -> None:
        assert not finding(0.9, 19).has_full_verdict
        assert finding(0.9, 20).has_full_verdict

    def test_says_once_which_link_would_have_shown(self) -> None:
        linked, silent = finding(0.6, 40), finding(0.1, 40)

        assert "weaker than about 0.43" in linked.least
        assert silent.least == ""
        assert any("0.43" in caveat for caveat in silent.caveats)

    @pytest.mark.parametrize("r", [None, -0.6, 0.0, 0.1, 0.42, 0.9])
    @pytest.mark.parametrize("n_teams", [5, 10, 38, 1000])
    def test_never_speaks_of_causes(self, r: float | None, n_teams: int) -> None:
        found = finding(r, n_teams)

        text = " ".join((found.headline, found.details, found.effect, *found.caveats))
        assert not CAUSAL_WORDS.search(text)
        assert CAUSAL_WORDS.search("fairness drives treatment")

    def test_prints_the_strength_of_the_evidence_as_a_word(self) -> None:
        assert (finding(0.42, 38).chip, finding(0.42, 38).chip_class) == ("Evidence: some", "gold")
        assert (finding(None, 5).chip, finding(None, 5).chip_class) == ("Too few teams", "")


class TestPrintQ:
    def test_never_says_nought(self) -> None:
        assert [print_q(one) for one in (0.0, 0.0049, 0.005, 0.294)] == [
            *("under 0.01", "under 0.01", "0.01", "0.29"),
        ]
