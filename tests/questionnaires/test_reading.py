"""Documents read from JSON: whole, or refused with the place that is wrong."""

import copy
import json
from contextlib import suppress
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.documents import SCHEMA, document_to_json
from survey.questionnaires.reading import (
    DocumentError,
    is_day,
    read_document,
    read_head,
    read_item,
    read_place,
)

WHOLE: dict[str, Any] = {
    "schema": SCHEMA,
    "code": "visit",
    "name": "Your visit",
    "audience": "CUSTOMER",
    "languages": ["en", "pt-BR"],
    "settings": {"page": "SECTIONS", "sample": {"pool": ["warm", "kind"], "n": 1}},
    "sections": [
        {
            "code": "first",
            "texts": {"en": "First"},
            "shown_when": {"language": ["en"]},
            "items": [
                {
                    "code": "warm",
                    "version": 3,
                    "kind": "MULTIPLE",
                    "texts": {"en": "Warm?", "pt-BR": "Quente?"},
                    "hints": {"en": "Any"},
                    "options": [
                        {"value": 1, "texts": {"en": "Bread"}, "score": 1.5},
                        {"value": 2, "texts": {"en": "Other"}, "is_other": True},
                        {"value": 3, "texts": {"en": "None"}, "is_exclusive": True},
                    ],
                    "settings": {
                        "max_choices": 2,
                        "messages": {"missing": {"en": "Tick one"}},
                    },
                    "allows_cant_say": False,
                    "is_required": True,
                },
                {
                    "code": "kind",
                    "kind": "NUMBER",
                    "texts": {"en": "How many?"},
                    "settings": {"minimum": 0, "maximum": 9.5, "decimals": 1},
                    "shown_when": {"item": "warm", "op": "contains", "value": 1},
                },
            ],
        }
    ],
    "scales": [
        {
            "code": "warmth",
            "construct": "warmth",
            "name": "Warmth",
            "phrase": "how warm it is",
            "minimum": 0,
            "maximum": 2,
            "items": ["warm"],
        }
    ],
}
WRONG: dict[str, tuple[list[str | int], Any]] = {
    "schema": (["schema"], "survey/2"),
    "code": (["code"], "My Code"),
    "name": (["name"], "x" * 151),
    "audience": (["audience"], "EVERYBODY"),
    "languages": (["languages"], []),
    "languages[1]": (["languages", 1], "pt_br"),
    "sections": (["sections"], "none"),
    "sections[0]": (["sections", 0], 3),
    "sections[0].colour": (["sections", 0, "colour"], "red"),
    "sections[0].items[0].texts.en": (["sections", 0, "items", 0, "texts", "en"], " "),
    "sections[0].items[1].kind": (["sections", 0, "items", 1, "kind"], "GRID"),
    "sections[0].items[0].options[1].value": (
        ["sections", 0, "items", 0, "options", 1, "value"],
        True,
    ),
    "sections[0].items[1].settings.maximum": (
        ["sections", 0, "items", 1, "settings", "maximum"],
        float("nan"),
    ),
    "sections[0].items[1].settings.minimum": (
        ["sections", 0, "items", 1, "settings", "minimum"],
        "2026-13-45",
    ),
    "sections[0].items[1].shown_when": (["sections", 0, "items", 1, "shown_when"], "always"),
    "settings.sample.n": (["settings", "sample", "n"], 0),
    "settings.sample.pool": (["settings", "sample"], {"n": 1}),
    "sections[0].items[0].texts": (["sections", 0, "items", 0, "texts"], {}),
    "sections[0].items[0].asks_for_playback": (
        ["sections", 0, "items", 0, "asks_for_playback"],
        True,
    ),
    "scales[0].method": (["scales", 0, "method"], "GUESS"),
}
CONDITIONS: list[Any] = [
    {"item": "warm", "op": "=", "value": 1},
    {"item": "warm", "op": "in", "value": [1, "two", 2.5, None, True, ""]},
    {"item": "warm", "op": "answered"},
    {"attribute": "Site of work", "op": "=", "value": "Nørrebro"},
    {"language": ["en", "pt-BR"]},
    {"all": [{"any": [{"not": {"language": ["en"]}}]}, {"language": []}]},
    {"all": []},
]
NO_CONDITIONS: list[Any] = [
    {},
    {"colour": "red"},
    {"item": "warm", "op": []},
    {"item": "warm", "op": {"=": 1}, "value": 1},
    {"item": "warm", "value": 1},
    {"item": ["warm"], "op": "="},
    {"item": "warm", "op": "=", "value": 1, "attribute": {}},
    {"item": "warm", "op": "=", "value": {"one": 1}},
    {"item": "warm", "op": "in", "value": [[1]]},
    {"item": "warm", "op": "=", "value": 10**400},
    {"item": "warm", "op": "=", "value": float("inf")},
    {"item": "warm", "op": "=", "value": "\0"},
    {"item": "warm", "op": "=", "value": "\ud800"},
    {"item": "warm", "op": "\ud800"},
    {"attribute": [1], "op": "="},
    {"attribute": "\0", "op": "=", "value": "x"},
    {"language": "en"},
    {"language": [{}]},
    {"not": None},
    {"not": [{"language": ["en"]}]},
    {"all": [1]},
    {"any": {"language": ["en"]}},
    {"all": [], "any": []},
    {"\ud800": 1},
]


def changed(path: list[str | int], value: object) -> dict[str, Any]:
    stored = copy.deepcopy(WHOLE)
    place: Any = stored
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return stored


class TestReadDocument:
    def test_gives_back_what_was_written(self) -> None:
        document = read_document(WHOLE)

        assert document_to_json(document) == WHOLE
        assert read_document(json.loads(json.dumps(document_to_json(document)))) == document

    @pytest.mark.parametrize("where", WRONG)
    def test_says_where_something_is_wrong(self, where: str) -> None:
        with pytest.raises(DocumentError) as caught:
            read_document(changed(*WRONG[where]))

        assert caught.value.where == where

    @pytest.mark.parametrize("name", ["code", "name", "audience", "languages", "sections"])
    def test_names_what_is_missing(self, name: str) -> None:
        with pytest.raises(DocumentError, match=f"^{name}: is missing"):
            read_document({key: value for key, value in WHOLE.items() if key != name})

    def test_refuses_a_code_twice(self) -> None:
        with pytest.raises(DocumentError, match="“kind” stands twice"):
            read_document(changed(["sections", 0, "items", 0, "code"], "kind"))

    def test_refuses_more_questions_than_anybody_answers(self) -> None:
        items = [{"code": f"item_{n}", "texts": {"en": "?"}} for n in range(301)]

        with pytest.raises(DocumentError, match="300 is the most"):
            read_document(changed(["sections", 0, "items"], items))

    def test_refuses_conditions_without_an_end(self) -> None:
        condition: dict[str, Any] = {"language": ["en"]}
        for _ in range(30):
            condition = {"not": condition}

        with pytest.raises(DocumentError, match="nested too deeply"):
            read_document(changed(["sections", 0, "shown_when"], condition))

    @pytest.mark.parametrize("text", ["a\0b", "\ud800", "bell\x07"])
    def test_refuses_texts_that_no_page_can_show(self, text: str) -> None:
        with pytest.raises(DocumentError, match="cannot be shown"):
            read_document(changed(["sections", 0, "items", 0, "texts", "en"], text))

    def test_writes_numbers_as_whoever_reads_them_does(self) -> None:
        stored = changed(["sections", 0, "items", 0, "texts", "en"], "x" * 6000)

        with override("de"), pytest.raises(DocumentError, match=r"5\.000"):
            read_document(stored)

    def test_says_where_in_words_that_can_be_shown(self) -> None:
        with pytest.raises(DocumentError) as caught:
            read_document(changed(["sections", 0, "\ud800"], 1))

        assert str(caught.value).encode() == b"sections[0].\xef\xbf\xbd: is not known here"

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(list(WHOLE)), inner)
            ),
        ),
        st.sampled_from([path for path, _ in WRONG.values()]),
    )
    def test_reads_anything_or_says_why_not(self, value: Any, path: list[str | int]) -> None:
        for stored in (value, changed(path, value)):
            with suppress(DocumentError):
                assert read_document(json.loads(json.dumps(stored))) == read_document(stored)


class TestReadPlace:
    def test_reads_what_stands_beside_an_item(self) -> None:
        assert read_place("is_required", True) is True
        assert read_place("shown_when", None) is None
        with pytest.raises(DocumentError, match="code"):
            read_place("code", "Not a code")

    @pytest.mark.parametrize("condition", CONDITIONS, ids=json.dumps)
    def test_reads_every_condition_that_routes(self, condition: Any) -> None:
        assert read_place("shown_when", condition) == condition

    @pytest.mark.parametrize("condition", NO_CONDITIONS, ids=json.dumps)
    def test_refuses_what_is_no_condition(self, condition: Any) -> None:
        with pytest.raises(DocumentError):
            read_place("shown_when", condition)
        with pytest.raises(DocumentError):
            read_place("shown_when", {"all": [{"not": condition}]})


class TestIsDay:
    @pytest.mark.parametrize(
        ("text", "is_one"),
        [
            ("2026-02-28", True),
            ("2026-02-29", False),
            ("2026-13-45", False),
            ("0000-01-01", False),
            ("20260228", False),
            ("2026-W09-6", False),
            ("", False),
        ],
    )
    def test_knows_the_calendar(self, text: str, is_one: bool) -> None:
        assert is_day(text) is is_one


class TestReadItem:
    def test_says_where_by_the_field_alone(self) -> None:
        assert read_item({"code": "warm", "texts": {"en": "Warm?"}}).code == "warm"
        with pytest.raises(DocumentError, match=r"^texts: "):
            read_item({"code": "warm", "texts": {}})


class TestReadHead:
    def test_reads_one_field_of_the_whole(self) -> None:
        assert read_head("languages", ["en", "ar"]) == ("en", "ar")
        with pytest.raises(DocumentError, match="languages"):
            read_head("languages", [])
