"""Released figures as the rows of a long table."""

from survey.accounts.models import User
from survey.aggregation.models import Figure, Release
from survey.dashboards.access import find_reader
from survey.dashboards.figures.choices import ALL, Chosen, choose_figures
from survey.dashboards.figures.rows import COLUMNS, Counted

pytest_plugins = ["tests.dashboards.figures.company"]


def chosen(user: User, **wanted: str) -> Chosen:
    found = choose_figures(reader=find_reader(user=user), wanted=wanted, is_file=True)
    assert found is not None
    return found


class TestCounted:
    def test_counts_what_was_read(self, alice: User, both_waves: list[Release]) -> None:
        counted = Counted(chosen(alice, period=ALL))

        rows = list(counted)

        assert counted.n_rows == len(rows) == Figure.objects.count()
        assert {len(row) for row in rows} == {len(COLUMNS)}

    def test_spreads_what_only_some_figures_have(
        self, alice: User, both_waves: list[Release]
    ) -> None:
        figure = Figure.objects.all()[0]
        Figure.objects.exclude(pk=figure.pk).update(detail={})
        Figure.objects.filter(pk=figure.pk).update(
            detail={"shares": {"1": 20, "2": 80}, "divided": True, "end": "high"}
        )

        rows = [dict(zip(COLUMNS, row, strict=True)) for row in Counted(chosen(alice, period=ALL))]

        (detailed,) = (row for row in rows if row["divided"])
        assert (detailed["shares"], detailed["end"]) == ("1: 20; 2: 80", "high")
        assert detailed["recommend"] is None
        assert all(row["shares"] is None for row in rows if row is not detailed)

    def test_holds_what_bob_may_see_and_no_more(self, bob: User, both_waves: list[Release]) -> None:
        groups = {row[COLUMNS.index("group_code")] for row in Counted(chosen(bob, period=ALL))}

        assert groups <= {"bakery"}
