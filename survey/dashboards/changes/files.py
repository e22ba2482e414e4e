"""What changed as a table to take along."""

from collections.abc import Iterator

from survey.dashboards.changes.moves import Compared, Move
from survey.dashboards.changes.pages import ChangesPage
from survey.dashboards.tables import Table, Value

COLUMNS = (
    "what", "survey_or_part", "measure", "before", "now", "difference", "margin", "when",
    "compared_with",
)  # fmt: skip


def build_table(page: ChangesPage) -> Table:
    """Return everything on the page, one line each."""
    notes = (
        ("since", page.since.isoformat()),
        ("compared with their margins", page.n_compared),
        ("would move by chance alone, about", page.n_by_chance),
    )
    return Table("What changed", COLUMNS, _rows(page), notes)


def _rows(page: ChangesPage) -> Iterator[list[Value]]:
    yield from _news(page)
    for one in page.compared:
        for move in one.moves:
            yield _move(move, one)
        if one.not_comparable:
            yield ["not comparable", one.campaign, one.not_comparable, *[None] * 4, one.period,
                   one.period_before]  # fmt: skip
    for verdict in page.verdicts:
        pair = f"{verdict.ex_name} x {verdict.cx_name}"
        yield [
            "verdict", verdict.part, pair, verdict.before, verdict.now, None, None, verdict.period,
            None,
        ]  # fmt: skip
    for change in page.shown:
        for what, names in (("newly shown", change.appeared), ("no longer shown", change.left)):
            for name in names:
                yield [what, name, change.campaign, *[None] * 6]


def _news(page: ChangesPage) -> Iterator[list[Value]]:
    kinds = (
        ("new figures", page.news.made),
        ("replaced figures", page.news.replaced),
        ("withdrawn", page.news.withdrawn),
    )
    for what, news in kinds:
        for new in news:
            wave = f"{new.wave}, {new.month}" if new.month else new.wave
            yield [what, wave, new.reason, *[None] * 4, new.date.isoformat(), None]


def _move(move: Move, compared: Compared) -> list[Value]:
    line, row = move.row.line, move.row
    then, now = (score.mean if score else None for score in (line.before, line.now))
    margin = None if row.margin is None else round(row.margin, 1)
    return [
        row.word, move.part, line.measure.name, then, now, row.value, margin, compared.period,
        compared.period_before,
    ]  # fmt: skip
