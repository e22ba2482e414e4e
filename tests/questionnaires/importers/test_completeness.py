"""Nothing of a file is silently dropped: it is in the questionnaire or in the report."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from survey.questionnaires.importers import ImportedQuestionnaire, read_file
from survey.questionnaires.importers.coding import make_code
from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.xlsform_sheets import read_sheets
from tests.questionnaires.importers.samples import RICH
from tests.questionnaires.importers.test_files import REAL, real

Elements = list[tuple[str, bool]]  # a question or group by name, and whether it has a condition


def elements_of_lss(data: bytes) -> Elements:
    """Return questions and groups of a LimeSurvey file, read in another way than the importer."""
    root = fromstring(data)
    found: dict[str, bool] = {}
    for row in root.iterfind("./questions/rows/row"):
        said = (row.findtext("relevance") or "").strip()
        found[row.findtext("title") or ""] = said not in ("", "1")
    for row in root.iterfind("./groups/rows/row"):
        found[row.findtext("group_name") or ""] = bool((row.findtext("grelevance") or "").strip())
    return list(found.items())


def elements_of_form(data: bytes) -> Elements:
    lines = read_sheets(data, Report())["survey"].lines
    ends = ("end_group", "end_repeat")
    return [
        (line.cells["name"], "relevant" in line.cells)
        for line in lines
        if line.cells["type"] not in ends
    ]


def elements_of_qsf(data: bytes) -> Elements:
    elements = json.loads(data)["SurveyElements"]
    questions = [one["Payload"] for one in elements if one["Element"] == "SQ"]
    return [(one["DataExportTag"], "DisplayLogic" in one) for one in questions]


READERS = {"limesurvey": elements_of_lss, "xlsform": elements_of_form, "qualtrics": elements_of_qsf}


def list_dropped(imported: ImportedQuestionnaire, elements: Elements) -> list[str]:
    """Return the elements, and conditions of elements, that are nowhere."""
    dropped = []
    for name, has_condition in elements:
        code = re.escape(make_code(name, "none"))
        whole = re.compile(rf"{code}(_.*)?|{code}comment")
        items = [item for item in imported.document.items if whole.fullmatch(item.code)]
        sections = [
            one
            for one in imported.document.sections
            if one.code == make_code(name, "none") or name in one.texts.values()
        ]
        told = [one for one in imported.left_out if name in re.split("[“”]", one.where)]
        places: list[Any] = [*items, *sections]
        if not places and not told:
            dropped.append(name)
        lost = any(
            "condition" in one.what or one.what in ("all of it", "the section") for one in told
        )
        if has_condition and not lost and any(one.shown_when is None for one in places):
            dropped.append(f"the condition of {name}")
    return dropped


class TestNothing:
    @pytest.mark.parametrize("kind", RICH)
    def test_is_dropped_from_a_rich_file(self, kind: str) -> None:
        elements = READERS[kind](RICH[kind])
        imported = read_file("rich", RICH[kind])

        assert len(elements) >= 12
        assert any(has_condition for _name, has_condition in elements)
        assert list_dropped(imported, elements) == []

    @pytest.mark.parametrize("name", REAL)
    def test_is_dropped_from_a_real_file(self, name: str) -> None:
        data = real(name)
        imported = read_file(name, data)

        assert list_dropped(imported, READERS[imported.kind](data)) == []

    @pytest.mark.parametrize("kind", RICH)
    def test_would_be_dropped_unseen(self, kind: str) -> None:
        imported = read_file("rich", RICH[kind])
        sections = tuple(
            replace(
                one,
                shown_when=None,
                items=tuple(replace(item, shown_when=None) for item in one.items[1:]),
            )
            for one in imported.document.sections
        )
        document = replace(imported.document, sections=sections)
        cut = replace(imported, document=document, left_out=())

        dropped = list_dropped(cut, READERS[kind](RICH[kind]))

        assert [one for one in dropped if one.startswith("the condition")]
        assert [one for one in dropped if not one.startswith("the condition")]
