"""Whose turn it is when: letters as they are planned, put off to their readers' next free days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from survey.campaigns.customer_rules import is_expired, rules_of
from survey.campaigns.fatigue import Asked
from survey.campaigns.ledger import (
    Human,
    Key,
    Record,
    horizon,
    human_of,
    keys_of,
    read_records,
    read_rules,
)
from survey.campaigns.models import Invitation, Wave
from survey.campaigns.zones import quiet_hours_of, zone_of
from survey.core.batches import in_batches
from survey.core.local_time import after_quiet_hours, local_moment
from survey.organization.models import Customer, Person
from survey.questionnaires.models import Audience

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Plan:
    """A letter as planned: to whom, when, and about a contact at which moment, if about one."""

    somebody: Person | Customer | None
    due_at: datetime
    occurred_at: datetime | None = None

    @cached_property
    def human(self) -> Human:
        """Return what the ledger knows the reader by."""
        return human_of(self.somebody) if self.somebody else Human(None, None, "")

    @cached_property
    def day(self) -> date:
        """Return the day of the letter on its reader's own clock."""
        return self.due_at.astimezone(ZoneInfo(zone_of(self.somebody))).date()


@dataclass(frozen=True, slots=True)
class Turn:
    """When a letter goes: deferred_until is the free day it had to wait for.

    Without due_at there is no letter in this wave: the free day comes after its close, or when
    the contact is too long ago.
    """

    due_at: datetime | None
    deferred_until: date | None = None


def take_turns(*, wave: Wave, letters: Sequence[tuple[Invitation, datetime]]) -> list[Turn]:
    """Return when each planned letter of a wave goes once the ledger has been asked.

    The hour of the day stays as planned, on the reader's own clock. Nothing is written.
    """
    plans = [
        Plan(
            invitation.person or invitation.customer,
            due_at,
            invitation.interaction.occurred_at if invitation.interaction else None,
        )
        for invitation, due_at in letters
    ]
    turns = Turns(plans)
    return [turns.take(wave=wave, plan=plan) for plan in plans]


def turns_of_customers(*, customers: Iterable[Customer], now: datetime) -> "Turns":
    """Return the turns of customers whose contacts come in; those who wait to be asked have one."""
    plans = {row.pk: Plan(row, now) for row in customers}
    turns = Turns(list(plans.values()))
    for batch in in_batches(plans, ROWS_AT_ONCE):
        waiting = Invitation.objects.filter(customer__in=batch, is_admitted=False)
        for customer_id, wave_id in waiting.values_list("customer", "wave"):
            turns.count(
                human=plans[customer_id].human,
                day=plans[customer_id].day,
                audience=Audience.CUSTOMER,
                wave_id=wave_id,
            )
    return turns


class Turns:
    """Gives out turns one after the other, so that one human gets one at a time.

    In a wave of staff everybody has one link, so that people who share a mailbox are asked
    together; a customer may have had several contacts, and is asked about one.
    """

    def __init__(self, plans: Sequence[Plan]) -> None:
        self._rules = read_rules()
        self._given: dict[Key, set[tuple[Asked, int | None]]] = defaultdict(set)
        self._records: Mapping[Human, Record] = {}
        if plans:
            humans = list(dict.fromkeys(plan.human for plan in plans))
            since = horizon(self._rules, min(plan.day for plan in plans))
            records = read_records(humans, since=since)
            self._records = dict(zip(humans, records, strict=True))

    def count(self, *, human: Human, day: date, audience: str, wave_id: int) -> None:
        """Count an asking that stands in no ledger yet against what comes after it."""
        for key in keys_of(human):
            self._given[key].add((Asked(day, audience), wave_id))

    def take(self, *, wave: Wave, plan: Plan) -> Turn:
        """Return when a letter goes, and count it against what comes after it."""
        audience = wave.campaign.audience
        keys = keys_of(plan.human)
        record = self._records[plan.human]
        if given := [self._given[key] for key in keys if key in self._given]:
            record = record.with_more(given)
        day = record.free_day(
            audience=audience,
            rules=self._rules,
            day=plan.day,
            wave_id=None if audience == Audience.CUSTOMER else wave.pk,
        )
        due_at = plan.due_at if day == plan.day else _on(day, plan, wave)
        if due_at >= wave.closes_at or _is_stale(wave, plan, due_at):
            return Turn(None, day)
        self.count(human=plan.human, day=day, audience=audience, wave_id=wave.pk)
        return Turn(due_at, None if day == plan.day else day)


def _on(day: date, plan: Plan, wave: Wave) -> datetime:
    """Return the planned hour on another day, out of quiet hours."""
    zone = zone_of(plan.somebody)
    at = plan.due_at.astimezone(ZoneInfo(zone)).time()
    moment = local_moment(day=day, at=at, zone=zone)
    return after_quiet_hours(moment=moment, zone=zone, quiet=quiet_hours_of(wave.campaign))


def _is_stale(wave: Wave, plan: Plan, due_at: datetime) -> bool:
    if plan.occurred_at is None:
        return False
    return is_expired(rules=rules_of(wave.campaign), occurred_at=plan.occurred_at, at=due_at)
