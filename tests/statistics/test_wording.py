"""The sentences of the verdict, one by one."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics import wording
from survey.statistics.agreement import Level
from survey.statistics.evidence import Evidence
from tests.statistics.test_evidence import CLEAR

Sentence = Callable[[Evidence], str]
SENTENCES: tuple[Sentence, ...] = (
    wording.too_few_teams,
    wording.not_measurable,
    wording.early,
    wording.ruled_out,
    wording.cannot_tell,
    wording.hangs_on_one_team,
    wording.linked,
    wording.silence,
)


class TestEverySentence:
    @pytest.mark.parametrize("say", SENTENCES, ids=lambda say: say.__name__)
    def test_begins_and_ends_like_one(self, say: Sentence) -> None:
        text = say(CLEAR)

        assert re.fullmatch(r"[A-Z].*\.", text)
        assert "  " not in text
        assert "None" not in text

    @pytest.mark.parametrize("say", SENTENCES[:-1], ids=lambda say: say.__name__)
    def test_names_both_scales(self, say: Sentence) -> None:
        text = say(CLEAR)

        assert "fairness" in text
        assert "treatment" in text


class TestLinked:
    @pytest.mark.parametrize(("r", "times"), [(0.0, 50), (0.42, 64), (0.5, 67), (1.0, 100)])
    def test_says_how_often_two_teams_agree(self, r: float, times: int) -> None:
        assert f"about {times} times in 100" in wording.linked(replace(CLEAR, r=r))

    @given(r=st.floats(0.01, 1))
    def test_says_the_same_number_for_the_lower_side(self, r: float) -> None:
        higher, lower = (wording.linked(replace(CLEAR, r=one)) for one in (r, -r))

        assert "tend to score higher" in higher
        assert "tend to score lower" in lower
        assert re.findall(r"\d+", higher) == re.findall(r"\d+", lower)


class TestTimesIn100:
    @pytest.mark.parametrize(
        ("r", "times"), [(-1.5, 0), (-0.5, 33), (0.0, 50), (0.5, 67), (1.5, 100)]
    )
    def test_is_what_sheppard_found(self, r: float, times: int) -> None:
        assert wording.times_in_100(r) == times


class TestEarly:
    def test_writes_a_true_minus_sign(self) -> None:
        assert "is \N{MINUS SIGN}0.42:" in wording.early(replace(CLEAR, r=-0.42))


class TestTooFewTeams:
    @pytest.mark.parametrize(
        ("n_teams", "words"), [(0, "No team can"), (1, "Only 1 team can"), (7, "Only 7 teams can")]
    )
    def test_counts_in_words(self, n_teams: int, words: str) -> None:
        assert wording.too_few_teams(replace(CLEAR, n_teams=n_teams)).startswith(words)


class TestNotMeasurable:
    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"gate_x": Level.RED}, "On fairness, people"),
            ({"gate_x": Level.RED, "gate_y": Level.RED}, "On fairness and treatment, people"),
            ({"reliability_x": 0.0}, "On fairness and treatment taken together, people"),
            ({"r": None}, "do not differ in a way"),
        ],
    )
    def test_says_which_side_is_noise(self, changes: dict[str, object], words: str) -> None:
        assert words in wording.not_measurable(replace(CLEAR, **changes))


class TestSilence:
    def test_would_show_weaker_links_with_more_teams(self) -> None:
        least = [
            float(re.search(r"about (\d\.\d\d)", wording.silence(replace(CLEAR, n_teams=n)))[1])  # type: ignore[index]
            for n in (8, 20, 60, 400)
        ]

        assert least == sorted(least, reverse=True)
        assert least[-1] < 0.2

    def test_claims_no_link_below_one_where_none_could_show(self) -> None:
        assert "about 1.00" in wording.silence(replace(CLEAR, n_teams=3))


class TestCaveats:
    def test_say_that_a_pair_was_lost_among_many(self) -> None:
        lost = replace(CLEAR, q_value=0.21)

        assert any("(q 0.21)" in one for one in wording.caveats(lost))
        assert not any("by chance" in one for one in wording.caveats(CLEAR))

    def test_speak_of_the_number_only_where_it_is_shown(self) -> None:
        assert any("perfect link" in one for one in wording.caveats(CLEAR))
        for hidden in (replace(CLEAR, r=None), replace(CLEAR, n_teams=7)):
            assert not any("perfect link" in one for one in wording.caveats(hidden))

    @pytest.mark.parametrize(
        ("n_left_out", "words"), [(1, "1 group is not drawn"), (3, "3 groups are not drawn")]
    )
    def test_count_who_is_left_out(self, n_left_out: int, words: str) -> None:
        found = wording.caveats(replace(CLEAR, n_left_out=n_left_out))

        assert any(one.startswith(words) for one in found)
        assert not any("not drawn" in one for one in wording.caveats(CLEAR))
