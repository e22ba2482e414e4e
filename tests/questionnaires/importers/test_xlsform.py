"""An XLSForm as a questionnaire."""

from typing import Any

from survey.questionnaires.importers.xlsform import read_xlsform
from tests.questionnaires.importers.looking import told
from tests.questionnaires.importers.makers import form


def text(name: str, **more: str) -> dict[str, Any]:
    """Return a line that asks for a text."""
    return {"type": "text", "name": name, "label": name, **more}


class TestReadXlsform:
    def test_makes_sections_of_groups_and_of_what_is_between(self) -> None:
        document = read_xlsform(
            form(
                text("a"),
                {"type": "begin group", "name": "g", "label": "Group", "relevant": "${a} != ''"},
                text("b"),
                {"type": "end group"},
                text("c"),
            )
        ).document

        assert [(one.code, [item.code for item in one.items]) for one in document.sections] == [
            ("part_1", ["a"]),
            ("g", ["b"]),
            ("part_3", ["c"]),
        ]
        assert document.sections[1].texts == {"en": "Group"}
        assert document.sections[1].shown_when == {"item": "a", "op": "answered"}

    def test_lays_groups_inside_groups_one_after_the_other(self) -> None:
        data = form(
            text("a"),
            {"type": "begin_group", "name": "out", "relevant": "${a} = 'x'"},
            text("b"),
            {"type": "begin_repeat", "name": "inner", "relevant": "${b} = 'y'"},
            text("c"),
            {"type": "end_repeat"},
            text("d"),
            {"type": "end_group"},
        )

        sections = read_xlsform(data).document.sections

        outer = {"item": "a", "op": "=", "value": "x"}
        assert [one.code for one in sections] == ["part_1", "out", "inner", "out_2"]
        assert sections[2].shown_when == {"all": [outer, {"item": "b", "op": "=", "value": "y"}]}
        assert sections[3].shown_when == outer
        assert any(line.startswith("its repetition") for line in told(data))

    def test_takes_its_settings(self) -> None:
        data = form(text("a"), form_title="Tea", form_id="TeaTime-1", style="pages", version="3")

        document = read_xlsform(data).document

        assert (document.code, document.name) == ("teatime_1", "Tea")
        assert document.settings == {"page": "SECTIONS"}
        assert "version = 3: these settings have no counterpart here" in told(data)

    def test_tells_broken_lines(self) -> None:
        data = form(
            {"type": "end_group"},
            {"type": "", "name": "nothing"},
            text("off", disabled="yes"),
            {"type": "begin_group", "name": "empty"},
            {"type": "end_group"},
            {"type": "begin_group", "name": "open"},
            text("a"),
        )

        assert [line.partition(":")[0] for line in told(data) if "language" not in line] == [
            "the end of a group",
            "the line",
            "all of it",
            "the section",
            "its end",
        ]
