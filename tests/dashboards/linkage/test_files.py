"""The tables of the page as files."""

from collections.abc import Callable, Mapping

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.linkage.files import LAG_COLUMNS, THEME_COLUMNS, UNIT_COLUMNS, write_table
from survey.dashboards.tables import Table, write_csv
from survey.linkage.printed import PrintedUnit
from survey.organization.models import Team
from tests.dashboards.linkage.test_pages import build
from tests.dashboards.studies import make_study

pytest_plugins = ["tests.dashboards.company"]
PAIRS = (("fairness", "treatment"), ("passion", "treatment"))


@pytest.fixture
def figures(both_sides: Pairing, branch_figures: Callable[..., list[PrintedUnit]]) -> Pairing:
    make_study(both_sides, both_sides.ex.scope, 0.41234, scales=PAIRS)
    return both_sides


def write(user: User, name: str | None, wanted: Mapping[str, str] | None = None) -> Table:
    return write_table(build(user, **(wanted or {})), name)


@pytest.mark.usefixtures("figures")
class TestWriteTable:
    def test_writes_the_teams_unless_another_is_wanted(self, alice: User) -> None:
        table = write(alice, None)

        assert table.columns == UNIT_COLUMNS
        assert next(iter(table.rows)) == (
            "Food 1", "Food", 50.1, 46.2, 54.3, 11, 60.4, 55.8, 65.7, 31,
        )  # fmt: skip

    def test_writes_every_pair_with_its_evidence(self, alice: User) -> None:
        table = write(alice, "themes")

        rows = [dict(zip(THEME_COLUMNS, row, strict=True)) for row in table.rows]
        assert [row["staff_question"] for row in rows] == ["Fairness at work", "Passion"]
        assert {(row["r"], row["q_value"], row["evidence"]) for row in rows} == {
            (0.41234, 0.01, "some")
        }

    def test_writes_the_lags_with_their_band(self, alice: User) -> None:
        table = write(alice, "lags")

        assert table.columns == LAG_COLUMNS
        assert [row[0] for row in table.rows] == [0, 1, 2, 3]

    def test_writes_no_lags_below_eight_teams(self, alice: User, figures: Pairing) -> None:
        make_study(figures, Team.objects.get(code="food"), None, n_teams=5)

        assert list(write(alice, "lags", {"scope": "food"}).rows) == []

    def test_knows_no_other_table(self, alice: User) -> None:
        with pytest.raises(UnknownChoiceError):
            write(alice, "answers")

    def test_marks_names_that_a_spreadsheet_would_run(
        self, alice: User, branches: list[Team]
    ) -> None:
        Team.objects.filter(pk=branches[0].pk).update(name="=1+1")
        branches[0].name = "=1+1"

        assert any(line.startswith("'=1+1,") for line in write_csv(write(alice, "units")))
