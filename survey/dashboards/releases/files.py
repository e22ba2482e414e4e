"""The ledger as two tables to take along."""

from collections.abc import Iterator
from datetime import date

from survey.dashboards.releases.pages import FamilyRow, LedgerPage, WaveRow
from survey.dashboards.tables import Table, Value

RELEASES = "releases"
WAVES = "waves"
TABLES = {RELEASES: "Releases", WAVES: "Waves"}
CHECKSUM = (
    "SHA-256 over the wave's key, the month, what is said of each scale, the number of groups not "
    "shown and every figure, as JSON with sorted keys."
)


def build_table(page: LedgerPage, *, which: str) -> Table:
    """Return the releases or the waves of the ledger."""
    if which == WAVES:
        return Table("Waves and their settings", WAVE_COLUMNS, _waves(page))
    notes = (("checksum", CHECKSUM), ("groups", "Teams, pools and people of an inner node."))
    return Table("Release ledger", RELEASE_COLUMNS, _releases(page), notes)


RELEASE_COLUMNS = (
    "wave", "month", "made_on", "checksum", "threshold", "groups_shown", "groups_not_shown",
    "scales", "replaces_release_of", "replaced_on", "reason",
)  # fmt: skip
WAVE_COLUMNS = (
    "wave", "audience", "answers_came_by", "questionnaire", "threshold", "launched", "opens",
    "closed", "sealed", "withdrawn", "withdrawn_because", "counts_sha256", "families", "cuts",
)  # fmt: skip


def _releases(page: LedgerPage) -> Iterator[list[Value]]:
    for row in page.releases:
        yield [
            row.wave, row.month, row.made_date.isoformat(), row.checksum, row.threshold,
            row.n_shown, row.n_hidden, " ".join(row.scales), _day(row.replaces),
            _day(row.replaced_on), row.reason,
        ]  # fmt: skip


def _waves(page: LedgerPage) -> Iterator[list[Value]]:
    for row in page.waves:
        days = (row.launched_date, row.opens_date, row.closed_date, row.sealed_date)
        yield [
            row.name, _audience(row), row.channel, row.questionnaire, row.threshold,
            *map(_day, days), _day(row.withdrawn_date),
            row.withdrawn_reason, row.counts_digest, "; ".join(map(_family, row.families)),
            "; ".join(f"{cut.name} ({', '.join(cut.levels)})" for cut in row.cuts),
        ]  # fmt: skip


def _audience(row: WaveRow) -> str:
    if row.is_customers:
        return "customers"
    return "colleagues" if row.is_colleagues else "staff"


def _family(row: FamilyRow) -> str:
    kept = "with each question" if row.shows_items else "as a whole only"
    return f"{', '.join(row.names)} ({row.n_items} questions, {kept})"


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
