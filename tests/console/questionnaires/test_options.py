import pytest

from survey.console.questionnaires.options import (
    MOST,
    Options,
    empty_row,
    sent_options,
    stored_options,
)
from survey.questionnaires.documents import DocumentItem, DocumentOption

THREE = DocumentItem(
    "q",
    {"en": "Which?"},
    options=(
        DocumentOption(7, {"en": "Tea", "es": "Té"}, score=2.0),
        DocumentOption(3, {"en": "Other"}, is_other=True),
        DocumentOption(5, {"en": "Coffee"}),
    ),
)


def resend(options: Options, kind: str = "CHOICE") -> Options:
    """Send in a form as it stands."""
    data = {}
    for form in options.forms:
        for name in form.fields:
            value = form[name].value()
            if value is not None and value is not False:
                data[form.add_prefix(name)] = "on" if value is True else str(value)
    return sent_options(data, languages=("en", "es"), kind=kind)


class TestStoredOptions:
    def test_come_back_as_they_were_stored(self) -> None:
        sent = resend(stored_options(THREE, ("en", "es")))

        assert sent.is_valid()
        assert sent.read == THREE.options

    def test_give_a_new_question_two_empty_rows(self) -> None:
        options = stored_options(DocumentItem("", {}), ("en",))

        assert [form["value"].value() for form in options.forms] == ["1", "2"]

    def test_give_a_rating_its_two_ends_only(self) -> None:
        low = DocumentOption(0, {"en": "not at all"}, score=0.0)
        options = stored_options(DocumentItem("r", {}, kind="RATING", options=(low,)), ("en",))

        assert [form["value"].value() for form in options.forms] == [0, 10]
        assert not options.may_change
        sent = resend(options, "RATING")
        assert sent.is_valid()
        assert sent.read == (low,)

    def test_give_words_of_ones_own_none(self) -> None:
        assert not stored_options(DocumentItem("t", {}, kind="TEXT"), ("en",)).rows


class TestSentOptions:
    def test_leave_out_rows_without_words(self) -> None:
        data = {"option-0-value": "1", "option-0-text_en": "Yes", "option-1-value": "2"}

        sent = sent_options(data, languages=("en",), kind="CHOICE")

        assert sent.is_valid()
        assert [option.value for option in sent.read] == [1]

    def test_refuse_a_number_that_is_none(self) -> None:
        data = {"option-0-value": "many", "option-0-text_en": "Yes", "option-1-value": "2"}

        assert not sent_options(data, languages=("en",), kind="CHOICE").is_valid()

    def test_hold_a_rating_to_its_ends(self) -> None:
        data = {"option-0-value": "4", "option-0-text_en": "low"}

        sent = sent_options(data, languages=("en",), kind="RATING")

        assert [row["value"] for row in sent.rows] == ["0", "10"]


class TestButtons:
    @pytest.mark.parametrize(
        ("action", "values"),
        [
            ("add", [7, 3, 5, "8"]),
            ("remove-1", [7, 5]),
            ("up-2", [7, 5, 3]),
            ("down-0", [3, 7, 5]),
            ("up-0", [7, 3, 5]),
            ("down-2", [7, 3, 5]),
            ("remove-9", [7, 3, 5]),
            ("up--1", [7, 3, 5]),
            ("kind", [7, 3, 5]),
        ],
    )
    def test_change_the_rows(self, action: str, values: list[int]) -> None:
        after = stored_options(THREE, ("en",)).after(action)

        assert [form["value"].value() for form in after.forms] == values

    def test_add_no_end_of_rows(self) -> None:
        options = stored_options(THREE, ("en",))
        for _time in range(MOST + 5):
            options = options.after("add")

        assert options.n_rows == MOST


class TestEmptyRow:
    def test_takes_the_next_free_number(self) -> None:
        assert empty_row([{"value": "9"}, {"value": 2}, {"value": "x"}]) == {"value": "10"}
