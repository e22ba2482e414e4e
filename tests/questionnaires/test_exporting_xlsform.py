"""Documents as XLSForms, and back."""

from dataclasses import replace
from io import BytesIO

from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentScale,
    DocumentSection,
)
from survey.questionnaires.exporting_xlsform import list_unsaid, to_xlsform
from survey.questionnaires.importers import read_file
from tests.questionnaires.sayable import documents

YES_NO = (DocumentOption(1, {"en": "Yes"}), DocumentOption(2, {"en": "No"}))
WARM = DocumentItem("warm", {"en": "Warm?"}, options=YES_NO, allows_cant_say=False)


def with_items(*items: DocumentItem) -> Document:
    return Document("visit", "Visit", "EMPLOYEE", ("en",), (DocumentSection("s", items),))


def sheet(document: Document, name: str) -> list[list[object]]:
    return (
        CalamineWorkbook.from_object(BytesIO(to_xlsform(document)))
        .get_sheet_by_name(name)
        .to_python()
    )


class TestToXlsform:
    @settings(max_examples=60, deadline=None)
    @given(documents())
    def test_says_all_that_a_form_can_say_so_that_it_reads_back_equal(
        self, document: Document
    ) -> None:
        imported = read_file("form.xlsx", to_xlsform(document))

        assert imported.document == document
        assert imported.left_out == ()
        assert [one.what for one in list_unsaid(document)] == ["EMPLOYEE"]

    def test_would_not_read_back_equal_with_another_word(self) -> None:
        changed = with_items(replace(WARM, texts={"en": "Cold?"}))

        assert read_file("form.xlsx", to_xlsform(with_items(WARM))).document != changed

    def test_writes_words_that_look_like_formulas_as_words(self) -> None:
        document = with_items(replace(WARM, texts={"en": '=HYPERLINK("http://x")'}))

        assert sheet(document, "survey")[2][2] == '=HYPERLINK("http://x")'

    def test_asks_own_words_beside_their_answer(self) -> None:
        options = (*YES_NO, DocumentOption(9, {"en": "Other"}, is_other=True))

        rows = sheet(with_items(replace(WARM, options=options)), "survey")

        assert [row[:2] for row in rows[2:4]] == [
            ["select_one warm", "warm"],
            ["text", "warm_other"],
        ]
        assert "selected(${warm}, '9')" in rows[3]


class TestListUnsaid:
    def test_names_what_a_form_has_no_words_for(self) -> None:
        items = (
            replace(WARM, allows_cant_say=True, version=3, settings={"is_fixed": True}),
            DocumentItem("why", {"en": "Why?", "fr": "Et?"}, "TEXT", asks_for_playback=True),
            DocumentItem(
                "much",
                {"en": "On {{fact:date}}?"},
                "NUMBER",
                settings={"decimals": 2, "messages": {"not_a_number": {"en": "No"}}},
                shown_when={"attribute": "region", "op": "=", "value": "north"},
            ),
            replace(WARM, code="here", shown_when={"language": ["en"]}),
        )
        scale = DocumentScale("s", "c", "S", "how", 1, 2, ("warm",))
        document = replace(with_items(*items), scales=(scale,), settings={"page": "ONE_BY_ONE"})

        told = {(one.where, one.what) for one in list_unsaid(document)}

        assert told >= {
            ("warm", "allows_cant_say"),
            ("warm", "version"),
            ("warm", "is_fixed"),
            ("why", "asks_for_playback"),
            ("why", "fr"),
            ("much", "decimals: 2"),
            ("much", "not_a_number"),
            ("much", "its condition"),
            ("much", "{{fact:date}}"),
            ("here", "its condition"),
            ("the questionnaire", "s"),
            ("the questionnaire", "page: ONE_BY_ONE"),
        }
