import json
from typing import Any

import pytest

from survey.console.questionnaires.conditions import ConditionForm, Subject, list_subjects
from survey.questionnaires.documents import DocumentItem, DocumentOption

RATED = DocumentItem(
    "pay",
    {"en": "Is pay fair?"},
    options=(DocumentOption(1, {"en": "No"}), DocumentOption(2, {"en": "Yes, completely"})),
)
AGE = DocumentItem("age", {"en": "How old is it?"}, kind="NUMBER")
STORY = DocumentItem("story", {"en": "What happened?"}, kind="TEXT")
NOTE = DocumentItem("note", {"en": "Thanks."}, kind="NOTE")
SUBJECTS = list_subjects((RATED, AGE, STORY, NOTE), [("site", "Site")], "en")


def form_of(condition: Any = None, data: dict[str, str] | None = None) -> ConditionForm:
    return ConditionForm(data, subjects=SUBJECTS, condition=condition, language="en")


def rows(*filled: tuple[str, str, str], **others: str) -> dict[str, str]:
    data = {f"when-{name}": value for name, value in others.items()}
    for number, (subject, op, value) in enumerate(filled):
        data |= {
            f"when-subject_{number}": subject,
            f"when-op_{number}": op,
            f"when-value_{number}": value,
        }
    return data


def read(*filled: tuple[str, str, str], **others: str) -> Any:
    form = form_of(data=rows(*filled, **others))
    assert form.is_valid(), form.errors
    return form.condition


class TestListSubjects:
    def test_leaves_out_what_has_no_answer(self) -> None:
        keys = [subject.key for subject in SUBJECTS]

        assert keys == ["item:pay", "item:age", "item:story", "attribute:site", "language"]
        assert isinstance(SUBJECTS[0], Subject)


class TestConditionForm:
    def test_holds_always_where_nothing_is_filled_in(self) -> None:
        assert read(("", "=", ""), ("", "=", "x")) is None

    def test_takes_one_row_as_it_is(self) -> None:
        assert read(("item:pay", "=", "no")) == {"item": "pay", "op": "=", "value": 1}

    def test_joins_rows(self) -> None:
        joined = read(("item:age", ">=", "2,5"), ("attribute:site", "=", "north"), join="any")

        assert joined == {
            "any": [
                {"item": "age", "op": ">=", "value": 2.5},
                {"attribute": "site", "op": "=", "value": "north"},
            ]
        }

    def test_takes_answers_by_their_words_or_numbers(self) -> None:
        found = read(("item:pay", "in", "1; Yes, completely"))

        assert found == {"item": "pay", "op": "in", "value": [1, 2]}

    def test_needs_no_value_to_ask_whether_something_was_answered(self) -> None:
        assert read(("item:story", "answered", "")) == {"item": "story", "op": "answered"}

    def test_lists_languages(self) -> None:
        assert read(("language", "=", "es, ar")) == {"language": ["es", "ar"]}

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            (("item:pay", "=", "Maybe"), "“Maybe” is none of its answers."),
            (("item:age", "<", "old"), "“old” is no number."),
            (("item:age", "<", "nan"), "“nan” is no number."),
            (("item:age", "<", ""), "Say what to compare with."),
            (("language", "in", " "), "Name a language, such as es."),
        ],
    )
    def test_says_beside_the_row_what_cannot_be_compared(
        self, row: tuple[str, str, str], why: str
    ) -> None:
        form = form_of(data=rows(row))

        assert not form.is_valid()
        assert form.errors["value_0"] == [why]

    def test_refuses_a_subject_that_is_not_offered(self) -> None:
        assert not form_of(data=rows(("item:gone", "=", "1"))).is_valid()

    def test_takes_deeper_nesting_as_json(self) -> None:
        nested = {"not": {"any": [{"language": ["es"]}]}}

        assert read(nested=json.dumps(nested)) == nested

    @pytest.mark.parametrize("typed", ["{", "[1]", "[" * 3000, '"a"'])
    def test_says_what_is_wrong_with_json(self, typed: str) -> None:
        form = form_of(data=rows(nested=typed))

        assert not form.is_valid()
        assert "nested" in form.errors

    @pytest.mark.parametrize(
        "condition",
        [
            None,
            {"item": "pay", "op": "=", "value": 2},
            {"all": [{"item": "pay", "op": "in", "value": [1, 2]}, {"language": ["es", "ar"]}]},
            {
                "any": [
                    {"attribute": "site", "op": "!=", "value": "a"},
                    {"item": "age", "op": "<", "value": 3},
                ]
            },
            {"all": [{"not": {"language": ["es"]}}]},
            {"not": {"item": "story", "op": "contains", "value": "x"}},
        ],
    )
    def test_shows_what_it_saves(self, condition: Any) -> None:
        shown = form_of(condition)
        fields = {shown.add_prefix(name): shown[name].value() or "" for name in shown.fields}

        again = form_of(data=fields)

        assert again.is_valid(), again.errors
        assert again.condition == condition
