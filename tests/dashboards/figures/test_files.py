"""All figures as a file."""

import csv
from io import StringIO

from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import User
from survey.aggregation.models import Figure, Release
from survey.dashboards.access import find_reader
from survey.dashboards.figures.choices import ALL, choose_figures
from survey.dashboards.figures.files import build_table
from survey.dashboards.tables import Table, write_csv

pytest_plugins = ["tests.dashboards.figures.company"]


def make_table(user: User, **wanted: str) -> Table:
    chosen = choose_figures(reader=find_reader(user=user), wanted=wanted, is_file=True)
    return build_table(chosen)


def read(table: Table) -> tuple[list[dict[str, str]], list[list[str]]]:
    """Return the rows by column, and the notes below the gap."""
    lines = list(csv.reader(StringIO("".join(write_csv(table)))))
    gap = lines.index([])
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:gap]], lines[gap + 1 :]


class TestBuildTable:
    def test_holds_every_figure_as_released(self, alice: User, both_waves: list[Release]) -> None:
        rows, _ = read(make_table(alice, period=ALL))
        figures = Figure.objects.select_related("group", "release__wave__campaign")

        assert sorted(
            (row["wave"], row["group_code"], row["metric"], row["n"], row["mean"], row["low"])
            for row in rows
        ) == sorted(
            (
                str(one.release.wave),
                one.group.code,
                one.metric,
                str(one.n),
                str(one.mean),
                "" if one.low is None else str(one.low),
            )
            for one in figures
        )

    def test_ends_with_the_number_of_rows_and_the_checksums(
        self, alice: User, both_waves: list[Release]
    ) -> None:
        rows, notes = read(make_table(alice, period=ALL))

        assert notes[0] == ["rows", str(len(rows))]
        assert [checksum for _, checksum in notes[1:]] == [one.checksum for one in both_waves]

    def test_spreads_what_only_some_figures_have(
        self, alice: User, both_waves: list[Release]
    ) -> None:
        rows, _ = read(make_table(alice, metric="recommend"))
        company = next(row for row in rows if row["group_code"] == "company")

        assert (company["kind"], company["recommend"]) == ("node", "-100")
        assert company["divided"] == company["end"] == ""
        items, _ = read(make_table(alice, metric="item:fair_1"))
        assert items[0]["shares"].startswith("1: 0; 2: ")

    def test_holds_nothing_of_other_teams(self, bob: User, both_waves: list[Release]) -> None:
        rows, notes = read(make_table(bob, period=ALL))

        assert {row["group_code"] for row in rows} == {"bakery"}
        assert notes[0] == ["rows", str(len(rows))]

    def test_marks_a_name_that_a_spreadsheet_would_run(
        self, alice: User, both_waves: list[Release]
    ) -> None:
        both_waves[0].wave.groups.filter(code="bakery").update(name="=cmd()")

        rows, _ = read(make_table(alice, metric="fair"))

        assert "'=cmd()" in {row["group"] for row in rows}

    def test_says_that_it_holds_nothing(self, alice: User) -> None:
        assert read(make_table(alice)) == ([], [["rows", "0"]])

    def test_asks_two_questions_for_each_wave(
        self,
        alice: User,
        both_waves: list[Release],
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        table = make_table(alice, period=ALL)

        with django_assert_num_queries(2 * len(both_waves)):
            read(table)
