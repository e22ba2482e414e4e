"""The tables of the page as files."""

import pytest

from survey.accounts.models import User
from survey.aggregation.models import Standing
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.overview.exports import make_table
from survey.dashboards.overview.pages import build_overview
from survey.dashboards.tables import Table
from tests.cast import Organisation
from tests.dashboards.overview.material import NOW, drawn, make_ranks, part
from tests.dashboards.standings import Q1

pytest_plugins = ["tests.dashboards.overview.company"]


def read(user: User, name: str) -> tuple[Table, list[list[object]]]:
    wanted = {"compare": Q1.isoformat()}
    page = build_overview(reader=find_reader(user=user), wanted=wanted, now=NOW)
    assert page is not None
    table = make_table(page, name)
    return table, [list(row) for row in table.rows]


@pytest.mark.usefixtures("pairing")
class TestMakeTable:
    def test_holds_every_score_as_printed(self, alice: User) -> None:
        table, rows = read(alice, "scores")

        assert table.title == "How people are doing: scores, The Company, Q3 2026"
        assert len(rows) == 14
        assert rows[0][:5] == ["staff", "Passionate", 40, 22.0, 19.0]
        assert rows[1] == [
            *("staff", "Fairness", 44, 71.1, 67.2, 75.0),
            *(44, 60.0, 56.1, 63.9, "higher"),
        ]
        assert all(len(row) == len(table.columns) for row in rows)

    def test_is_that_of_scores_unless_another_is_named(self, alice: User) -> None:
        assert read(alice, "")[0].title == read(alice, "scores")[0].title

    def test_says_how_it_was_made(self, alice: User) -> None:
        notes = dict(read(alice, "scores")[0].notes)

        assert notes["Staff: teams shown"] == 9
        assert notes["Staff: made on"] == "2026-08-15"
        assert notes["Customers: release checksum"] == "0" * 64
        assert "margin" in str(notes["method"])

    def test_holds_kinds_of_people(self, alice: User) -> None:
        _, rows = read(alice, "kinds")

        assert [row[:2] + row[3:] for row in rows] == [
            ["Passion", "Passionate", 22, 19, 25, 22],
            ["Passion", "Contented", 57, 54, 60, 57],
            ["Passion", "Disengaged", 21, 18, 24, 21],
        ]

    def test_knows_hidden_from_not_asked_over_time(
        self, alice: User, pairing: Pairing, organisation: Organisation
    ) -> None:
        standing = Standing.objects.get(
            campaign=pairing.ex, scope=organisation.company, period_start=Q1
        )
        del standing.metrics["fairness"]
        standing.save()

        _, rows = read(alice, "periods")

        assert [row[2:] for row in rows if row[1] == "Fairness"] == [
            ["Q1 2026", None, "not shown", None, None],
            ["Q2 2026", None, "not asked", None, None],
            ["Q3 2026", 44, 71.1, 67.2, 75.0],
        ]

    def test_holds_parts_with_what_is_hidden(
        self, alice: User, pairing: Pairing, organisation: Organisation
    ) -> None:
        rows = [part(organisation.food, {"fairness": drawn(69.9, 70.4, 0.95)})]
        Standing.objects.filter(campaign=pairing.ex).update(parts=rows)

        table, found = read(alice, "parts")

        assert found == [
            ["Food", "staff", "Fairness", 40, 69.9, 70.4, 67.3, 73.5, "higher"],
            ["Food", "customers", "How customers are treated", None, "not shown", None, None, None,
             ""],
        ]  # fmt: skip
        assert "empirical Bayes" in str(dict(table.notes)["method of comparing parts"])

    def test_holds_ranks_with_their_seed(self, alice: User, pairing: Pairing) -> None:
        make_ranks(pairing, pairing.ex.scope, [("fairness", 1, 2), ("seen", 1, 2)])

        table, rows = read(alice, "themes")

        assert rows[0] == ["Fairness", "How customers are treated", 1, 1, 2, 0.31, 0.01, 0.42]
        assert dict(table.notes)["seed"] == 1
        assert dict(table.notes)["study checksum"] == "2" * 64

    @pytest.mark.parametrize("name", ["themes", "parts", "x"])
    def test_is_not_there_where_the_page_has_none(self, alice: User, name: str) -> None:
        with pytest.raises(UnknownChoiceError):
            read(alice, name)
