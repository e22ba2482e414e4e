"""How far the link hangs on one team, on the method, or on something else."""

from typing import Any

from survey.dashboards.linkage.robustness import Robustness, read_robustness
from tests.dashboards.studies import make_numbers

CHECK = {"n_tests": 1800, "share_found": 0.054, "is_passed": True}
PARTIAL = [
    {"given": "region", "r": 0.3, "low": 0.0, "high": 0.5, "reason": ""},
    {"given": "channel", "r": None, "low": None, "high": None, "reason": "the same everywhere"},
]


def read(check: dict[str, Any] | None = None, **changes: Any) -> Robustness:
    influence = {"team": "mill", "name": "Mill", "r_without": 0.2, "n_influential": 1}
    numbers = make_numbers(0.4, n_teams=40) | {"influence": influence, "partial": PARTIAL}
    found = read_robustness(numbers | changes, self_check=check or CHECK, shown={"mill"})
    assert found is not None
    return found


class TestReadRobustness:
    def test_shows_the_same_link_in_other_ways(self) -> None:
        rows = {row.label: row for row in read(spearman=0.37, loo_low=0.2).strips.rows}

        assert (rows["As shown"].value, rows["By rank"].value) == (0.4, 0.37)
        assert (rows["Any one team left out"].low, rows["Without Mill"].value) == (0.2, 0.2)
        assert rows["Region held steady"].value == 0.3
        assert rows["The way customers were asked held steady"].reason == "the same everywhere"

    def test_names_no_team_that_does_not_show(self) -> None:
        numbers = make_numbers(0.4, n_teams=40)
        numbers["influence"] = {
            "team": "hidden", "name": "Hidden", "r_without": 0.2, "n_influential": 0,
        }  # fmt: skip
        found = read_robustness(numbers, self_check={}, shown={"mill"})

        assert found is not None
        assert "Without Hidden" not in {row.label for row in found.strips.rows}

    def test_says_when_rank_and_line_differ(self) -> None:
        assert "about the same" in read(spearman=0.26).sentences[0]
        assert "differ by more than 0.15" in read(spearman=0.24).sentences[0]

    def test_counts_the_teams_that_weigh_heavily(self) -> None:
        assert "1 team weighs heavily" in " ".join(read().sentences)

    def test_keeps_the_guess_at_true_scores_apart_from_the_verdict(self) -> None:
        said = read(disattenuated=0.6, disattenuated_low=0.1, disattenuated_high=0.9).sentences

        assert "might look like 0.60 (0.10 to 0.90)" in " ".join(said)
        assert "might look like" not in " ".join(read().sentences)

    def test_tells_how_the_check_of_the_machine_went(self) -> None:
        assert read().sentences[-1].endswith("10 at most may be: passed.")
        failed = read(CHECK | {"share_found": 0.2, "is_passed": False})
        assert failed.sentences[-1].endswith("read these numbers with doubt.")

    def test_is_none_without_a_coefficient(self) -> None:
        assert read_robustness({"r": None}, self_check=CHECK, shown=()) is None
        assert read_robustness({}, self_check=CHECK, shown=()) is None
