"""What a file of who serves whom changes, worked out before anything is written."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext_noop as _

from survey.organization.files import FileError, LineProblem, Said
from survey.organization.service_lines import ServiceLine
from survey.organization.tree import KnownTeam

Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class KnownService:
    """A service as the database has it now; its teams by their codes."""

    pk: int
    ends: Ends
    chain: str
    active_from: date
    active_to: date | None

    def is_over(self, today: date) -> bool:
        """Tell whether it has ended by a day."""
        return self.active_to is not None and self.active_to <= today

    def runs_on(self, today: date) -> bool:
        """Tell whether it has begun by a day and is not over."""
        return self.active_from <= today and not self.is_over(today)


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """One arrow of a difference, its teams by name."""

    provider: str
    consumer: str
    chain: str
    active_from: date
    active_to: date | None
    chain_before: str = ""


@dataclass(frozen=True, slots=True)
class ServiceDifference:
    """What a file changes, or would change; an arrow may end and change its chain."""

    added: tuple[ServiceChange, ...]
    ended: tuple[ServiceChange, ...]
    chain_changed: tuple[ServiceChange, ...]
    n_unchanged: int

    @property
    def n_changes(self) -> int:
        """Return how many changes there are."""
        return len(self.added) + len(self.ended) + len(self.chain_changed)

    @property
    def digest(self) -> str:
        """Return the check sum by which somebody confirms what they have looked at."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Period:
    """The days of an arrow as they will be, and what says so."""

    active_from: date
    active_to: date | None
    line: ServiceLine | None = None
    service: KnownService | None = None

    def overlaps(self, later: "Period") -> bool:
        """Tell whether this one still runs when a later one begins."""
        return self.active_to is None or self.active_to > later.active_from


@dataclass(slots=True)
class ServicePlan:
    """Services to be added, ended or deleted, and given another chain."""

    new: list[Period] = field(default_factory=list)
    ends: dict[int, date] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)
    chains: dict[int, str] = field(default_factory=dict)
    difference: ServiceDifference = field(default_factory=lambda: ServiceDifference((), (), (), 0))


def plan_services(
    lines: Sequence[ServiceLine],
    *,
    teams: Mapping[str, KnownTeam],
    services: Sequence[KnownService],
    today: date,
    ends_missing: bool,
) -> ServicePlan:
    """Compare a file with the services there are; raise FileError where it cannot be taken in.

    A line is about the service that begins on its day, or without a day about the one that runs
    or is announced; else it is a new one. A line that knows of no end brings back today what is
    over. Who is not in the file ends only with `ends_missing`.
    """
    known: dict[Ends, list[KnownService]] = defaultdict(list)
    for service in sorted(services, key=lambda one: one.active_from):
        known[service.ends].append(service)
    problems = [one for line in lines for one in _wrong_teams(line, teams)]
    planned: dict[Ends, list[Period]] = defaultdict(list)
    for line in lines:
        ends = line.provider, line.consumer
        planned[ends].append(_plan_line(line, known[ends], today))
    missing = _find_missing(known, planned, teams, today) if ends_missing else []
    for ends, periods in planned.items():
        problems += _wrong_days(ends, periods, teams, today)
        problems += _overlaps(periods, known[ends], missing, today)
    if problems:
        raise FileError(sorted(problems, key=lambda problem: problem.line))
    return _sum_up(planned, missing, teams, today)


def _wrong_teams(line: ServiceLine, teams: Mapping[str, KnownTeam]) -> Iterator[LineProblem]:
    for column, code in (("provider", line.provider), ("consumer", line.consumer)):
        if code not in teams:
            message = Said(_("no team has the code %(code)s"), code=repr(code))
            yield LineProblem(line.line, column, message)
    if line.provider == line.consumer:
        message = Said(_("%(team)s cannot serve itself"), team=repr(line.consumer))
        yield LineProblem(line.line, "consumer", message)


def _plan_line(line: ServiceLine, known: Sequence[KnownService], today: date) -> Period:
    for service in known:
        is_meant = (
            service.active_from == line.active_from
            if line.active_from
            else not service.is_over(today)
        )
        if is_meant and service.is_over(today) and line.active_to is None:
            return _bring_back(line, known, today)
        if is_meant:
            return Period(service.active_from, line.active_to or service.active_to, line, service)
    return Period(line.active_from or today, line.active_to, line)


def _bring_back(line: ServiceLine, known: Sequence[KnownService], today: date) -> Period:
    """Begin an arrow once more that is over, unless it came back already."""
    for service in known:
        if service.runs_on(today):
            return Period(service.active_from, service.active_to, line, service)
    return Period(today, None, line)


def _find_missing(
    known: Mapping[Ends, Sequence[KnownService]],
    planned: Mapping[Ends, Sequence[Period]],
    teams: Mapping[str, KnownTeam],
    today: date,
) -> list[KnownService]:
    """Return what still runs or is announced between open teams, and no line is about."""
    told = {one.service.pk for periods in planned.values() for one in periods if one.service}
    return [
        service
        for services in known.values()
        for service in services
        if service.pk not in told
        and not service.is_over(today)
        and not any(_is_closed(teams[code], today) for code in service.ends)
    ]


def _is_closed(team: KnownTeam, day: date) -> bool:
    return team.closed_date is not None and team.closed_date <= day


def _wrong_days(
    ends: Ends, periods: Sequence[Period], teams: Mapping[str, KnownTeam], today: date
) -> Iterator[LineProblem]:
    """Find ends that come too soon, and teams that are closed while they would serve."""
    for period in periods:
        line = period.line
        if line is None:
            continue
        if period.active_to is not None and period.active_to <= period.active_from:
            sentence = _("%(end)s does not come after %(start)s, the day on which it begins")
            values = {"end": str(period.active_to), "start": str(period.active_from)}
            yield LineProblem(line.line, "to", Said(sentence, **values))
        last = max(period.active_from, today)
        for column, code in zip(("provider", "consumer"), ends, strict=True):
            closed = teams[code].closed_date if code in teams else None
            is_past = period.active_to and closed and period.active_to <= closed
            if closed and closed <= last and not is_past:
                sentence = _("the team %(team)s has been closed from %(day)s")
                message = Said(sentence, team=repr(code), day=str(closed))
                yield LineProblem(line.line, column, message)


def _overlaps(
    periods: Sequence[Period],
    known: Sequence[KnownService],
    missing: Sequence[KnownService],
    today: date,
) -> Iterator[LineProblem]:
    """Find days on which an arrow would stand twice."""
    told = {period.service.pk for period in periods if period.service}
    others = [
        Period(one.active_from, today if one in missing else one.active_to, None, one)
        for one in known
        if one.pk not in told and not (one in missing and one.active_from >= today)
    ]
    in_order = sorted((*periods, *others), key=lambda one: one.active_from)
    for before, after in pairwise(in_order):
        if not before.overlaps(after):
            continue
        line, other = after.line or before.line, before if after.line else after
        if line is not None:
            yield LineProblem(line.line, *_say_overlap(line, other))


def _say_overlap(line: ServiceLine, other: Period) -> tuple[str, Said]:
    """Return the column at fault and what is wrong with it."""
    if other.line is None:
        sentence = _("%(arrow)s is there already, from %(start)s")
        arrow = f"{line.provider} → {line.consumer}"
        return "from", Said(sentence, arrow=arrow, start=str(other.active_from))
    if (line.active_from, line.active_to) == (other.line.active_from, other.line.active_to):
        sentence = _("%(value)s stands in line %(line)s already")
        arrow = f"{line.provider} → {line.consumer}"
        return "consumer", Said(sentence, value=arrow, line=other.line.line)
    sentence = _("overlaps line %(line)s, which is about the same two teams")
    return "from", Said(sentence, line=other.line.line)


def _sum_up(
    planned: Mapping[Ends, Sequence[Period]],
    missing: Sequence[KnownService],
    teams: Mapping[str, KnownTeam],
    today: date,
) -> ServicePlan:
    """Sort every line, and whatever is missing, into what is to be done and what is told."""
    plan = ServicePlan()
    added: list[ServiceChange] = []
    ended: list[ServiceChange] = []
    changed: list[ServiceChange] = []
    n_unchanged = 0
    for ends, periods in planned.items():
        for period in periods:
            change, service = _describe(ends, period, teams), period.service
            if service is None:
                plan.new.append(period)
                added.append(change)
                continue
            if period.active_to and period.active_to != service.active_to:
                plan.ends[service.pk] = period.active_to
                ended.append(change)
            if change.chain != service.chain:
                plan.chains[service.pk] = change.chain
                changed.append(change)
            n_unchanged += service.pk not in plan.ends and service.pk not in plan.chains
    for service in missing:
        has_begun = service.active_from < today
        period = Period(service.active_from, today if has_begun else None, None, service)
        ended.append(_describe(service.ends, period, teams))
        if has_begun:
            plan.ends[service.pk] = today
        else:
            plan.dropped.append(service.pk)
    plan.difference = ServiceDifference(
        added=tuple(sorted(added, key=_by_names)),
        ended=tuple(sorted(ended, key=_by_names)),
        chain_changed=tuple(sorted(changed, key=_by_names)),
        n_unchanged=n_unchanged,
    )
    return plan


def _describe(ends: Ends, period: Period, teams: Mapping[str, KnownTeam]) -> ServiceChange:
    before = period.service.chain if period.service else ""
    said = period.line.chain if period.line else None
    return ServiceChange(
        teams[ends[0]].name,
        teams[ends[1]].name,
        before if said is None else said,
        period.active_from,
        period.active_to,
        before,
    )


def _by_names(change: ServiceChange) -> tuple[str, str, date]:
    return change.provider, change.consumer, change.active_from
