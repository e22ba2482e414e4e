"""Two periods side by side as a table to take along."""

from collections.abc import Iterator

from survey.dashboards.compare.pages import ComparePage
from survey.dashboards.compare.rows import Row
from survey.dashboards.scores import Score
from survey.dashboards.tables import Table, Value

COLUMNS = (
    "side", "measure", "code", "part_of",
    "then_mean", "then_low", "then_high", "then_answers",
    "now_mean", "now_low", "now_high", "now_answers",
    "difference", "difference_low", "difference_high", "word", "why_not",
)  # fmt: skip
METHOD = (
    "Difference of two printed means; its 95% interval is normal, from both standard errors, as "
    "if other people had been asked each time."
)


def build_table(page: ComparePage) -> Table:
    """Return every measure of both sides, then, now and the difference."""
    chosen = page.chosen
    about: tuple[tuple[str, Value], ...] = (("method", METHOD),)
    if chosen is not None:
        about = (
            ("part", chosen.scope.name),
            ("then", chosen.period_before),
            ("now", chosen.period),
            *about,
            *((side.campaign.name, side.now.release_checksum) for side in chosen.sides if side.now),
        )
    aids = ((part.name, aid) for part in page.parts for aid in part.aids)
    return Table("Compare waves", COLUMNS, _rows(page), (*about, *aids))


def _rows(page: ComparePage) -> Iterator[list[Value]]:
    for part in page.parts:
        for row in part.every_row:
            measure = row.line.measure
            yield [
                part.name, measure.name, measure.code, measure.whole, *_score(row.line.before),
                *_score(row.line.now), *_difference(row), row.word, row.why,
            ]  # fmt: skip


def _score(score: Score | None) -> list[Value]:
    return [None] * 4 if score is None else [score.mean, score.low, score.high, score.n]


def _difference(row: Row) -> list[Value]:
    return [row.value, row.low, row.high] if row.is_compared else [None] * 3
