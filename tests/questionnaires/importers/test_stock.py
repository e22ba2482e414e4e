"""Words of answers that programs bring along themselves."""

from survey.questionnaires.importers.stock import (
    STOCK,
    number_options,
    rating_options,
    stock_texts,
)


class TestStockTexts:
    def test_are_in_the_languages_there_are(self) -> None:
        assert stock_texts("yes", ["de-AT", "fr"]) == {"de-AT": "Ja"}

    def test_are_english_where_there_is_no_other(self) -> None:
        assert stock_texts("yes", ["fr", "it"]) == {"fr": "Yes", "it": "Yes"}

    def test_are_there_in_all_languages_of_the_interface(self) -> None:
        assert all(set(texts) == {"en", "es", "de", "ar"} for texts in STOCK.values())


class TestNumberOptions:
    def test_count_as_themselves(self) -> None:
        (one, two) = number_options(1, 2, ["en"])

        assert (one.value, one.score, two.texts) == (1, 1.0, {"en": "2"})


class TestRatingOptions:
    def test_go_from_zero_to_ten(self) -> None:
        assert [option.value for option in rating_options()] == list(range(11))
