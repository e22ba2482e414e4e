"""Lists to choose from."""

import pytest

from survey.dashboards.filters import Option, UnknownChoiceError, build_filter, choose

QUARTERS = {"2026-04-01": "Q2 2026", "2026-01-01": "Q1 2026"}


class TestBuildFilter:
    def test_marks_what_is_chosen(self) -> None:
        found = build_filter("period", "Quarter", QUARTERS, "2026-01-01")

        assert found.options == (
            Option("2026-04-01", "Q2 2026", is_chosen=False),
            Option("2026-01-01", "Q1 2026", is_chosen=True),
        )


class TestChoose:
    def test_takes_what_is_wanted(self) -> None:
        assert choose("2026-01-01", QUARTERS) == "2026-01-01"

    @pytest.mark.parametrize("wanted", [None, ""])
    def test_takes_the_first_where_nothing_is_wanted(self, wanted: str | None) -> None:
        assert choose(wanted, QUARTERS) == "2026-04-01"

    def test_refuses_what_is_not_there(self) -> None:
        with pytest.raises(UnknownChoiceError):
            choose("2025-01-01", QUARTERS)
