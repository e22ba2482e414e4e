"""Stored English sentences in another language."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from django.utils.translation import override

from survey.dashboards import retelling
from survey.dashboards.numerals import FIRST_STRONG_ISOLATE, POP_ISOLATE
from survey.dashboards.retelling import fits, retell
from survey.statistics import direction_wording
from survey.statistics.direction import _TABLE as ORDERS
from survey.statistics.direction_evidence import Arrow, Order
from survey.statistics.verdict import Verdict, linkage_verdict

CLEAR: Mapping[str, Any] = {
    "n_teams": 60, "r": 0.5, "low": 0.3, "high": 0.65, "q_value": 0.01, "reliability_x": 0.8,
    "reliability_y": 0.7, "gate_x": "GREEN", "gate_y": "AMBER", "loo_low": 0.4, "loo_high": 0.6,
    "spearman": 0.2, "ex_label": "how fairly they are treated", "cx_label": "how they are served",
    "adjusted": 0.3, "adjusted_for": "team size, region and the way customers were asked",
    "n_left_out": 3, "trust_is_low": True,
}  # fmt: skip
DOWN = {"r": -0.5, "low": -0.65, "high": -0.3, "loo_low": -0.6, "loo_high": -0.4}
ROWS: Mapping[str, Mapping[str, Any]] = {
    "no team": {"n_teams": 0},
    "one team": {"n_teams": 1, "n_left_out": 1},
    "too few": {"n_teams": 7},
    "noise on one side": {"gate_x": "RED"},
    "noise on both sides": {"gate_x": "RED", "gate_y": "RED"},
    "noise taken together": {"reliability_x": 0.3, "reliability_y": 0.3},
    "no difference": {"r": None},
    "early": {"n_teams": 12},
    "ruled out": {"r": 0.02, "low": -0.1, "high": 0.15},
    "cannot tell": {"low": -0.1},
    "lost among many": {"q_value": 0.4},
    "hangs on one": {"loo_low": -0.1},
    "higher": {"gate_x": None, "reliability_x": None},
    "lower": DOWN,
}


def judge(**changes: Any) -> Verdict:
    return linkage_verdict(**{**CLEAR, **changes})


def list_orders() -> Iterator[Order]:
    clear, against = Arrow(0.2, 0.1, 0.3, 0.01), Arrow(-0.2, -0.3, -0.1, 0.2)
    none = Arrow(None, None, None)
    for from_ex, from_cx, is_early, n_waves, n_teams, reason in product(
        (clear, against, none), (clear, against), (True, False), (1, 12), (0, 1, 40), ("", "short")
    ):
        yield Order(
            from_ex=from_ex, from_cx=from_cx, difference=clear, ex_label="one", cx_label="other",
            n_teams=n_teams, n_waves=n_waves, n_left_out=n_teams, is_early=is_early, reason=reason,
        )  # fmt: skip


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak a language in which every sentence stands in brackets."""
    monkeypatch.setattr(retelling, "gettext", lambda text: f"[{text}]")
    with override("ar"):
        yield


class TestFits:
    @pytest.mark.parametrize("row", ROWS)
    def test_knows_every_sentence_and_caveat_of_the_verdict_table(self, row: str) -> None:
        verdict = judge(**ROWS[row])

        assert [said for said in (verdict.sentence, *verdict.caveats) if not fits(said)] == []
        assert fits(verdict.chip) or verdict.chip == "firm"

    def test_knows_every_sentence_about_the_order(self) -> None:
        said = {row.say(order) for order in list_orders() for row in ORDERS}
        said |= {one for order in list_orders()
                 if order.n_waves > 1 for one in direction_wording.caveats(order)}  # fmt: skip
        said |= {direction_wording.CAUTION, direction_wording.silence()}

        assert [one for one in said if not fits(one)] == []

    def test_does_not_know_what_nobody_says(self) -> None:
        assert not fits("Teams that smile cause customers to buy.")


class TestRetell:
    @pytest.mark.parametrize("row", ROWS)
    def test_leaves_english_as_it_was_stored(self, row: str) -> None:
        sentence = judge(**ROWS[row]).sentence

        assert retell(sentence) == sentence

    @pytest.mark.parametrize("row", ROWS)
    def test_puts_the_same_words_into_the_skeleton(self, row: str) -> None:
        sentence = judge(**ROWS[row]).sentence
        with override("fr"):  # of which there is no catalogue: only the places are filled
            told = retell(sentence)

        plain = told.replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")
        assert plain.replace(",", ".") == sentence.replace(",", ".")

    def test_sets_names_and_numbers_into_the_translation(self, marked: None) -> None:
        told = retell("Team scores on how they are served tell teams apart only roughly.")

        assert told == (
            f"[Team scores on {FIRST_STRONG_ISOLATE}how they are served{POP_ISOLATE} tell teams "
            "apart only roughly.]"
        )

    def test_prints_numbers_as_the_language_does(self) -> None:
        verdict = judge(low=-0.1)
        with override("de"):
            told = " ".join(map(retell, verdict.caveats))

        assert "0,20" in told
        assert "0.20" not in told

    def test_translates_each_of_several_sentences(self, marked: None) -> None:
        told = retell("Whether the reverse holds too cannot be told. Trust in the survey is low, "
                      "so some answers may be guarded.")  # fmt: skip

        assert told.count("[") == 2

    def test_keeps_what_it_does_not_know(self, marked: None) -> None:
        assert retell("Something else") == "Something else"

    @pytest.mark.parametrize("language", ["es", "de", "ar"])
    @pytest.mark.parametrize("row", ROWS)
    def test_leaves_no_sentence_in_english(self, row: str, language: str) -> None:
        sentence = judge(**ROWS[row]).sentence
        with override(language):
            told = retell(sentence)

        assert "This is a link between team averages" not in told
        assert len(told.split(". ")) >= 2


def test_the_clear_row_is_clear() -> None:
    assert replace(judge(), caveats=()).code == "HIGHER"
