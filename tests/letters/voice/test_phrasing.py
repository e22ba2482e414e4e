"""Finding phrases in a text."""

from survey.letters.voice.findings import Place
from survey.letters.voice.phrasing import find_phrases


def found(text: str, place: Place = Place.BODY, language: str = "en") -> list[tuple[str, str]]:
    return [
        (finding.rule, finding.quote)
        for _, finding in find_phrases(place=place, text=text, language=language)
    ]


class TestFindPhrases:
    def test_quotes_the_whole_phrase_once(self) -> None:
        assert found("Use code SAVE20 for 20% off.") == [
            ("promotion", "Use code SAVE20 for 20% off")
        ]

    def test_counts_a_gift_only_with_what_it_is_for(self) -> None:
        assert found("Everyone who answers gets a free coffee.")
        assert not found("There is a free coffee in the kitchen.")

    def test_hears_a_denial(self) -> None:
        assert not found("There is no prize for answering.")

    def test_takes_an_alarm_only_at_the_beginning_of_a_subject(self) -> None:
        assert found("Important: five questions", Place.SUBJECT)
        assert not found("What is important to you", Place.SUBJECT)
        assert not found("Important: five questions")

    def test_knows_single_words_in_their_own_language_only(self) -> None:
        assert found("Rabattaktion im Mai", language="de")
        assert not found("Rabattaktion im Mai", language="en")
