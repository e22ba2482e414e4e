"""One fatigue ledger of everybody: when somebody was asked, and when they may be asked again.

It knows who was asked on which day, over all surveys; never who answered or was reminded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Q

from survey.campaigns.fatigue import DEFAULT_RULES, Asked, Rule, next_free_day
from survey.campaigns.models import Asking, FatigueRule, Snooze
from survey.core.batches import in_batches
from survey.letters.selectors import digest_address
from survey.organization.models import Customer, Person

ROWS_AT_ONCE = 500

Key = tuple[str, int | str | None]


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
    """Return what the ledger knows somebody by: their row, and an address if they have one."""
    address = address_of(somebody)
    digest = digest_address(address) if address else ""
    if isinstance(somebody, Person):
        return Human(somebody.pk, None, digest)
    return Human(None, somebody.pk, digest)


def address_of(somebody: Person | Customer) -> str:
    """Return the address that tells who somebody is: e-mail, or the telephone of who has none."""
    return somebody.email or somebody.phone


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
    records = read_records([human_of(row) for row in somebodies], since=horizon(rules, today))
    return {
        row.pk: record.free_day(audience=audience, rules=rules, day=today)
        for row, record in zip(somebodies, records, strict=True)
    }


def read_records(humans: Sequence[Human], *, since: date) -> list[Record]:
    """Return what the ledger holds of each of some humans from a day on, in their order."""
    return [
        record
        for batch in in_batches(humans, ROWS_AT_ONCE)
        for record in _read_records(batch, since)
    ]


def read_snoozes(*, addresses: Iterable[str]) -> dict[str, date]:
    """Return until which day those of some addresses rest that asked for it."""
    digests = {address: digest_address(address) for address in addresses}
    found = _snoozes_until(digests.values())
    return {address: found[digest] for address, digest in digests.items() if digest in found}


def _snoozes_until(digests: Iterable[str]) -> dict[str, date]:
    rows = Snooze.objects.filter(address_digest__in=list(digests))
    return dict(rows.values_list("address_digest", "until_date"))


def _read_records(humans: Sequence[Human], since: date) -> list[Record]:
    digests = {human.digest for human in humans} - {""}
    snoozes = _snoozes_until(digests)
    askings = _read_askings(humans, digests, since)
    return [
        Record(
            frozenset().union(*(askings[key] for key in keys_of(human))),
            snoozes.get(human.digest),
        )
        for human in humans
    ]


def keys_of(human: Human) -> list[Key]:
    """Return all keys under which something may be known of somebody."""
    keys: list[Key] = [
        ("person", human.person_id),
        ("customer", human.customer_id),
        ("address", human.digest),
    ]
    return [key for key in keys if key[1]]


def _read_askings(
    humans: Sequence[Human], digests: set[str], since: date
) -> dict[Key, set[tuple[Asked, int | None]]]:
    known = Q(address_digest__in=digests)
    known |= Q(person__in={human.person_id for human in humans} - {None})
    known |= Q(customer__in={human.customer_id for human in humans} - {None})
    rows = Asking.objects.filter(known, asked_date__gte=since).values_list(
        "person_id", "customer_id", "address_digest", "asked_date", "audience", "wave_id"
    )
    found: dict[Key, set[tuple[Asked, int | None]]] = defaultdict(set)
    for person_id, customer_id, digest, *what in rows.iterator():
        asking = _asking(*what)
        for key in keys_of(Human(person_id, customer_id, digest)):
            found[key].add(asking)
    return found


@lru_cache(maxsize=10_000)
def _asking(day: date, audience: str, wave_id: int | None) -> tuple[Asked, int | None]:
    """Return one object for the many who were asked in one wave on one day."""
    return Asked(day, audience), wave_id


def horizon(rules: Mapping[str, Rule], day: date) -> date:
    """Return the first day of which an asking may still matter."""
    days = max(max(rule.within_days, rule.gap_days) for rule in rules.values())
    return day - timedelta(days=days)
