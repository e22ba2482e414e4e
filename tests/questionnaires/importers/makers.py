"""Files of other programs, written in memory for the tests."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

Rows = Sequence[Mapping[str, str]]


def lss(**tables: Rows) -> bytes:
    """Return a LimeSurvey file with these tables; a survey in English where none is given."""
    survey = {"sid": "7", "language": "en", "additional_languages": "", "format": "G"}
    told = {"surveys": [survey], **tables}
    parts = [
        "<?xml version='1.0' encoding='UTF-8'?><document>"
        "<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>400</DBVersion>"
    ]
    for name, rows in told.items():
        cells = "".join(f"<row>{_cells(row)}</row>" for row in rows)
        parts.append(f"<{name}><rows>{cells}</rows></{name}>")
    return "".join([*parts, "</document>"]).encode()


def _cells(row: Mapping[str, str]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in row.items())


def group(gid: str = "1", name: str = "First", **more: str) -> dict[str, str]:
    """Return a row of a group."""
    return {"gid": gid, "group_name": name, "group_order": gid, "language": "en", **more}


def question(qid: str, kind: str, title: str, **more: str) -> dict[str, str]:
    """Return a row of a question, in the first group unless told otherwise."""
    usual = {"gid": "1", "question": f"About {title}?", "question_order": qid, "language": "en"}
    return {"qid": qid, "parent_qid": "0", "type": kind, "title": title, **usual, **more}


def row_of(parent: str, qid: str, title: str, **more: str) -> dict[str, str]:
    """Return a row of a subquestion."""
    return question(qid, "T", title, parent_qid=parent, question=f"Row {title}", **more)


def answer(qid: str, code: str, text: str, **more: str) -> dict[str, str]:
    """Return a row of an answer."""
    return {"qid": qid, "code": code, "answer": text, "language": "en", **more}


def xlsx(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook with these sheets."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def form(*lines: Mapping[str, Any], choices: Rows = (), **settings: str) -> bytes:
    """Return an XLSForm of lines given as cells by heading."""
    sheets = {"survey": _table(lines), "choices": _table(choices)}
    sheets |= {"settings": _table([settings])} if settings else {}
    return xlsx(**sheets)


def _table(lines: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    headings = list(dict.fromkeys(heading for line in lines for heading in line))
    return [headings, *([line.get(heading, "") for heading in headings] for line in lines)]


def choice(list_name: str, name: str, label: str, **more: str) -> dict[str, str]:
    """Return a line of the sheet of answers."""
    return {"list_name": list_name, "name": name, "label": label, **more}


def qsf(*questions: dict[str, Any], **more: Any) -> bytes:
    """Return a Qualtrics file that asks these in one block; blocks and flow may be told."""
    ids = [one["QuestionID"] for one in questions]
    elements = [{"Type": "Question", "QuestionID": one} for one in ids]
    blocks = [{"Type": "Default", "Description": "Main", "ID": "BL_1", "BlockElements": elements}]
    flow = {"Flow": [{"Type": "Block", "ID": "BL_1", "FlowID": "FL_1"}]}
    told = [
        {"Element": "BL", "Payload": more.pop("blocks", blocks)},
        {"Element": "FL", "Payload": more.pop("flow", flow)},
        *(
            {"Element": "SQ", "PrimaryAttribute": one["QuestionID"], "Payload": one}
            for one in questions
        ),
        *more.pop("elements", []),
    ]
    entry = {"SurveyID": "SV_1", "SurveyName": "Visit", "SurveyLanguage": "EN", **more}
    return json.dumps({"SurveyEntry": entry, "SurveyElements": told}).encode()


def asked(qid: str, kind: str, selector: str, **more: Any) -> dict[str, Any]:
    """Return the payload of a question of Qualtrics."""
    usual = {"QuestionText": f"About {qid}?", "DataExportTag": qid.lower(), "QuestionID": qid}
    return {"QuestionType": kind, "Selector": selector, **usual, **more}


def displays(*texts: str) -> dict[str, dict[str, str]]:
    """Return choices of Qualtrics numbered from one."""
    return {str(number): {"Display": text} for number, text in enumerate(texts, start=1)}


def when(locator: str, operator: str = "Selected", **more: Any) -> dict[str, Any]:
    """Return a display logic of one comparison."""
    one = {"LogicType": "Question", "LeftOperand": locator, "Operator": operator, **more}
    return {"0": {"0": {**one, "Description": f"If {locator} {operator}"}, "Type": "If"}}


def archive(**parts: bytes) -> bytes:
    """Return a zip of these parts, underlines in their names standing for slashes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()
