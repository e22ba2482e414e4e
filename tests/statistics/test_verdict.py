import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.correlation import Correlation
from survey.statistics.verdict import Code, Strength, Verdict, linkage_verdict
from survey.statistics.wording import CAUTION

FIRM_BEFORE = Correlation(0.35, 0.1, 0.6, 0.01, 30)
FORBIDDEN = re.compile(r"\b(driv\w+|caus(ed|ing)|impact\w*|because of|leads? to|effects?)\b", re.I)


def judge(**changes: Any) -> Verdict:
    """Judge a clear link, changed in the named ways."""
    facts: dict[str, Any] = {
        "n_teams": 38, "r": 0.42, "low": 0.12, "high": 0.65, "q_value": 0.02,
        "reliability_x": 0.7, "reliability_y": 0.8, "gate_x": "GREEN", "gate_y": "GREEN",
        "loo_low": 0.35, "loo_high": 0.47, "spearman": 0.40,
        "ex_label": "fairness", "cx_label": "treatment by staff",
    }  # fmt: skip
    return linkage_verdict(**{**facts, **changes})


# Each row meets the condition of its own line of the table and of every later line it can meet.
ROWS: list[tuple[Code, str, dict[str, Any]]] = [
    (Code.TOO_FEW_TEAMS, "too few teams",
     {"n_teams": 7, "gate_x": "RED", "low": -0.1, "high": 0.1, "q_value": 0.9, "loo_low": -0.1}),
    (Code.NOT_MEASURABLE, "too few teams can be told apart",
     {"n_teams": 12, "gate_x": "RED", "low": -0.1, "high": 0.1, "q_value": 0.9, "loo_low": -0.1}),
    (Code.NOT_MEASURABLE, "too few teams can be told apart", {"gate_y": "RED"}),
    (Code.NOT_MEASURABLE, "too few teams can be told apart", {"reliability_x": 0.374}),
    (Code.NOT_MEASURABLE, "too few teams can be told apart", {"r": None}),
    (Code.EARLY, "too few teams",
     {"n_teams": 19, "low": -0.1, "high": 0.1, "q_value": 0.9, "loo_low": -0.1}),
    (Code.RULED_OUT, "clear",
     {"r": 0.0, "low": -0.19, "high": 0.19, "q_value": 0.9, "loo_low": -0.1}),
    (Code.RULED_OUT, "clear", {"r": 0.1, "low": 0.05, "high": 0.15}),
    (Code.CANNOT_TELL, "unclear", {"low": -0.01, "loo_low": -0.1}),
    (Code.CANNOT_TELL, "unclear", {"q_value": 0.10, "loo_low": -0.1}),
    (Code.HANGS_ON_ONE_TEAM, "unclear", {"loo_low": -0.01}),
    (Code.HANGS_ON_ONE_TEAM, "unclear", {"loo_low": 0.0}),
    (Code.HIGHER, "some", {}),
    (Code.LOWER, "some",
     {"r": -0.42, "low": -0.65, "high": -0.12, "loo_low": -0.47, "loo_high": -0.35,
      "spearman": -0.4}),
]  # fmt: skip

NUMBERS = st.none() | st.floats()
ANY_FACTS = st.fixed_dictionaries(
    {
        "n_teams": st.integers(0, 60),
        **dict.fromkeys(
            ["r", "low", "high", "q_value", "loo_low", "loo_high", "spearman", "adjusted"],
            NUMBERS | st.floats(-1, 1),
        ),
        **dict.fromkeys(["reliability_x", "reliability_y"], NUMBERS | st.floats(0, 1)),
        **dict.fromkeys(["gate_x", "gate_y"], st.sampled_from([None, "GREEN", "AMBER", "RED"])),
        "previous": st.sampled_from([None, FIRM_BEFORE]),
        "n_left_out": st.integers(0, 3),
        "trust_is_low": st.booleans(),
    }
)


class TestCodeAndStrength:
    @pytest.mark.parametrize("one", [*Code, *Strength])
    def test_are_stored_by_their_names(self, one: Code | Strength) -> None:
        assert one.value == one.name


class TestTable:
    @pytest.mark.parametrize(("code", "chip", "changes"), ROWS)
    def test_lets_the_first_row_win(self, code: Code, chip: str, changes: dict[str, Any]) -> None:
        found = judge(**changes)

        assert (found.code, found.chip) == (code, chip)
        assert (found.strength is not None) == (code in (Code.HIGHER, Code.LOWER))

    @pytest.mark.parametrize(
        ("n_teams", "code"),
        [(0, Code.TOO_FEW_TEAMS), (7, Code.TOO_FEW_TEAMS), (8, Code.EARLY), (19, Code.EARLY),
         (20, Code.HIGHER)],
    )  # fmt: skip
    def test_counts_the_teams(self, n_teams: int, code: Code) -> None:
        assert judge(n_teams=n_teams).code is code

    @given(ANY_FACTS)
    def test_is_total_and_claims_nothing_without_evidence(self, facts: dict[str, Any]) -> None:
        found = judge(**facts)

        assert found.sentence.endswith(CAUTION)
        assert "nan" not in found.sentence
        assert all("nan" not in caveat and "inf " not in caveat for caveat in found.caveats)
        if found.code in (Code.HIGHER, Code.LOWER):
            low, high, side = facts["low"], facts["high"], 1 if found.code == Code.HIGHER else -1
            assert facts["n_teams"] >= 20
            assert min(low * side, high * side, facts["r"] * side) > 0
            assert facts["q_value"] < 0.10
            assert min(facts["loo_low"] * side, facts["loo_high"] * side) > 0
            assert "RED" not in (facts["gate_x"], facts["gate_y"])

    @pytest.mark.parametrize("name", ["low", "high", "q_value", "loo_low", "loo_high"])
    @pytest.mark.parametrize("value", [None, float("nan"), float("inf"), 1.01, -1.01, 1e300])
    def test_cannot_tell_where_a_figure_is_missing_or_impossible(
        self, name: str, value: float | None
    ) -> None:
        assert judge(**{name: value}).code is Code.CANNOT_TELL

    @pytest.mark.parametrize("r", [1.01, -1.01, float("nan"), float("inf")])
    def test_measures_nothing_by_an_impossible_r(self, r: float) -> None:
        found = judge(r=r, spearman=r, adjusted=r, adjusted_for="site size")

        assert found.code is Code.NOT_MEASURABLE
        assert found.caveats == ()

    def test_takes_figures_at_the_ends(self) -> None:
        ends = {"r": 1.0, "low": 1.0, "high": 1.0, "loo_low": 1.0, "loo_high": 1.0, "q_value": 0.0}

        assert judge(**ends, spearman=1.0).code is Code.HIGHER

    @pytest.mark.parametrize("gate", [None, "AMBER"])
    def test_lets_a_gate_pass_that_is_not_red(self, gate: str | None) -> None:
        assert judge(gate_x=gate, gate_y=gate).code is Code.HIGHER

    def test_lets_reliabilities_pass_that_are_not_known(self) -> None:
        assert judge(reliability_x=None, reliability_y=0.1).code is Code.HIGHER

    def test_refuses_an_unknown_gate(self) -> None:
        with pytest.raises(ValueError, match="PURPLE"):
            judge(gate_x="PURPLE")


class TestStrength:
    @pytest.mark.parametrize(
        ("r", "strength"),
        [(0.19, Strength.SLIGHT), (0.2, Strength.CLEAR), (0.4, Strength.CLEAR),
         (0.41, Strength.STRONG)],
    )  # fmt: skip
    def test_depends_on_r_alone(self, r: float, strength: Strength) -> None:
        assert judge(r=r).strength is strength
        mirrored = judge(r=-r, low=-0.65, high=-0.12, loo_low=-0.5, loo_high=-0.1)
        assert mirrored.strength is strength


class TestFirm:
    def test_needs_the_nearer_end_and_the_period_before(self) -> None:
        assert judge(low=0.2, previous=FIRM_BEFORE).chip == "firm"

    def test_holds_for_the_lower_side_too(self) -> None:
        lower = {"r": -0.42, "low": -0.65, "high": -0.25, "loo_low": -0.5, "loo_high": -0.3}
        before = Correlation(-0.3, -0.5, -0.1, 0.01, 30)

        assert judge(**lower, previous=before).chip == "firm"
        assert judge(**lower, previous=FIRM_BEFORE).chip == "some"

    @pytest.mark.parametrize(
        ("low", "previous"),
        [
            (0.19, FIRM_BEFORE),
            (0.2, None),
            (0.2, Correlation(0.3, -0.1, 0.6, 0.1, 30)),
            (0.2, Correlation(-0.3, -0.6, -0.1, 0.1, 30)),
            (0.2, Correlation(None, None, None, None, 3, "too few")),
        ],
    )
    def test_is_not_said_otherwise(self, low: float, previous: Correlation | None) -> None:
        assert judge(low=low, previous=previous).chip == "some"


class TestSentence:
    def test_reads_like_speech(self) -> None:
        assert judge().sentence == (
            "Where staff score higher on fairness, customers tend to score higher on treatment by "
            "staff. Of any two teams, the one that is higher on fairness is also the higher one on "
            "treatment by staff about 64 times in 100; chance alone would give 50. This is a link "
            "between team averages. It does not show that one causes the other, nor that it holds "
            "for each person."
        )

    def test_turns_round_for_the_lower_side(self) -> None:
        found = judge(**dict(ROWS[-1][2]))

        assert "customers tend to score lower on treatment by staff" in found.sentence
        assert "also the lower one on treatment by staff about 64 times in 100" in found.sentence

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"n_teams": 0}, "No team can be compared"),
            ({"n_teams": 1}, "Only 1 team can"),
            ({"n_teams": 7}, "Only 7 teams can"),
            ({"gate_x": "RED"}, "On fairness, people in the same team answer as differently"),
            ({"gate_x": "RED", "gate_y": "RED"}, "On fairness and treatment by staff, people"),
            ({"reliability_x": 0.1}, "On fairness and treatment by staff taken together, people"),
            ({"r": None}, "do not differ in a way that could be compared"),
            ({"n_teams": 12, "r": -0.424}, "is \N{MINUS SIGN}0.42: too few teams to tell"),
            (dict(ROWS[6][2]), "lies between \N{MINUS SIGN}0.19 and 0.19"),
            ({"low": -0.1}, "From these 38 teams we cannot tell whether"),
            ({"loo_low": -0.1}, "hangs on one team"),
        ],
    )
    def test_says_what_the_row_means(self, changes: dict[str, Any], words: str) -> None:
        assert words in judge(**changes).sentence

    @pytest.mark.parametrize(("code", "chip", "changes"), ROWS)
    def test_never_speaks_of_causes(self, code: Code, chip: str, changes: dict[str, Any]) -> None:
        found = judge(**changes, adjusted=0.3, adjusted_for="site size", trust_is_low=True)

        own_words = [found.sentence.removesuffix(CAUTION), *found.caveats]
        assert not any(FORBIDDEN.search(text) for text in own_words)
        assert FORBIDDEN.search("Fairness drives respect")


class TestCaveats:
    def test_always_names_the_ceiling(self) -> None:
        assert judge().caveats == (
            "Team scores are never exact: even a perfect link would look no stronger than about "
            "0.75 here.",
        )

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"spearman": 0.26}, "By rank the correlation is 0.26"),
            ({"spearman": 0.58}, "By rank the correlation is 0.58"),
            (
                {"gate_y": "AMBER"},
                "Team scores on treatment by staff tell teams apart only roughly",
            ),
            ({"gate_x": None}, "not known from counts"),
            ({"reliability_y": None}, "How reliable the team scores are is not known"),
            ({"adjusted": 0.37, "adjusted_for": "site size"}, "With site size held steady"),
            ({"n_left_out": 1}, "1 group is not drawn"),
            ({"n_left_out": 6}, "6 groups are not drawn"),
            ({"trust_is_low": True}, "Trust in the survey is low"),
            ({"low": -0.1}, "With 38 teams only a link stronger than about 0.44 would reliably"),
            ({"n_teams": 8}, "Silence is not absence"),
            ({"q_value": 0.21}, "some look strong by chance (q 0.21)"),
        ],
    )
    def test_are_sentences_of_their_own(self, changes: dict[str, Any], words: str) -> None:
        found = judge(**changes)

        assert sum(words in caveat for caveat in found.caveats) == 1
        assert words not in found.sentence

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"spearman": 0.28}, "By rank"),
            ({"spearman": 0.56}, "By rank"),
            ({"spearman": None}, "By rank"),
            ({"spearman": -1.5}, "By rank"),
            ({"adjusted": 0.37}, "held steady"),
            ({"adjusted_for": "site size"}, "held steady"),
            ({"n_teams": 5, "spearman": 0.0}, "By rank"),
            ({"reliability_x": 0.0}, "perfect link"),
            ({"q_value": 0.21, "low": -0.1}, "by chance (q"),
            ({"q_value": None}, "by chance (q"),
        ],
    )
    def test_are_not_said_without_need(self, changes: dict[str, Any], words: str) -> None:
        assert not any(words in caveat for caveat in judge(**changes).caveats)
