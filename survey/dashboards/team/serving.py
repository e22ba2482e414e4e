"""Who serves one team and whom it serves, each with its rating."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from survey.core.periods import period_name
from survey.dashboards.access import Reader
from survey.dashboards.cascade.arrows import NOTHING, Arrow, End, Score, read_arrows, read_nodes
from survey.dashboards.sources import Source
from survey.linkage.models import CascadeStudy

MOST_SHOWN = 20  # of the arrows to either side


@dataclass(frozen=True, slots=True)
class Row:
    """The team at the other end of an arrow; code is "" where its page is not the reader's."""

    name: str
    code: str
    score: Score
    is_pooled: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """What a team receives or gives, by name; n_more are left out."""

    few: tuple[Row, ...]
    n_more: int


@dataclass(frozen=True, slots=True)
class Serving:
    """The arrows that end at a team and those that begin there, and all ratings of it together.

    period is that of the ratings; both sides are None where no colleagues were asked about it.
    """

    period: str = ""
    received: Rows | None = None
    given: Rows | None = None
    in_all: Score = NOTHING


def read_serving(
    *, source: Source, start: date, team_ids: Collection[int], reader: Reader
) -> Serving:
    """Read the newest ratings, up to a period, of what a unit's teams receive and give."""
    pairing = source.pairing
    if pairing is None:
        return Serving()
    found = CascadeStudy.objects.filter(
        pairing=pairing, scope=pairing.ex.scope_id, period_start__lte=start
    )
    study = found.defer("chains").order_by("-period_start").first()
    if study is None:
        return Serving()
    arrows = read_arrows(study, opens=reader.opens)
    nodes = read_nodes(study, opens=reader.opens).values()
    in_all = [one.rating for one in nodes if one.team.pk in team_ids]
    received = [(one.provider, one) for one in arrows if one.consumer.pk in team_ids]
    given = [(one.consumer, one) for one in arrows if one.provider.pk in team_ids]
    return Serving(
        period_name(study.period_start, pairing.period),
        _list_rows(received, reader),
        _list_rows(given, reader),
        in_all[0] if len(in_all) == 1 else NOTHING,
    )


def _list_rows(found: list[tuple[End, Arrow]], reader: Reader) -> Rows | None:
    if not found:
        return None
    rows = (
        Row(
            end.name,
            end.code if reader.opens([end.pk]) else "",
            arrow.score,
            arrow.is_pooled,
        )
        for end, arrow in found[:MOST_SHOWN]
    )
    return Rows(tuple(rows), max(len(found) - MOST_SHOWN, 0))
