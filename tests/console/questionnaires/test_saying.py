from survey.console.questionnaires.saying import is_flat, say_condition, show_value
from survey.questionnaires.documents import DocumentItem, DocumentOption

RATED = DocumentItem(
    "pay",
    {"en": "Is pay fair?"},
    options=(DocumentOption(1, {"en": "No"}), DocumentOption(2, {"en": "Yes, completely"})),
)


class TestIsFlat:
    def test_tells_rows_from_what_is_nested(self) -> None:
        assert is_flat({"any": [{"language": ["es"]}]})
        assert not is_flat({"any": [{"all": [{"language": ["es"]}]}]})
        assert not is_flat({"item": "pay", "op": "~"})


class TestSayCondition:
    def test_uses_the_words_of_questions_and_answers(self) -> None:
        condition = {"all": [{"item": "pay", "op": "=", "value": 2}, {"language": ["es"]}]}

        assert say_condition(condition, {"pay": RATED}, "en") == (
            "“Is pay fair?” is “Yes, completely”; the language is es"
        )

    def test_names_what_it_does_not_know_by_its_code(self) -> None:
        gone = {"any": [{"item": "gone", "op": "answered"}, {"attribute": "x", "op": "?"}]}

        assert say_condition(gone, {}, "en") == "“gone” is answered; “x” ? “”"


class TestShowValue:
    def test_lists_answers_so_that_they_can_be_typed_again(self) -> None:
        assert show_value([1, 2, 9], RATED, "en") == "No; Yes, completely; 9"
