"""The word lists are well formed."""

import pytest
import yaml

from survey.letters.voice.lexicons import FOLDER, LANGUAGES, concepts_for, word_list
from survey.letters.voice.patterns import INDEXED
from survey.letters.voice.rules import WHY

KINDS = {"phrases", "subjects", "acts", "gifts", "unless"}


@pytest.mark.parametrize("language", LANGUAGES)
class TestLexicon:
    def test_has_every_concept(self, language: str) -> None:
        document = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))

        assert set(document) <= set(WHY)
        assert len(document) == 6
        assert all(set(lists) <= KINDS for lists in document.values())

    def test_has_patterns_that_can_be_found(self, language: str) -> None:
        document = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
        for lists in document.values():
            for line in "".join(lists.values()).splitlines():
                words = line.replace("?", "").split()
                choices = [choice for word in words for choice in word.split("|")]
                assert words[0] not in ("~", "~~"), line
                assert all(choices), line
                stems = [choice for choice in words[0].split("|") if choice.endswith("*")]
                assert all(len(stem) > INDEXED for stem in stems), line


class TestConceptsFor:
    def test_know_phrases_of_all_languages_in_each(self) -> None:
        assert len(concepts_for("de")) == len(concepts_for("xx")) == 6 * len(LANGUAGES)


class TestWordList:
    def test_is_folded_and_without_doubles(self) -> None:
        assert "bit.ly" in word_list("shorteners")
        assert all(word == word.lower() for word in word_list("departments"))
