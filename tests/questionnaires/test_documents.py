"""Questionnaires as files: written plainly, described by a schema."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest

from survey.questionnaires import documents, reading
from survey.questionnaires.documents import (
    SCHEMA,
    Document,
    DocumentItem,
    DocumentOption,
    DocumentSection,
    document_to_json,
)

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "docs" / "questionnaire.schema.json"
STORED: dict[str, Any] = json.loads(SCHEMA_FILE.read_text())
TABLES: dict[str, Mapping[str, Any]] = {
    "DocumentOption": reading.OPTION,
    "DocumentItem": reading.ITEM,
    "DocumentSection": reading.SECTION,
    "DocumentScale": reading.SCALE,
}


def enums(value: Any) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict):
        if "enum" in value:
            yield tuple(value["enum"])
        for each in value.values():
            yield from enums(each)
    elif isinstance(value, list):
        for each in value:
            yield from enums(each)


class TestDocumentToJson:
    def test_leaves_out_what_is_usual(self) -> None:
        item = DocumentItem("fair_1", {"en": "Fair?"}, options=(DocumentOption(1, {"en": "No"}),))
        document = Document(
            "pulse", "Pulse", "EMPLOYEE", ("en",), (DocumentSection("first", (item,)),)
        )

        assert document_to_json(document) == {
            "schema": SCHEMA,
            "code": "pulse",
            "name": "Pulse",
            "audience": "EMPLOYEE",
            "languages": ["en"],
            "sections": [
                {
                    "code": "first",
                    "items": [
                        {
                            "code": "fair_1",
                            "texts": {"en": "Fair?"},
                            "options": [{"value": 1, "texts": {"en": "No"}}],
                        }
                    ],
                }
            ],
        }


class TestSchema:
    @pytest.mark.parametrize("name", TABLES)
    def test_names_the_fields_of_every_object(self, name: str) -> None:
        kind = getattr(documents, name)
        told = fields(kind)
        needed = {
            one.name for one in told if one.default is MISSING and one.default_factory is MISSING
        }

        assert set(STORED["$defs"][name]["properties"]) == {one.name for one in told}
        assert set(STORED["$defs"][name]["required"]) == needed
        assert set(TABLES[name]) == {one.name for one in told}

    def test_names_the_fields_of_the_whole(self) -> None:
        told = {one.name for one in fields(Document)}

        assert set(STORED["properties"]) == told | {"schema"} == set(reading.DOCUMENT) | {"schema"}
        assert STORED["properties"]["schema"] == {"const": SCHEMA}

    def test_names_all_settings(self) -> None:
        settings, of_items = STORED["$defs"]["settings"], STORED["$defs"]["item_settings"]

        assert set(settings["properties"]) == set(reading.QUESTIONNAIRE_SETTINGS)
        assert set(of_items["properties"]) == set(reading.ITEM_SETTINGS)

    def test_allows_the_words_that_the_models_know(self) -> None:
        known = {
            tuple(reading.Audience.values),
            tuple(reading.ItemKind.values),
            tuple(reading.ScoringMethod.values),
            reading.PAGES,
        }

        assert known <= set(enums(STORED))
