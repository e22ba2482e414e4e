"""What readers of spreadsheets share."""

import pytest
from python_calamine import CalamineError

from survey.organization.archives import is_workbook, number_of, panics_as_errors
from tests.organization.arrivals import xlsx_of


class PanicException(BaseException):  # the name that Rust gives it
    """Stands for the one of pyo3, which cannot be imported."""


class TestPanicsAsErrors:
    def test_raises_an_error_for_a_panic_only(self) -> None:
        with pytest.raises(CalamineError, match="index"), panics_as_errors():
            raise PanicException("index out of bounds")
        with pytest.raises(KeyboardInterrupt), panics_as_errors():
            raise KeyboardInterrupt


class TestIsWorkbook:
    def test_is_for_archives_only(self) -> None:
        assert is_workbook(xlsx_of(("a",)))
        assert not is_workbook(b"person_id,name\n")


class TestNumberOf:
    @pytest.mark.parametrize(("letters", "number"), [(b"A", 1), (b"z", 26), (b"AA", 27)])
    def test_counts_columns(self, letters: bytes, number: int) -> None:
        assert number_of(letters) == number
