"""Codes made from words."""

import pytest

from survey.questionnaires.codes import make_code


class TestMakeCode:
    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ("Winter pulse", "winter_pulse"),
            ("¿Cómo está tu equipo?", "como_esta_tu_equipo"),
            ("Wie läuft’s?", "wie_laufts"),
            ("كيف حالك؟", "question"),
            ("", "question"),
            ("2026 winter", "question_2026_winter"),
            (
                "I am told honestly why decisions are made here",
                "i_am_told_honestly_why_decisions_are",
            ),
            ("x" * 90, "x" * 40),
        ],
    )
    def test_keeps_plain_letters_and_whole_words(self, words: str, code: str) -> None:
        assert make_code(words, fallback="question", taken=()) == code

    def test_numbers_on_what_is_taken(self) -> None:
        taken = {"pulse", "pulse_2"}

        assert make_code("Pulse", fallback="question", taken=taken) == "pulse_3"
