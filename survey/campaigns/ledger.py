"""One fatigue ledger of everybody: when somebody was asked, and when they may be asked again.

It knows who was asked on which day, over all surveys; never who answered or was reminded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from survey.campaigns.fatigue import DEFAULT_RULES, Asked, Rule, next_free_day
from survey.campaigns.models import Asking, FatigueRule, Invitation, Snooze, Wave
from survey.campaigns.zones import quiet_hours_of, zone_of
from survey.core.batches import in_batches
from survey.core.local_time import QuietHours, after_quiet_hours, local_moment
from survey.letters.selectors import digest_address
from survey.organization.models import Customer, Person
from survey.questionnaires.models import Audience

ROWS_AT_ONCE = 500

_Key = tuple[str, int | str | None]


@dataclass(frozen=True, slots=True)
class Turn:
    """When an invited person's letter goes: deferred_until is the free day it had to wait for.

    Without due_at there is no letter in this wave: the free day comes after its close.
    """

    due_at: datetime | None
    deferred_until: date | None = None


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody by all that the ledger knows them by."""

    person_id: int | None
    customer_id: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class Record:
    """What the ledger holds against asking somebody: days, each with its wave, and a snooze."""

    askings: frozenset[tuple[Asked, int | None]]
    snoozed_until: date | None

    def with_more(self, more: Iterable[set[tuple[Asked, int | None]]]) -> "Record":
        """Return the same record with askings that are being decided at this moment."""
        return Record(self.askings.union(*more), self.snoozed_until)

    def free_day(
        self, *, audience: str, rules: Mapping[str, Rule], day: date, wave_id: int | None = None
    ) -> date:
        """Return the next free day from a day on; what one wave asked does not count for itself."""
        asked = [entry for entry, wave in self.askings if wave is None or wave != wave_id]
        start = max(day, self.snoozed_until or day)
        return next_free_day(asked=asked, audience=audience, rules=rules, day=start)


def human_of(somebody: Person | Customer) -> Human:
    """Return what the ledger knows somebody by: their row, and their address if they have one."""
    digest = digest_address(somebody.email) if somebody.email else ""
    if isinstance(somebody, Person):
        return Human(somebody.pk, None, digest)
    return Human(None, somebody.pk, digest)


def read_rules() -> dict[str, Rule]:
    """Return the rule of every audience; where nobody has set one, the default."""
    kept = FatigueRule.objects.values_list("audience", "at_most", "within_days", "gap_days")
    return {**DEFAULT_RULES, **{audience: Rule(*numbers) for audience, *numbers in kept}}


def free_days(
    *,
    people: Sequence[Person] = (),
    customers: Sequence[Customer] = (),
    audience: str,
    today: date,
) -> dict[int, date]:
    """Return by id the next day on which each may be asked; today where at once.

    Give either people or customers. One ledger counts for both: whoever works here and is a
    customer under the same address is one human.
    """
    somebodies: Sequence[Person | Customer] = people or customers
    rules = read_rules()
    records = read_records([human_of(row) for row in somebodies], since=_horizon(rules, today))
    return {
        row.pk: record.free_day(audience=audience, rules=rules, day=today)
        for row, record in zip(somebodies, records, strict=True)
    }


def take_turns(*, wave: Wave, letters: Sequence[tuple[Invitation, datetime]]) -> list[Turn]:
    """Return when each planned letter of a wave goes once the ledger has been asked.

    The hour of the day stays as planned, on the reader's own clock. Nothing is written.
    """
    rules = read_rules()
    plans = [_Plan.of(invitation, due_at) for invitation, due_at in letters]
    if not plans:
        return []
    since = _horizon(rules, min(plan.day for plan in plans))
    records = read_records([plan.human for plan in plans], since=since)
    decide = _Decider(wave, rules)
    return [decide.turn(plan, record) for plan, record in zip(plans, records, strict=True)]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A letter as planned: to whom, and when on which clock."""

    human: Human
    due_at: datetime
    zone: str

    @classmethod
    def of(cls, invitation: Invitation, due_at: datetime) -> "_Plan":
        somebody = invitation.person or invitation.customer
        human = human_of(somebody) if somebody else Human(None, None, "")
        return cls(human, due_at, zone_of(somebody))

    @property
    def day(self) -> date:
        return self.due_at.astimezone(ZoneInfo(self.zone)).date()

    def on(self, day: date, quiet: QuietHours | None) -> datetime:
        """Return the same hour on another day, out of quiet hours."""
        at = self.due_at.astimezone(ZoneInfo(self.zone)).time()
        moment = local_moment(day=day, at=at, zone=self.zone)
        return after_quiet_hours(moment=moment, zone=self.zone, quiet=quiet)


class _Decider:
    """Gives out turns one after the other, so that one human gets one at a time.

    In a wave of staff everybody has one link, so that people who share a mailbox are asked
    together; a customer may have had several contacts, and is asked about one.
    """

    def __init__(self, wave: Wave, rules: Mapping[str, Rule]) -> None:
        self._wave = wave
        self._rules = rules
        self._audience = wave.campaign.audience
        self._quiet = quiet_hours_of(wave.campaign)
        self._own_wave_id = None if self._audience == Audience.CUSTOMER else wave.pk
        self._given: dict[_Key, set[tuple[Asked, int | None]]] = defaultdict(set)

    def turn(self, plan: _Plan, record: Record) -> Turn:
        keys = _keys_of(plan.human)
        day = record.with_more(self._given[key] for key in keys).free_day(
            audience=self._audience,
            rules=self._rules,
            day=plan.day,
            wave_id=self._own_wave_id,
        )
        due_at = plan.due_at if day == plan.day else plan.on(day, self._quiet)
        if due_at >= self._wave.closes_at:
            return Turn(None, day)
        for key in keys:
            self._given[key].add((Asked(day, self._audience), self._wave.pk))
        return Turn(due_at, None if day == plan.day else day)


def read_records(humans: Sequence[Human], *, since: date) -> list[Record]:
    """Return what the ledger holds of each of some humans from a day on, in their order."""
    return [
        record
        for batch in in_batches(humans, ROWS_AT_ONCE)
        for record in _read_records(batch, since)
    ]


def read_snoozes(*, addresses: Iterable[str]) -> dict[str, date]:
    """Return until which day those of some addresses rest that asked for it."""
    by_digest = {digest_address(address): address for address in addresses}
    found = _snoozes_until(by_digest)
    return {address: found[digest] for digest, address in by_digest.items() if digest in found}


def _snoozes_until(digests: Iterable[str]) -> dict[str, date]:
    rows = Snooze.objects.filter(address_digest__in=list(digests))
    return dict(rows.values_list("address_digest", "until_date"))


def _read_records(humans: Sequence[Human], since: date) -> list[Record]:
    digests = {human.digest for human in humans} - {""}
    snoozes = _snoozes_until(digests)
    askings = _read_askings(humans, digests, since)
    return [
        Record(
            frozenset().union(*(askings[key] for key in _keys_of(human))),
            snoozes.get(human.digest),
        )
        for human in humans
    ]


def _keys_of(human: Human) -> list[_Key]:
    keys: list[_Key] = [
        ("person", human.person_id),
        ("customer", human.customer_id),
        ("address", human.digest),
    ]
    return [key for key in keys if key[1]]


def _read_askings(
    humans: Sequence[Human], digests: set[str], since: date
) -> dict[_Key, set[tuple[Asked, int | None]]]:
    known = Q(address_digest__in=digests)
    known |= Q(person__in={human.person_id for human in humans} - {None})
    known |= Q(customer__in={human.customer_id for human in humans} - {None})
    rows = Asking.objects.filter(known, asked_date__gte=since).values_list(
        "person_id", "customer_id", "address_digest", "asked_date", "audience", "wave_id"
    )
    found: dict[_Key, set[tuple[Asked, int | None]]] = defaultdict(set)
    for person_id, customer_id, digest, day, audience, wave_id in rows:
        for key in _keys_of(Human(person_id, customer_id, digest)):
            found[key].add((Asked(day, audience), wave_id))
    return found


def _horizon(rules: Mapping[str, Rule], day: date) -> date:
    """Return the first day of which an asking may still matter."""
    days = max(max(rule.within_days, rule.gap_days) for rule in rules.values())
    return day - timedelta(days=days)
