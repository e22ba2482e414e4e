"""Words by language."""

import pytest

from survey.questionnaires.lint_words import WORDS, words_of


class TestWordsOf:
    @pytest.mark.parametrize(("tag", "known"), [("en", "en"), ("en-GB", "en"), ("AR", "ar")])
    def test_finds_a_language_by_any_of_its_tags(self, tag: str, known: str) -> None:
        assert words_of(tag) is WORDS[known]

    @pytest.mark.parametrize("tag", ["fr", "est", ""])
    def test_claims_nothing_of_others(self, tag: str) -> None:
        assert words_of(tag) is None


class TestPatterns:
    @pytest.mark.parametrize(
        ("tag", "word"), [("en", "sand"), ("es", "ya"), ("de", "rund"), ("ar", "واضح")]
    )
    def test_take_no_part_of_a_word_for_a_word(self, tag: str, word: str) -> None:
        assert not WORDS[tag].joins.search(word)

    @pytest.mark.parametrize(
        ("tag", "label", "side"),
        [
            ("en", "Neither agree nor disagree", "middle"),
            ("en", "Dissatisfied", "bad"),
            ("es", "En desacuerdo", "bad"),
            ("es", "De acuerdo", "good"),
            ("de", "Stimme gar nicht zu", "bad"),
            ("de", "Stimme voll zu", "good"),
            ("ar", "لا أوافق", "bad"),
            ("ar", "أوافق بشدة", "good"),
        ],
    )
    def test_tell_sides_apart_in_their_order(self, tag: str, label: str, side: str) -> None:
        words = WORDS[tag]
        found = [name for name in ("middle", "bad", "good") if getattr(words, name).search(label)]

        assert found[0] == side
