"""Arabic words without what is written onto them."""

import pytest

from survey.letters.voice.folding import fold
from survey.letters.voice.prefixes import without_prefixes


class TestWithoutPrefixes:
    @pytest.mark.parametrize(
        "word", ["العملاء", "والعملاء", "للعملاء", "بالعملاء", "وللعملاء", "لعملاء"]
    )
    def test_finds_the_word_itself(self, word: str) -> None:
        assert fold("عملاء") in without_prefixes(fold(word))

    @pytest.mark.parametrize("word", ["", "the", "Übung", "42", "кот"])
    def test_leaves_other_languages_alone(self, word: str) -> None:
        assert without_prefixes(word) == ()

    def test_leaves_three_letters_or_more(self) -> None:
        assert all(len(form) >= 3 for form in without_prefixes(fold("والله")))


class TestFold:
    def test_reads_the_ways_to_write_one_word_as_one(self) -> None:
        assert fold("هديّـــة") == fold("هدية") == fold("هديه")
        assert fold("إلى") == fold("الي")
        assert fold("خصم 20٪").endswith("%")
