"""Reading through disguises."""

import pytest

from survey.letters.voice.folding import bare, fold, fold_text, fold_with_places


def readings(text: str) -> list[list[str]]:
    return [[token.forms[0] for token in tokens] for tokens in fold_text(text)]


class TestFold:
    @pytest.mark.parametrize(
        ("word", "folded"),
        [("Größe", "grosse"), ("ÉTÉ", "ete"), ("Łódź", "lodz"), ("ｗｉｎ", "win")],  # noqa: RUF001
    )
    def test_leaves_letters_only(self, word: str, folded: str) -> None:
        assert fold(word) == folded

    def test_keeps_where_each_letter_stood(self) -> None:
        folded, places = fold_with_places("a\u200bß!")

        assert (folded, places) == ("ass!", [0, 2, 2, 3, 4])


class TestBare:
    def test_drops_the_marks_inside_a_word(self) -> None:
        assert bare("don't-w.o_rry") == "dontworry"


class TestFoldText:
    def test_reads_words_split_and_joined(self) -> None:
        assert readings("l'offre val-ued") == [["l", "offre", "val", "ued"], ["loffre", "valued"]]

    def test_reads_once_where_no_mark_stands_inside(self) -> None:
        assert readings("One. Two") == [["one", "two"]]

    def test_joins_letters_that_are_spelt_out(self) -> None:
        assert readings("a f r e e")[-1] == ["afree"]
        assert readings("f r e e gift")[-1] == ["free", "gift"]

    def test_knows_sentences_numbers_and_codes(self) -> None:
        (tokens,) = fold_text("Use SAVE20 now. In 14 days")

        assert [token.sentence for token in tokens] == [0, 0, 0, 1, 1, 1]
        assert [token.is_number for token in tokens].index(True) == 4
        assert [token.is_code for token in tokens].index(True) == 1
