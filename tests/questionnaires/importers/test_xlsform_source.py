"""What the columns of an XLSForm say."""

import pytest

from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.xlsform_sheets import Line, Sheet
from survey.questionnaires.importers.xlsform_source import (
    Languages,
    read_choices,
    read_constraint,
    read_parameters,
)


def languages(*headings: str, default: str = "") -> tuple[Languages, Report]:
    report = Report()
    return Languages([Sheet(headings, ())], default, report), report


class TestLanguages:
    def test_begin_with_the_default(self) -> None:
        found, report = languages(
            "label::العربية (ar)", "hint::English (en)", default="English (en)"
        )

        assert found.tags == ["en", "ar"]
        assert found.texts({"label::العربية (ar)": "نعم", "other": "x"}, "label") == {"ar": "نعم"}
        assert report.lines == ()

    @pytest.mark.parametrize("default", ["en", "English", "English (en)"])
    def test_know_the_default_by_any_name(self, default: str) -> None:
        found, report = languages("label::Deutsch (de)", "label::English (en)", default=default)

        assert found.tags == ["en", "de"]
        assert found.texts({"label::English (en)": "A", "label": "B"}, "label") == {"en": "A"}
        assert report.lines == ()

    def test_tell_what_nobody_knows(self) -> None:
        found, report = languages("label::en", "label::Klingon speech", "label::English")

        assert found.tags == ["en"]
        assert [line.what for line in report.lines] == ["Klingon speech", "English"]

    def test_are_undetermined_where_the_only_one_is_unknown(self) -> None:
        found, report = languages("label::Klingon speech")

        assert found.tags == ["und"]
        assert len(report.lines) == 1

    def test_take_plain_columns_as_english_and_tell_it(self) -> None:
        found, report = languages("label")

        assert found.texts({"label": "A"}, "label") == {"en": "A"}
        assert "taken as “en”" in report.lines[0].reason


class TestReadChoices:
    def test_tells_lines_and_columns_that_say_nothing(self) -> None:
        report = Report()
        lines = [
            {"list_name": "l", "name": "a"},
            {"list_name": "l", "name": "a"},
            {"list_name": "l"},
            {"name": "b"},
            {"list_name": "l", "value": "c"},
        ]
        sheet = Sheet(
            ("list_name", "name", "region"), tuple(Line(n, c) for n, c in enumerate(lines))
        )

        choices = read_choices(sheet, report)

        assert [line.number for line in choices.lists["l"]] == [0, 4]
        assert len(report.lines) == 4


class TestReadConstraint:
    @pytest.mark.parametrize(
        ("said", "kind", "settings"),
        [
            (". >= 1 and . <= 2.5", "NUMBER", {"minimum": 1, "maximum": 2.5}),
            (". >= date('2026-01-31')", "DATE", {"minimum": "2026-01-31"}),
            ("count-selected(.) >= 1 and count-selected(.) < 4", "MULTIPLE",
             {"min_choices": 1, "max_choices": 3}),
        ],
    )  # fmt: skip
    def test_keeps_bounds(self, said: str, kind: str, settings: object) -> None:
        found = read_constraint(said, kind)

        assert (found.settings, found.lost) == (settings, "")

    def test_keeps_answers_that_stand_alone(self) -> None:
        found = read_constraint("not(selected(., 'no') and count-selected(.) > 1)", "MULTIPLE")

        assert found.exclusive == ["no"]

    @pytest.mark.parametrize(
        ("said", "kind"),
        [
            (". > 1", "NUMBER"),
            (". >= ${a}", "NUMBER"),
            (". >= 1 or . = -1", "NUMBER"),
            ("regex(., '^[a-z]+$')", "LINE"),
            (". >= '2026-01-31'", "LINE"),
            ("count-selected(.) <= 99999", "MULTIPLE"),
            ("§", "LINE"),
        ],
    )
    def test_tells_what_it_cannot_keep(self, said: str, kind: str) -> None:
        found = read_constraint(said, kind)

        assert found.lost
        assert found.settings == {}


class TestReadParameters:
    def test_reads_them_by_name(self) -> None:
        assert read_parameters("start=1 END = 5;step=0.5") == {
            "start": "1",
            "end": "5",
            "step": "0.5",
        }
