"""Earlier answers and facts in later wording."""

import pytest

from survey.questionnaires.content import Answer, OptionContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.piping import (
    fill_in,
    list_piped,
    list_placeholders,
    say_answer,
    say_facts,
)
from tests.factories.questionnaires import item_content, questionnaire_content

OTHER = OptionContent(9, None, {"en": "Other"}, is_other=True)
CONTENT = questionnaire_content(
    item_content("one", options=(OptionContent(1, 1, {"en": "Bread", "es": "Pan"}), OTHER)),
    item_content("many", kind=ItemKind.MULTIPLE),
    item_content("rating", kind=ItemKind.RATING),
    item_content("day", kind=ItemKind.DATE),
    item_content("words", kind=ItemKind.LINE),
)


class TestFillIn:
    def test_fills_answers_and_facts(self) -> None:
        text = "About {{item:a}} on {{ fact:date }}: {{fact:team}}, {{item:b}}"

        filled = fill_in(text, items={"a": "bread", "b": ""}.__getitem__, facts={"date": "1 May"})

        assert filled == "About bread on 1 May: …, …"

    def test_fills_nothing_into_what_was_filled_in(self) -> None:
        filled = fill_in("{{item:a}}", items=lambda code: "{{item:a}}", facts={})

        assert filled == "{{item:a}}"


class TestSayFacts:
    @pytest.mark.parametrize(
        ("facts", "language", "said"),
        [
            ({"served_by": "Petra"}, "en", "Petra"),
            ({"served_by": ""}, "en", "the person who served you"),
            ({}, "en-GB", "the person who served you"),
            ({}, "fr", None),
            ({"served_by": "Petra"}, "ar", "\u2068Petra\u2069"),
        ],
    )
    def test_speaks_of_whoever_served_where_no_name_is_known(
        self, facts: dict[str, str], language: str, said: str | None
    ) -> None:
        assert say_facts(facts, language).get("served_by") == said


class TestSayAnswer:
    @pytest.mark.parametrize(
        ("code", "answer", "language", "words"),
        [
            ("one", 1, "es", "Pan"),
            ("one", 1, "de", "Bread"),
            ("one", 9, "en", "Other"),
            ("one", None, "en", ""),
            ("many", [1, 3], "en", "option 1, option 3"),
            ("many", [1, 3], "ar", "option 1، option 3"),
            ("rating", 7, "en", "7"),
            ("day", "2026-05-01", "en", "May 1, 2026"),
            ("day", "2026-05-01", "de", "1. Mai 2026"),
            ("nowhere", 1, "en", ""),
        ],
    )
    def test_speaks_the_language(
        self, code: str, answer: Answer, language: str, words: str
    ) -> None:
        assert say_answer(CONTENT, code, {code: answer}, {}, language) == words

    def test_repeats_own_words(self) -> None:
        texts = {"words": "Warm", "one.other": "Cake"}

        assert say_answer(CONTENT, "words", {}, texts, "en") == "Warm"
        assert say_answer(CONTENT, "one", {"one": 9}, texts, "en") == "Cake"


class TestListPlaceholders:
    def test_looks_into_all_wordings(self) -> None:
        item = item_content(
            "x",
            texts={"en": "{{item:a}}"},
            hints={"es": "{{fact:team}}"},
            options=(OptionContent(1, 1, {"en": "{{item:b}}"}),),
        )

        assert list(list_placeholders(item)) == [("item", "a"), ("fact", "team"), ("item", "b")]
        assert list_piped(item) == {"a", "b"}
