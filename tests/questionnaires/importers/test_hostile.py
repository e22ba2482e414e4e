"""Files that are odd, broken or meant to hurt: imported with a report, or refused with a place."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from survey.questionnaires.documents import document_to_json
from survey.questionnaires.importers import ImportRefusedError, read_file
from survey.questionnaires.reading import read_document
from tests.questionnaires.importers.makers import (
    answer,
    archive,
    asked,
    displays,
    form,
    group,
    lss,
    qsf,
    question,
    row_of,
    when,
    xlsx,
)

HEAD = b"<?xml version='1.0'?>"
LAUGHS = HEAD + (
    b"<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
    b"<document><LimeSurveyDocType>&b;</LimeSurveyDocType></document>"
)
OUTSIDE = HEAD + (
    b"<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    b"<document><LimeSurveyDocType>&x;</LimeSurveyDocType></document>"
)
PLAIN_FORM = form({"type": "text", "name": "a", "label": "A"})
PLAIN_LSS = lss(groups=[group()], questions=[question("1", "S", "a")])


def with_password() -> bytes:
    """Return a form whose parts all claim to be encrypted."""
    data = bytearray(PLAIN_FORM)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    return bytes(data)


def with_part(name: str, content: bytes) -> bytes:
    """Return the plain form with one part of it exchanged."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(PLAIN_FORM)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "spaces": (lambda: b" \n\t ", "empty"),
    "words": (lambda: b"type,name,label\n", "neither"),
    "noise": (lambda: bytes(range(256)), "neither"),
    "a web page": (lambda: b"<!DOCTYPE html><html><body>x", "web page"),
    "a web page in capitals": (lambda: b"\n<HTML>", "web page"),
    "an old spreadsheet": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old"),
    "eleven megabytes": (lambda: b" " * 11_000_000, "larger than 10 MB"),
    "laughs": (lambda: LAUGHS, "unsafe"),
    "an outside entity": (lambda: OUTSIDE, "unsafe"),
    "xml of somebody else": (lambda: b"<rss><channel/></rss>", "no survey of LimeSurvey"),
    "a label set": (
        lambda: PLAIN_LSS.replace(b"Survey<", b"Label set<"),
        "no survey of LimeSurvey",
    ),
    "half a survey": (lambda: PLAIN_LSS[: len(PLAIN_LSS) // 2], "well-formed"),
    "a survey in a wrong encoding": (
        lambda: PLAIN_LSS.replace(b"About", b"\xff\xfe\xe9"),
        "well-formed",
    ),
    "an unheard-of encoding": (lambda: PLAIN_LSS.replace(b"UTF-8", b"EBCDIC-9"), "encoding|formed"),
    "deep xml": (lambda: b"<document>" + b"<a>" * 300_000, "nested too deeply"),
    "a survey without a survey": (lambda: lss(surveys=[]), "no survey"),
    "a survey without questions": (lambda: lss(groups=[group()]), "no question"),
    "a survey of equations": (
        lambda: lss(groups=[group()], questions=[question("1", "*", "e")]),
        "no question",
    ),
    "a NUL in xml": (lambda: PLAIN_LSS.replace(b"About", b"A\0"), "well-formed"),
    "half a zip": (lambda: PLAIN_FORM[: len(PLAIN_FORM) // 2], "damaged"),
    "a zip of notes": (lambda: archive(readme=b"x"), "damaged"),
    "a zip with a password": (with_password, "password"),
    "a zip bomb": (
        lambda: archive(xl__workbook=b"", **{"xl__workbook.xml": b" " * 30_000_000}),
        "trap",
    ),
    "a sheet of nonsense": (lambda: with_part("xl/workbook.xml", b"<nothing"), "damaged|survey"),
    "a far cell": (
        lambda: with_part(SHEET, b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"/>'),
        "too far out",
    ),
    "a sheet with entities": (
        lambda: with_part(SHEET, b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"),
        "damaged",
    ),
    "a roster": (lambda: xlsx(people=[["name", "team"], ["Ann", "Bakery"]]), "no XLSForm"),
    "a form without types": (lambda: form({"name": "a", "label": "A"}), "no column “type”"),
    "a form without names": (lambda: form({"type": "text", "label": "A"}), "no column “name”"),
    "a form of headings": (lambda: xlsx(survey=[["type", "name"]]), "no question"),
    "a form of nothing": (lambda: xlsx(survey=[]), "no column"),
    "groups in groups in groups": (
        lambda: form(*({"type": "begin_group", "name": f"g{n}"} for n in range(50))),
        "nested too deeply",
    ),
    "half a json": (lambda: b'{"SurveyEntry": ', "no JSON"),
    "json of somebody else": (lambda: b'{"pages": []}', "schema"),
    "a list": (lambda: b"[1, 2]", "must be an object"),
    "ten megabytes of brackets": (lambda: b"[" * 9_999_999, "nested too deeply"),
    "deep json": (lambda: b'{"SurveyEntry":' * 70 + b"1" + b"}" * 70, "nested too deeply"),
    "the same name twice": (lambda: b'{"SurveyEntry": {}, "SurveyEntry": {}}', "twice"),
    "json in latin-1": (lambda: '{"schema": "é"}'.encode("latin-1"), "UTF-8"),
    "a survey without elements": (
        lambda: b'{"SurveyEntry": {"SurveyName": "x"}, "SurveyElements": []}',
        "no survey of Qualtrics",
    ),
    "elements of nonsense": (
        lambda: b'{"SurveyEntry": {"a": 1}, "SurveyElements": [1, null, "x", {"Element": 3}]}',
        "no question",
    ),
    "a number of many digits": (lambda: b'{"schema": ' + b"9" * 5000 + b"}", "no JSON"),
}
ARABIC = "كم عمرك؟"
ACCEPTED: dict[str, tuple[Callable[[], bytes], str]] = {
    "Arabic": (
        lambda: form({"type": "integer", "name": "a", "label::العربية (ar)": ARABIC}),
        '{"ar": "كم عمرك؟"}',
    ),
    "a script in a label": (
        lambda: form(
            {"type": "text", "name": "a", "label": "Hi<script>alert(1)</script> <b>you</b>"}
        ),
        '"Hi you"',
    ),
    "a handler in xml": (
        lambda: lss(
            groups=[group()],
            questions=[question("1", "S", "a", question="<p onclick='x()'>Well?</p><img src=x>")],
        ),
        '"Well?"',
    ),
    "halves of letters": (
        lambda: qsf(asked("QID1", "TE", "SL", QuestionText="Well\ud800\x00?")),
        '"Well?"',
    ),
    "a loop of conditions": (
        lambda: form(
            {"type": "text", "name": "a", "label": "A", "relevant": "${b} = 'x'"},
            {"type": "text", "name": "b", "label": "B", "relevant": "${a} = 'x'"},
        ),
        '"shown_when": {"item": "a", "op": "=", "value": "x"}',
    ),
    "texts without end": (
        lambda: form(
            {"type": "note", "name": "n", "label": "x" * 30_000}, {"type": "text", "name": "a"}
        ),
        '"' + "x" * 5000 + '"',
    ),
    "a code of nothing": (lambda: form({"type": "text", "name": "؟؟", "label": "A"}), '"line_2"'),
    "a code twice": (
        lambda: form(*({"type": "text", "name": "a", "label": label} for label in "AB")),
        '"a_2"',
    ),
    "an option twice": (
        lambda: lss(
            groups=[group()],
            questions=[question("1", "L", "a")],
            answers=[answer("1", "x", "One"), answer("1", "x", "Two")],
        ),
        '"One"',
    ),
    "objects for texts": (
        lambda: qsf(asked("QID1", "MC", "SAVR", QuestionText={"a": 1}, Choices=displays("Yes"))),
        '"qid1"',
    ),
    "choices that are a list": (
        lambda: qsf(asked("QID1", "MC", "SAVR", Choices=[{"Display": "Yes"}, {"Display": "No"}])),
        '"Yes"',
    ),
    "a logic that looks at itself": (
        lambda: qsf(asked("QID1", "TE", "SL", DisplayLogic=when("q://QID1/ChoiceTextEntryValue"))),
        '"qid1"',
    ),
    "rows of nobody": (
        lambda: lss(
            groups=[group()],
            questions=[question("1", "S", "a"), question("2", "Q", "b")],
            subquestions=[row_of("99", "5", "r")],
        ),
        '"a"',
    ),
    "UTF-16": (lambda: qsf(asked("QID1", "TE", "SL")).decode().encode("utf-16"), '"qid1"'),
}


class TestOddFiles:
    @pytest.mark.parametrize("name", REFUSED)
    def test_are_refused_with_place_and_reason(self, name: str) -> None:
        make, words = REFUSED[name]

        with pytest.raises(ImportRefusedError, match=words) as refused:
            read_file(f"{name}.xlsx", make())

        assert refused.value.where
        assert refused.value.why

    @pytest.mark.parametrize("name", ACCEPTED)
    def test_are_imported_with_a_report(self, name: str) -> None:
        make, words = ACCEPTED[name]

        imported = read_file("odd", make())

        stored = document_to_json(imported.document)
        assert words in json.dumps(stored, ensure_ascii=False)
        assert read_document(stored) == imported.document
        if name not in ("Arabic", "UTF-16", "choices that are a list"):
            assert imported.left_out
        assert "<" not in json.dumps(stored["sections"]).replace('"<"', "")
