"""The rules and their reasons."""

import pytest
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, override

from survey.letters.voice import rules
from survey.letters.voice.findings import Place
from survey.letters.voice.rules import LONGEST_QUOTE, WHY, find


class TestFind:
    def test_shortens_the_quote(self) -> None:
        quote = find(Place.BODY, "word  " * 50, "shouting").quote

        assert len(quote) == LONGEST_QUOTE
        assert quote.endswith("…")

    def test_only_warns_of_a_link_elsewhere(self) -> None:
        blocking = {rule: find(Place.BODY, "x", rule).is_blocking for rule in WHY}

        assert [rule for rule, is_blocking in blocking.items() if not is_blocking] == [
            "foreign_link"
        ]

    @pytest.mark.parametrize("language", ["es", "de", "ar"])
    def test_says_why_in_the_language_of_whoever_writes(
        self, language: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(rules.WHY, "prize", lazy(get_language, str)())
        with override(language):
            assert find(Place.BODY, "x", "prize").why == language

    def test_has_a_reason_to_translate_for_every_rule(self) -> None:
        assert all(isinstance(why, Promise) for why in WHY.values())

    def test_keeps_to_plain_sentences(self) -> None:
        for why in WHY.values():
            assert why.endswith(".")
            assert "!" not in why
