"""What moved by more than its margin in the newest period of a reader's parts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from survey.aggregation.metrics import ITEM_PREFIX, PROFILE_PREFIX
from survey.aggregation.models import Release, Standing
from survey.aggregation.periods import find_period
from survey.aggregation.wordings import list_reworded
from survey.campaigns.models import Campaign
from survey.core.periods import period_name
from survey.dashboards.access import Reader
from survey.dashboards.compare.rows import Row, build_rows
from survey.dashboards.measures import Measure, read_measures
from survey.dashboards.trees import TeamTree
from survey.dashboards.wordings import say_reworded
from survey.questionnaires.models import Audience

Metrics = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Move:
    """One measure of one part that is clearly higher or lower than the period before."""

    part: str
    is_customers: bool
    row: Row


@dataclass(frozen=True, slots=True)
class Compared:
    """One campaign's newest period beside the one before, in a reader's widest part."""

    campaign: str
    is_customers: bool
    is_colleagues: bool
    period: str
    period_before: str
    query: str  # of the page that puts everything side by side
    n_compared: int
    moves: tuple[Move, ...]
    not_comparable: str = ""  # which measures were worded differently before, in a sentence


def read_moves(
    *,
    reader: Reader,
    campaigns: Sequence[Campaign],
    periods: Mapping[int, tuple[str, date]],
    released: Mapping[int, Sequence[Release]],
    sources: Mapping[int, str],
    tree: TeamTree,
) -> list[Compared]:
    """Compare the period of each campaign (its length and start) with the one before it.

    Read are the widest parts of a reader that show figures, and the parts right below them.
    released: what each campaign released, the oldest first.
    """
    by_id = {campaign.pk: campaign for campaign in campaigns}
    found = []
    for pk, (period, start) in periods.items():
        now, before = _read_two(reader, by_id[pk], period, start, tree)
        if now and before:
            starts = before[0].period_start, now[0].period_start
            asked = _list_questionnaires(released[pk], period, starts)
            measures, reworded = read_measures(dict.fromkeys(asked)), list_reworded(asked)
            query = _write_query(sources[pk], now[0], before[0])
            found.append(_compare(by_id[pk], period, now, before, measures, query, reworded))
    return found


def _read_two(
    reader: Reader, campaign: Campaign, period: str, start: date, tree: TeamTree
) -> tuple[list[Standing], list[Standing]]:
    """Return the standings of a reader's widest parts in a period and in the one before."""
    standings = Standing.objects.filter(campaign=campaign, period=period).select_related("scope")
    if not reader.scope.sees_everything:
        standings = standings.filter(scope__in=reader.scope.led_team_ids)
    of_start = standings.filter(period_start=start)
    scopes = _widest(of_start.values_list("scope", flat=True), tree)
    earlier = standings.filter(scope__in=scopes, period_start__lt=start)
    before = earlier.order_by("-period_start").values_list("period_start", flat=True).first()
    now = list(of_start.filter(scope__in=scopes).order_by("scope__name", "pk"))
    return now, list(earlier.filter(period_start=before)) if before else []


def _widest(scopes: Iterable[int], tree: TeamTree) -> set[int]:
    ids = set(scopes)
    return {one for one in ids if ids.isdisjoint(tree.path(one)[:-1])}


def _compare(
    campaign: Campaign,
    period: str,
    now: Sequence[Standing],
    before: Sequence[Standing],
    measures: Mapping[str, Measure],
    query: str,
    reworded: frozenset[str],
) -> Compared:
    is_customers = campaign.audience == Audience.CUSTOMER
    then = {(name, teams): metrics for name, teams, metrics in _list_parts(before)}
    period_before = period_name(before[0].period_start, period)
    n_compared, moves = 0, []
    for name, teams, metrics in _list_parts(now):
        rows = _build_rows(measures, then.get((name, teams), {}), metrics, reworded)
        known = [row for row in rows if row.is_compared and row.low is not None]
        n_compared += len(known)
        moves += [Move(name, is_customers, row) for row in known if row.has_changed]
    return Compared(
        campaign=campaign.name,
        is_customers=is_customers,
        is_colleagues=campaign.audience == Audience.COLLEAGUE,
        period=period_name(now[0].period_start, period),
        period_before=period_before,
        query=query,
        n_compared=n_compared,
        moves=tuple(moves),
        not_comparable=say_reworded(_name(measures, reworded), since=period_before),
    )


def _list_questionnaires(
    releases: Iterable[Release], period: str, starts: Collection[date]
) -> list[int]:
    """Return what was asked in some periods, in the order of time."""
    return [one.wave.questionnaire_id for one in releases if find_period(one, period) in starts]


def _name(measures: Mapping[str, Measure], reworded: Collection[str]) -> list[str]:
    return [one.name for code, one in measures.items() if code in reworded and not one.is_item]


def _write_query(source: str, now: Standing, before: Standing) -> str:
    named = {
        "pairing": source,
        "period": now.period_start.isoformat(),
        "compare": before.period_start.isoformat(),
        "scope": now.scope.code,
    }
    return "?" + urlencode(named)


def _list_parts(standings: Iterable[Standing]) -> Iterator[tuple[str, tuple[int, ...], Metrics]]:
    """Yield a part and the parts right below it: name, teams and metrics, without questions."""
    for standing in standings:
        yield standing.scope.name, (standing.scope_id,), _without_items(standing.metrics)
        for part in standing.parts:
            yield part["name"], tuple(part["team_ids"]), _without_items(part["metrics"])


def _without_items(metrics: Metrics) -> Metrics:
    beside = (ITEM_PREFIX, PROFILE_PREFIX)
    return {code: said for code, said in metrics.items() if not code.startswith(beside)}


def _build_rows(
    measures: Mapping[str, Measure], then: Metrics, now: Metrics, reworded: Collection[str]
) -> list[Row]:
    return build_rows(
        measures, then=then, now=now, asked_then=then, asked_now=now, reworded=reworded
    )
