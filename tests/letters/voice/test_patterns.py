"""Phrases by concept."""

import pytest

from survey.letters.voice.folding import fold_text
from survey.letters.voice.patterns import Phrases


def finds(pattern: str, text: str) -> bool:
    return any(list(Phrases([pattern]).find(tokens)) for tokens in fold_text(text))


class TestPhrases:
    @pytest.mark.parametrize(
        ("pattern", "text"),
        [
            ("last|final chance", "Your final chance"),
            ("custom* first", "customers first"),
            ("?very last chance", "very last chance"),
            ("?very last chance", "last chance"),
            ("win ~ prize", "win a very big prize"),
            ("# % off", "20 % off"),
            ("code CODE", "code SAVE20"),
            ("code CODE", "code WELCOME"),
            ("we've missed", "We’ve missed"),
        ],
    )
    def test_stand_for_many_wordings(self, pattern: str, text: str) -> None:
        assert finds(pattern, text)

    @pytest.mark.parametrize(
        ("pattern", "text"),
        [
            ("last chance", "last. Chance"),
            ("last chance", "chance last"),
            ("custom first", "customers first"),
            ("win ~ prize", "win one two three four prize"),
            ("code CODE", "code word"),
            ("# % off", "twenty % off"),
        ],
    )
    def test_stand_for_nothing_else(self, pattern: str, text: str) -> None:
        assert not finds(pattern, text)
