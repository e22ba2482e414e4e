"""The tables of the page as files: what is printed, and how it was made."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from survey.dashboards.filters import choose
from survey.dashboards.overview.cuts import CutTable
from survey.dashboards.overview.pages import OverviewPage
from survey.dashboards.scores import Score
from survey.dashboards.tables import Table, Value

SCORES = ("n", "value", "low", "high")
NOT_SHOWN, NOT_ASKED = "not shown", "not asked"
METHOD = (
    "Released figures as printed. A change is called one where the difference of two printed "
    "figures is larger than its 95% margin."
)
SHRUNKEN = (
    "Each part is drawn towards the mean of all parts (empirical Bayes) as far as its margin is "
    "wide; above the whole is told from 90 of 100 on."
)
CUT = (
    "Counted once, inside the seal, for everybody together; released by sums and bounds: no set of "
    "fewer people than the threshold can be worked out beside the figures of the teams."
)
IMPORTANCE = "Johnson's relative weights; 95% intervals from 500 draws of teams. Not cause."


def make_table(page: OverviewPage, name: str) -> Table:
    """Return one table of the page; raises UnknownChoiceError for one that is not on it."""
    makers = _list_makers(page)
    return makers[choose(name, dict.fromkeys(makers, ""))]()


def _list_makers(page: OverviewPage) -> Mapping[str, Callable[[], Table]]:
    makers: dict[str, Callable[[], Table]] = {"scores": lambda: _scores(page)}
    if page.passions:
        makers["kinds"] = lambda: _kinds(page)
    if page.courses:
        makers["periods"] = lambda: _courses(page)
    if page.comparison:
        makers["parts"] = lambda: _parts(page)
    for table in page.cuts:
        makers[f"by-{table.code}"] = partial(_cut, page, table)
    if page.themes and page.themes.themes:
        makers["themes"] = lambda: _themes(page)
    return makers


def _scores(page: OverviewPage) -> Table:
    before = page.chosen.period_before
    columns = ["side", "measure", *SCORES]
    if before:
        columns += [f"{name}, {before}" for name in SCORES] + ["change"]

    def rows() -> Iterator[Sequence[Value]]:
        for one in page.told:
            line = one.line
            row: list[Value] = [one.style.label, line.measure.name, *_write(line.now)]
            yield row + ([*_write(line.before, ""), line.word] if before else [])

    return _table(page, "scores", columns, rows())


def _kinds(page: OverviewPage) -> Table:
    columns = ["scale", "kind", "definition", "per cent", "low", "high", "per cent before"]
    rows = (
        (passion.title, kind.name, kind.definition, kind.share, kind.low, kind.high, kind.before)
        for passion in page.passions
        for kind in passion.kinds
    )
    return _table(page, "kinds of people", columns, rows)


def _courses(page: OverviewPage) -> Table:
    columns = ["side", "measure", "period", *SCORES]
    rows = (
        (
            course.style.label,
            course.name,
            point.period,
            *_write(point.score, NOT_SHOWN if point.was_asked else NOT_ASKED),
        )
        for course in page.courses
        for point in course.points
    )
    return _table(page, "over time", columns, rows)


def _parts(page: OverviewPage) -> Table:
    columns = ["part", "side", "measure", "n", "printed", "drawn", "low", "high", "against all"]

    def rows() -> Iterator[Sequence[Value]]:
        if page.comparison is None:
            return
        for part in page.comparison.parts:
            for column, cell in zip(page.comparison.columns, part.cells, strict=True):
                names = (part.name, column.style.label, column.measure.name)
                drawn = cell.line.now if cell.line else None
                if drawn is None or cell.printed is None:
                    yield (*names, None, NOT_SHOWN, None, None, None, "")
                else:
                    figures = (drawn.n, cell.printed.mean, drawn.mean, drawn.low, drawn.high)
                    yield (*names, *figures, cell.word)

    return _table(page, "parts", columns, rows(), ("method of comparing parts", SHRUNKEN))


def _cut(page: OverviewPage, cut: CutTable) -> Table:
    columns = ["measure", cut.name, *SCORES]
    rows = [
        [one.measure.name, level.name, *_write(level.line.now)]
        for one in cut.measures
        for level in one.levels
    ]
    rows += [[left.names, left.reason, *_write(None)] for left in cut.left_out]
    notes: list[tuple[str, Value]] = [("method of telling by it", CUT)]
    notes += [("month it is of", cut.month)] if cut.month else []
    return _table(page, f"by {cut.name}", columns, rows, *notes)


def _themes(page: OverviewPage) -> Table:
    columns = ["staff theme", "customers' scale", "rank", "rank low", "rank high",
               "share of R2", "low", "high"]  # fmt: skip
    found = page.themes
    rows = (
        (one.name, found.outcome, one.rank, one.rank_low, one.rank_high, one.share, one.low,
         one.high)
        for one in (found.themes if found else ())
        if found
    )  # fmt: skip
    notes: list[tuple[str, Value]] = [("method of ranking", IMPORTANCE)]
    if found:
        notes += [
            ("teams ranked over", found.n_teams),
            ("seed", found.seed),
            ("study checksum", found.release_checksum),
        ]
    return _table(page, "themes", columns, rows, *notes)


def _write(score: Score | None, without: str = NOT_SHOWN) -> tuple[Value, ...]:
    if score is None:
        return None, without, None, None
    ends = {"high": "95 or more", "low": "5 or less"}
    return score.n, ends.get(score.end, score.mean), score.low, score.high


def _table(
    page: OverviewPage,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *more: tuple[str, Value],
) -> Table:
    chosen = page.chosen
    title = f"How people are doing: {name}, {chosen.scope.name}, {chosen.period}"
    return Table(title, tuple(columns), rows, (*_list_notes(page), *more))


def _list_notes(page: OverviewPage) -> Iterator[tuple[str, Value]]:
    chosen = page.chosen
    yield "surveys", chosen.source.name
    yield "part", chosen.scope.name
    yield "period", chosen.period
    for side, moment in zip(chosen.sides, page.moments, strict=True):
        if side.now is not None:
            yield f"{moment.label}: teams shown", side.now.n_teams
            yield (
                f"{moment.label}: made on",
                moment.made_date.isoformat() if moment.made_date else None,
            )
            yield f"{moment.label}: release checksum", side.now.release_checksum
    yield "method", METHOD
