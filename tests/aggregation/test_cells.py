"""Joining customers' cells."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from survey.aggregation.cells import CountedCell, join_cells, month_of

cells = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 7), st.integers(0, 90)), max_size=20)


def number(rows: list[tuple[int, int, int]]) -> list[CountedCell]:
    """Make cells in the order of their days from (group, valid answers, day)."""
    ordered = sorted(rows, key=lambda row: row[2])
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + day) for _, _, day in ordered]
    return [
        CountedCell(at, group, at, day, n)
        for at, ((group, n, _), day) in enumerate(zip(ordered, days, strict=True))
    ]


class TestJoinCells:
    @given(rows=cells)
    def test_gives_every_group_nobody_or_at_least_k_a_month(
        self, rows: list[tuple[int, int, int]]
    ) -> None:
        for together in join_cells(number(rows), k=5).values():
            groups = {cell.group_id for cell in together}
            assert all(
                sum(cell.n for cell in together if cell.group_id == group) >= 5 for group in groups
            )

    @given(rows=cells, later=cells)
    def test_never_changes_a_month_that_is_over(
        self, rows: list[tuple[int, int, int]], later: list[tuple[int, int, int]]
    ) -> None:
        before = join_cells(number(rows), k=5)
        last = max((day for _, _, day in rows), default=0) + 31
        more = number([*rows, *((group, n, last + day) for group, n, day in later)])
        after = join_cells(more, k=5)
        over = {month_of(cell.sealed_date) for cell in number(rows)}
        for month in over:
            ids = {(cell.group_id, cell.sealed_date, cell.n) for cell in after.get(month, ())}
            old = {(cell.group_id, cell.sealed_date, cell.n) for cell in before.get(month, ())}
            assert ids == old

    @given(rows=cells)
    def test_uses_no_cell_twice(self, rows: list[tuple[int, int, int]]) -> None:
        used = [cell for together in join_cells(number(rows), k=5).values() for cell in together]
        assert len(used) == len(set(used))
