"""What may stand in a cell of a roster."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.organization.cells import CELLS, CellError
from survey.organization.roster import OPTIONAL, REQUIRED


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
        ],
    )
    def test_say_what_is_wrong(self, column: str, text: str, problem: str) -> None:
        with pytest.raises(CellError, match=problem):
            CELLS[column](text)

    @given(column=st.sampled_from(sorted(CELLS)), text=st.text(max_size=300))
    def test_never_break_and_read_their_own_values_again(self, column: str, text: str) -> None:
        value = read_or_refuse(column, text)

        assert value is None or read_or_refuse(column, value) == value


def read_or_refuse(column: str, text: str) -> str | None:
    try:
        return CELLS[column](text)
    except CellError:
        return None
