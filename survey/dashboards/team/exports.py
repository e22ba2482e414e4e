"""Every figure of a team page as one table to take along, with how it was made."""

from collections.abc import Iterator

from survey.core.timestamps import local_date
from survey.dashboards.scores import Line, Score
from survey.dashboards.tables import Table, Value
from survey.dashboards.team.pages import TeamPage
from survey.dashboards.team.side import Side
from survey.dashboards.team.steadiness import NOT_SHOWN

COLUMNS = (
    "about", "side", "what", "period", "score", "low", "high", "answered", "median_of_teams",
    "change", "change_low", "change_high", "in_words",
)  # fmt: skip
METHOD = (
    ("Scores", "0 to 100, to one decimal, with 95% intervals. Shares in whole per cent."),
    ("Median of teams", "The middle of the printed scores of all teams that show one."),
    (
        "Changes and differences",
        "The difference of two printed scores; margin 1.96 * sqrt(se1^2 + se2^2). A change is "
        "called one only where this interval leaves 0 out.",
    ),
    (
        "Usual range",
        "Median of the series plus or minus three standard deviations, from the median moving "
        "range, never narrower than the scores' own margins alone would give.",
    ),
    ("Not shown", "Too few people answered, or it would give away what a few said."),
)
Row = tuple[Value, ...]


def write_team(page: TeamPage) -> Table:
    """Return the figures of a page, and notes that say how they were made."""
    return Table(page.name, COLUMNS, list(_list_rows(page)), tuple(_list_notes(page)))


def _list_rows(page: TeamPage) -> Iterator[Row]:
    for side in page.sides:
        yield from _list_scores(page, side)
    for found in page.kinds:
        for kind in found.kinds:
            what = f"{found.title}: {kind.name}"
            shown = (kind.share, kind.low, kind.high, found.n)
            yield ("kind", found.word, what, page.choice.period, *shown, *[None] * 5)
    for apart in page.apart:
        value = apart.value
        yield (
            "difference", "both", f"{apart.guess.measure.name} less {apart.answer.measure.name}",
            page.choice.period, _round(value.value), _round(value.low), _round(value.high), None,
            _round(apart.median), None, None, None, apart.sentence,
        )  # fmt: skip
    for divided in page.divided:
        for spread in divided.spreads:
            for share in spread.shares:
                what = f"{spread.name}: {share.label}"
                shown = (share.percent, None, None, spread.n)
                yield ("share", divided.word, what, page.choice.period, *shown, *[None] * 5)
    yield from _list_points(page)


def _list_scores(page: TeamPage, side: Side) -> Iterator[Row]:
    for line in (*side.lines, *side.items):
        about = "question" if line.measure.is_item else "scale"
        name = (about, side.word, line.measure.name)
        yield (*name, page.choice.period, *_spell(line.now), line.median, *_spell_change(line))
        if line.before:
            yield (*name, page.choice.period_before, *_spell(line.before), *[None] * 5)


def _list_points(page: TeamPage) -> Iterator[Row]:
    if page.chart is None:
        return
    one = page.chart.steadiness
    name = ("over time", one.word, one.measure.name)
    for point in one.points:
        yield (*name, point.label, *_spell(point.score), *[None] * 4, point.word)
    usual = one.usual
    ends = (_round(usual.middle), _round(usual.low), _round(usual.high))
    yield ("usual range", *name[1:], None, *ends, *[None] * 5, " ".join(one.sentences))


def _list_notes(page: TeamPage) -> Iterator[tuple[str, Value]]:
    yield "Team", page.name
    yield "Period", page.choice.period
    yield "Compared with", page.choice.period_before or "nothing"
    yield from METHOD
    for side in page.sides:
        yield f"Teams of the median, {side.word}", side.n_teams
    for release in page.read_releases:
        wave = f"{release.wave.campaign.name} {release.wave.number}"
        month = f", {release.month_start:%B %Y}" if release.month_start else ""
        made = f"made on {local_date(release.made_at).isoformat()}"
        yield f"Release of {wave}{month}", f"SHA-256 {release.checksum}, {made}"
    for moment in page.moments:
        day = moment.next_date.isoformat() if moment.next_date else "not planned"
        yield f"{moment.label}: next figures", day


def _spell(score: Score | None) -> Row:
    return (score.mean, score.low, score.high, score.n) if score else (None,) * 4


def _spell_change(line: Line) -> Row:
    word = line.word if line.now else NOT_SHOWN
    if line.now and line.now.end:
        word = f"{'95 or more' if line.now.end == 'high' else '5 or less'}; {word}"
    if line.now and line.now.is_divided:
        word = f"divided; {word}"
    if line.change is None:
        return (None, None, None, word)
    return (*map(_round, (line.change.value, line.change.low, line.change.high)), word)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 1) + 0.0
