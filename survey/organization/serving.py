"""Who serves whom on a day, and where service runs in a circle."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from survey.organization.models import Service, Team

MOST_CIRCLES = 20


@dataclass(frozen=True, slots=True)
class Arrow:
    """One team serves another today; the chain is empty where it belongs to none."""

    provider_id: int
    provider_code: str
    provider_name: str
    consumer_id: int
    consumer_code: str
    consumer_name: str
    chain: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service in a list, given today or from a later day."""

    id: int
    provider_id: int
    provider_code: str
    provider_name: str
    consumer_id: int
    consumer_code: str
    consumer_name: str
    chain: str
    active_from: date
    active_to: date | None


def list_services(*, today: date, below: Team | None = None) -> tuple[ServiceRow, ...]:
    """Return the services that have not ended, also those announced, by the teams' names.

    With `below` only those that a team or anything below it gives or receives. A service ends
    with either of its teams.
    """
    not_over = Q(active_to__isnull=True) | Q(active_to__gt=today)
    rows = _read(
        Service.objects.filter(not_over, *_still_open(today)),
        *("id", "active_from", "active_to"),
    )
    return tuple(ServiceRow(**row) for row in _keep_near(rows, below))


def list_arrows(*, today: date, below: Team | None = None) -> tuple[Arrow, ...]:
    """Return who serves whom on a day, by the teams' names; both teams are open on it.

    With `below` only the arrows that begin or end at a team or at anything below it.
    """
    opened = [
        Q(**{f"{end}__opened_date__isnull": True}) | Q(**{f"{end}__opened_date__lte": today})
        for end in ("provider", "consumer")
    ]
    given = Service.objects.active_on(today).filter(*_still_open(today), *opened)
    return tuple(Arrow(**row) for row in _keep_near(_read(given), below))


def find_cycles(arrows: Iterable[Arrow]) -> tuple[tuple[str, ...], ...]:
    """Return the circles in which service runs, as team codes, at most MOST_CIRCLES of them.

    Of every team that stands in a circle the shortest one through it is told, once, beginning
    with the code that sorts first.
    """
    onwards = _follow(arrows)
    found: dict[tuple[str, ...], None] = {}
    for code in sorted(onwards):
        circle = _shortest_circle(code, onwards)
        if circle:
            start = circle.index(min(circle))
            found[(*circle[start:], *circle[:start])] = None
        if len(found) == MOST_CIRCLES:
            break
    return tuple(found)


def _still_open(today: date) -> list[Q]:
    return [
        Q(**{f"{end}__closed_date__isnull": True}) | Q(**{f"{end}__closed_date__gt": today})
        for end in ("provider", "consumer")
    ]


def _read(services: QuerySet[Service], *also: str) -> Iterable[dict[str, Any]]:
    ends = {
        f"{end}_{what}": F(f"{end}__{what}")
        for end in ("provider", "consumer")
        for what in ("code", "name")
    }
    ordered = services.order_by("provider__name", "consumer__name", "active_from", "pk")
    rows: Iterable[dict[str, Any]] = ordered.values(
        "provider_id", "consumer_id", "chain", *also, **ends
    )
    return rows


def _keep_near(rows: Iterable[dict[str, Any]], below: Team | None) -> list[dict[str, Any]]:
    """Keep what begins or ends at a team or below it."""
    if below is None:
        return list(rows)
    near = set(Team.objects.under(below).values_list("pk", flat=True))
    return [row for row in rows if row["provider_id"] in near or row["consumer_id"] in near]


def _follow(arrows: Iterable[Arrow]) -> dict[str, Sequence[str]]:
    """Return whom each team serves, by code, without teams at which nothing can come round."""
    serves: dict[str, set[str]] = defaultdict(set)
    for arrow in arrows:
        serves[arrow.provider_code].add(arrow.consumer_code)
    ends = {code for served in serves.values() for code in served} - serves.keys()
    while ends:
        serves = {code: served - ends for code, served in serves.items()}
        ends = {code for code, served in serves.items() if not served}
        serves = {code: served for code, served in serves.items() if served}
    return {code: sorted(served) for code, served in serves.items()}


def _shortest_circle(start: str, onwards: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the shortest way from a team back to itself, breadth first; empty without any."""
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        code = waiting.popleft()
        for served in onwards.get(code, ()):
            if served == start:
                return _way_back(code, start, came_from)
            if served not in came_from:
                came_from[served] = code
                waiting.append(served)
    return ()


def _way_back(code: str, start: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    way = [code]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
