"""The rules and their reasons."""

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

    def test_keeps_to_plain_sentences(self) -> None:
        for why in WHY.values():
            assert why.endswith(".")
            assert "!" not in why
