"""Earlier answers repeated in later texts."""

import pytest

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.importers.conditions import Target
from survey.questionnaires.importers.repeating import resolve_repeats
from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.wording import mark

ASKED = DocumentItem("asked", {"en": "?"}, "LINE")
NOTE = DocumentItem("note", {"en": "!"}, "NOTE")
NAMES = {
    "Asked": Target(ASKED),
    "Late": Target(DocumentItem("late", {"en": "?"})),
    "Note": Target(NOTE),
}
BEFORE = {"asked": ASKED, "note": NOTE}


class TestResolveRepeats:
    @pytest.mark.parametrize(
        ("text", "filled", "n_told"),
        [
            (f"Hi {mark('Asked')}", "Hi {{item:asked}}", 0),
            ("Hi {{item:asked}} {{fact:date}}", "Hi {{item:asked}} {{fact:date}}", 0),
            (f"Hi {mark('Late')}", "Hi …", 1),
            (f"Hi {mark('Note')}", "Hi …", 1),
            (f"Hi {mark('Nobody')} {mark('None')}", "Hi … …", 1),
            ("Hi {{item:nobody}} {{fact:shoe}}", "Hi … …", 2),
        ],
    )
    def test_keep_what_was_answered_before(self, text: str, filled: str, n_told: int) -> None:
        report = Report()

        assert resolve_repeats({"en": text}, NAMES, BEFORE, "here", report) == {"en": filled}
        assert len(report.lines) == n_told

    def test_stay_within_the_limit(self) -> None:
        text = mark("Asked") * 400

        filled = resolve_repeats({"en": text}, NAMES, BEFORE, "here", Report())

        assert filled == {"en": "…" * 400}
