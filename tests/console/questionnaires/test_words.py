import pytest

from survey.console.questionnaires.words import (
    AUDIENCES,
    KINDS,
    STATES,
    say_kind,
    say_seconds,
    word,
)
from survey.questionnaires.models import Audience, ItemKind, QuestionnaireStatus


class TestSaySeconds:
    @pytest.mark.parametrize(
        ("seconds", "said"),
        [(0, "0 s"), (41, "50 s"), (60, "1 min"), (61, "1 min 10 s"), (370, "6 min 10 s")],
    )
    def test_rounds_up_to_ten_seconds(self, seconds: int, said: str) -> None:
        assert say_seconds(seconds) == said


class TestWord:
    def test_prefers_the_wanted_language(self) -> None:
        assert word({"en": "Why?", "es": "¿Por qué?"}, "es") == ("¿Por qué?", "es")

    def test_takes_any_other_and_says_which(self) -> None:
        assert word({"en": "", "es": "¿Por qué?"}, "ar") == ("¿Por qué?", "es")

    def test_has_nothing_to_say_without_texts(self) -> None:
        assert word({}, "en") == ("", "en")


class TestNames:
    def test_leave_nothing_without_a_name(self) -> None:
        assert set(KINDS) == set(ItemKind.values)
        assert set(AUDIENCES) == set(Audience.values)
        assert set(STATES) == set(QuestionnaireStatus.values)

    def test_count_the_answers_of_a_choice(self) -> None:
        assert say_kind("CHOICE", 5) == "One of 5 answers"
        assert say_kind("TEXT", 0) == "Own words"
