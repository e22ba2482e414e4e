"""Participation and the health of measurement as tables to take along."""

from collections.abc import Iterator

from survey.campaigns.shares import Share
from survey.dashboards.participation.pages import ParticipationPage
from survey.dashboards.tables import Table, Value

HEALTH = "health"
TABLES = {"groups": "Participation", HEALTH: "Health of measurement"}
GROUP_COLUMNS = (
    "group", "asked", "answered", "at_least_percent", "at_most_percent", "few_voices",
    "answered_the_wave_before",
)  # fmt: skip
HEALTH_COLUMNS = (
    "scale", "code", "gate", "reasons", "median_reliability", "alpha", "alpha_low", "alpha_high",
    "groups_shown", "divided_groups", "worst_shift",
)  # fmt: skip
COARSE = "Rounded down, in steps that no fewer than the threshold of people fit into."
SHIFT = "(1 - lowest share) x half the standard deviation within teams, on 0 to 100."


def build_table(page: ParticipationPage, *, which: str) -> Table:
    """Return the groups of the page, or what is said of the scales."""
    if which == HEALTH:
        about: tuple[tuple[str, Value], ...] = (
            ("wave", page.health_of.name if page.health_of else None),
            ("worst_shift", SHIFT),
        )
        return Table(TABLES[which], HEALTH_COLUMNS, _health(page), about)
    notes = (
        ("wave", page.line.name if page.line else None),
        ("counted on", page.counted_date.isoformat() if page.counted_date else None),
        ("shares", COARSE),
    )
    return Table(TABLES[which], GROUP_COLUMNS, _groups(page), notes)


def _groups(page: ParticipationPage) -> Iterator[list[Value]]:
    for row in page.rows:
        share = row.share
        yield [
            row.name, row.n_invited, share.text, share.low, share.high,
            "yes" if share.is_few_voices else "", _text(row.before),
        ]  # fmt: skip


def _health(page: ParticipationPage) -> Iterator[list[Value]]:
    for one in page.health:
        yield [
            one.measure.name, one.measure.code, one.gate, " ".join(one.reasons), one.reliability,
            one.alpha, one.alpha_low, one.alpha_high, one.n_groups, one.n_divided, one.shift,
        ]  # fmt: skip


def _text(share: Share | None) -> str | None:
    return None if share is None else share.text
