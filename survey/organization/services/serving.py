"""Who serves whom: added, ended, given another chain, or brought in line with a file."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from survey.organization.models import Service, Team
from survey.organization.selectors import known_teams
from survey.organization.service_lines import ServiceLine
from survey.organization.service_plans import (
    KnownService,
    ServiceDifference,
    ServicePlan,
    plan_services,
)


class SelfServiceError(Exception):
    """A team cannot serve itself."""


class ServiceDaysError(Exception):
    """A service would end before it has begun."""


class ServiceOverlapError(Exception):
    """The same two teams are there already for some of these days."""


class ServiceTeamClosedError(Exception):
    """One of the teams is closed on the first day."""

    def __init__(self, team: Team) -> None:
        self.team = team
        super().__init__(f"{team} is closed")


class ServiceOverError(Exception):
    """The service is not there any more."""


class ServicesMovedOnError(Exception):
    """What the file would change is not what somebody has looked at; `difference` is as of now."""

    def __init__(self, difference: ServiceDifference) -> None:
        self.difference = difference
        super().__init__("the services or the teams have changed since")


@transaction.atomic
def add_service(
    *,
    provider: Team,
    consumer: Team,
    chain: str,
    active_from: date,
    active_to: date | None = None,
) -> Service:
    """Say that one team serves another from a day; the days of one arrow do not overlap."""
    if provider == consumer:
        raise SelfServiceError
    if active_to is not None and active_to <= active_from:
        raise ServiceDaysError
    for team in _lock_teams(Q(pk__in=(provider.pk, consumer.pk))):
        if team.closed_date is not None and team.closed_date <= active_from:
            raise ServiceTeamClosedError(team)
    service = Service(
        provider=provider,
        consumer=consumer,
        chain=chain.strip(),
        active_from=active_from,
        active_to=active_to,
    )
    _refuse_overlap(service)
    service.save()
    return service


@transaction.atomic
def end_service(*, service_id: int, day: date, today: date) -> None:
    """Let a service hold no more from a day on; one that has not begun by then goes altogether.

    Raises ServiceOverError where there is none, ServiceDaysError for a day before it began.
    """
    service = _get(service_id, today)
    if day <= service.active_from:
        if service.active_from < today:
            raise ServiceDaysError
        service.delete()
        return
    service.active_to = day
    _refuse_overlap(service)
    service.save(update_fields=["active_to"])


@transaction.atomic
def change_chain(*, service_id: int, chain: str, today: date) -> None:
    """Let a service belong to another chain, or to none; raise ServiceOverError without one."""
    service = _get(service_id, today)
    service.chain = chain.strip()
    service.save(update_fields=["chain"])


@transaction.atomic
def import_services(
    *,
    lines: Sequence[ServiceLine],
    today: date,
    ends_missing: bool = False,
    dry_run: bool = False,
    seen: str | None = None,
) -> ServiceDifference:
    """Bring the services in line with a file, all of it or nothing; return what that changes.

    What the file leaves out ends today only with `ends_missing`. Raises FileError where it cannot
    be, and ServicesMovedOnError where the difference is not the one whose digest was `seen`.
    """
    codes = {code for line in lines for code in (line.provider, line.consumer)}
    ids = {team.code: team.pk for team in _lock_teams(Q(code__in=codes))}
    plan = plan_services(
        lines,
        teams=known_teams(),
        services=_known_services(),
        today=today,
        ends_missing=ends_missing,
    )
    if seen is not None and plan.difference.digest != seen:
        raise ServicesMovedOnError(plan.difference)
    if not dry_run:
        _carry_out(plan, ids)
    return plan.difference


def _carry_out(plan: ServicePlan, ids: dict[str, int]) -> None:
    """Write what was planned: what ends makes room for what begins."""
    Service.objects.filter(pk__in=plan.dropped).delete()
    changed = Service.objects.in_bulk([*plan.ends, *plan.chains])
    for pk, service in changed.items():
        service.active_to = plan.ends.get(pk, service.active_to)
        service.chain = plan.chains.get(pk, service.chain)
    Service.objects.bulk_update(changed.values(), ["active_to", "chain"], batch_size=500)
    Service.objects.bulk_create(
        Service(
            provider_id=ids[line.provider],
            consumer_id=ids[line.consumer],
            chain=line.chain or "",
            active_from=period.active_from,
            active_to=period.active_to,
        )
        for period in plan.new
        if (line := period.line) is not None
    )


def _known_services() -> list[KnownService]:
    rows = Service.objects.values_list(
        *("pk", "provider__code", "consumer__code", "chain", "active_from", "active_to")
    )
    return [
        KnownService(pk, (provider, consumer), chain, begins, ends)
        for pk, provider, consumer, chain, begins, ends in rows
    ]


def _lock_teams(which: Q) -> list[Team]:
    """Lock both ends of arrows, so that two people cannot add the same one at once."""
    return list(Team.objects.filter(which).order_by("pk").select_for_update())


def _refuse_overlap(service: Service) -> None:
    others = Service.objects.filter(
        Q(active_to__isnull=True) | Q(active_to__gt=service.active_from),
        provider=service.provider,
        consumer=service.consumer,
    ).exclude(pk=service.pk)
    if service.active_to is not None:
        others = others.filter(active_from__lt=service.active_to)
    if others.exists():
        raise ServiceOverlapError


def _get(service_id: int, today: date) -> Service:
    """Return a service that is not over, locked after its teams, as adding and importing do."""
    ends = Service.objects.filter(pk=service_id).values_list("provider_id", "consumer_id").first()
    _lock_teams(Q(pk__in=ends or ()))
    service = Service.objects.select_for_update().filter(pk=service_id).first()
    if service is None or (service.active_to is not None and service.active_to <= today):
        raise ServiceOverError
    return service
