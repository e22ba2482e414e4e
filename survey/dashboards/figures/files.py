"""All chosen figures as one file, with how many they are and which releases they come from."""

from collections.abc import Iterator

from survey.dashboards.figures.choices import Chosen
from survey.dashboards.figures.rows import COLUMNS, Counted
from survey.dashboards.tables import Table, Value

TITLE = "Released figures"


def build_table(chosen: Chosen | None) -> Table:
    """Return the table of everything chosen, read while it is written; of nothing, its head."""
    if chosen is None:
        return Table(TITLE, COLUMNS, (), (("rows", 0),))
    counted = Counted(chosen)
    return Table(TITLE, COLUMNS, counted, _tell(counted))


def _tell(counted: Counted) -> Iterator[tuple[str, Value]]:
    """Yield the notes below a table, once its rows were read."""
    yield "rows", counted.n_rows
    for dated in counted.chosen.releases:
        yield f"release {dated.release.wave}, {dated.code}, SHA-256", dated.release.checksum
