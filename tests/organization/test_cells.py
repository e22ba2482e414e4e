"""What may stand in a cell of a roster."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.organization.cells import CELLS, CellError, as_text
from survey.organization.columns import OPTIONAL, REQUIRED


class TestCells:
    def test_are_known_for_every_column(self) -> None:
        assert set(CELLS) == {*REQUIRED, *OPTIONAL}

    @pytest.mark.parametrize(
        ("column", "text", "value"),
        [
            ("person_id", "0042", "0042"),
            ("name", "Zoë O'Brien-Müller", "Zoë O'Brien-Müller"),
            ("email", "", ""),
            ("email", "ana@example.org", "ana@example.org"),
            ("team", "bäckerei_2", "bäckerei_2"),
            ("parent", "", ""),
            ("language", "PT_br", "pt-br"),
            ("language", "", ""),
            ("leader", "Yes", "yes"),
            ("leader", "1", "yes"),
            ("leader", "", "no"),
            ("from", "2026-11-30", "2026-11-30"),
            ("from", "", ""),
            ("phone", "0049 (170) 123-4567", "+491701234567"),
            ("phone", "", ""),
            ("time_zone", "Pacific/Auckland", "Pacific/Auckland"),
            ("manager", "0042", "0042"),
            ("closed", "2026-11-30", "2026-11-30"),
            ("succeeded_by", "mill", "mill"),
        ],
    )
    def test_hold_what_their_column_means(self, column: str, text: str, value: str) -> None:
        assert CELLS[column](text) == value

    @pytest.mark.parametrize(
        ("column", "text", "problem"),
        [
            ("person_id", "", "is empty"),
            ("name", "", "is empty"),
            ("team", "", "is empty"),
            ("person_id", "x" * 81, "is longer than 80 letters"),
            ("name", "Ana\nBen", "line break"),
            ("name", "Ana\udce9", "not written in UTF-8"),
            ("email", "ana@", "is not an e-mail address"),
            ("team", "front desk", "is not a code"),
            ("parent", "a/b", "is not a code"),
            ("language", "english", "is not a language tag"),
            ("leader", "perhaps", "is neither yes nor no"),
            ("from", "30.11.2026", "is not a date such as 2026-11-30"),
            ("from", "2026-02-30", "is not a date such as 2026-11-30"),
            ("name", "=HYPERLINK()", "begins with =, as a formula does"),
            ("name", "Ana\u202egpj", "turns the direction of writing"),
            ("name", "Ana\u2028Ben", "line break"),
            ("phone", "0170 1234567", "begins with \\+ and the country's code"),
            ("time_zone", "Europe/Atlantis", "is not a time zone such as Europe/Lisbon"),
            ("time_zone", "../../etc/passwd", "is not a time zone"),
        ],
    )
    def test_say_what_is_wrong(self, column: str, text: str, problem: str) -> None:
        with pytest.raises(CellError, match=problem):
            CELLS[column](text)

    @given(column=st.sampled_from(sorted(CELLS)), text=st.text(max_size=300))
    def test_never_break_and_read_their_own_values_again(self, column: str, text: str) -> None:
        value = read_or_refuse(column, text)

        assert value is None or read_or_refuse(column, value) == value


class TestAsText:
    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            (" Ana ", "Ana"),
            (1001.0, "1001"),
            (0.5, "0.5"),
            (True, "yes"),
            (False, "no"),
            (None, ""),
            (date(2026, 11, 30), "2026-11-30"),
            (datetime(2026, 11, 30), "2026-11-30"),  # noqa: DTZ001 - as a spreadsheet has it
            (time(6, 30), "06:30:00"),
        ],
    )
    def test_reads_what_spreadsheets_hold(self, cell: object, text: str) -> None:
        assert as_text(cell) == text

    @pytest.mark.parametrize(
        ("cell", "problem"),
        [
            (1e15, "is a number too long to be exact"),
            ("#REF!", "holds #REF!, the error of a formula"),
            (timedelta(1), "is a length of time"),
        ],
    )
    def test_refuses_what_is_no_text(self, cell: object, problem: str) -> None:
        with pytest.raises(CellError, match=problem):
            as_text(cell)


def read_or_refuse(column: str, text: str) -> str | None:
    try:
        return CELLS[column](text)
    except CellError:
        return None
