"""Works out, from the rules as they are written down, which letters a year should have had.

Nothing of the product is imported: days are tried one by one, clocks are asked minute by minute.
"""

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from tests.campaigns.year.facts import (
    Answered,
    Facts,
    Moved,
    Opened,
    Programme,
    Quiet,
    Reported,
    Rested,
    Rule,
    Stopped,
)

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
EARLIEST_ZONE = "Pacific/Kiritimati"


@dataclass
class Expected:
    """One letter that should go: when at the earliest, to whom, with which subject."""

    due_at: datetime
    day: date  # on the reader's clock, as it is written into the ledger
    zone: str  # of the clock by which it was planned
    address: str
    programme: Programme
    closes_at: datetime
    stale_at: datetime | None = None
    is_cancelled: bool = False

    @property
    def last_moment(self) -> datetime:
        """Return from when on the letter makes no sense any more."""
        return min(self.closes_at, self.stale_at or self.closes_at)


@dataclass
class Account:
    """What a year should look like from outside."""

    invitations: list[Expected] = field(default_factory=list)
    reminders: list[tuple[Expected, str]] = field(default_factory=list)
    unasked: list[tuple[str, str, date]] = field(default_factory=list)
    receipts: list[tuple[Reported, str, date | None]] = field(default_factory=list)


class Reckoner:
    """Goes through what happened, in order, and keeps a ledger of its own."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.account = Account()
        self.zones: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        for address, zone in facts.zones.items():
            self.zones[address].append((datetime.min.replace(tzinfo=UTC), zone))
        self.stopped: dict[str, datetime] = {}
        self.rests: dict[str, list[tuple[datetime, date]]] = defaultdict(list)
        self.letters: dict[str, list[Expected]] = defaultdict(list)  # by address
        self.contacts: dict[tuple[str, str], list[datetime]] = defaultdict(list)
        self.used: dict[str, datetime] = {}
        self.waves: list[Opened] = []

    def reckon(self) -> Account:
        """Return all letters that should have gone."""
        for event in sorted(self.facts.events, key=lambda row: (row.at, isinstance(row, Opened))):
            match event:
                case Opened():
                    self._open(event)
                case Reported():
                    self._report(event)
                case Rested():
                    self._rest(event)
                case Stopped():
                    self.stopped.setdefault(event.address, event.at)
                    self._cancel_after(event)
                case Moved():
                    self.zones[event.address].append((event.at, event.zone))
                case Answered():
                    self.used[event.token] = event.at
        return self.account

    def zone_at(self, address: str, moment: datetime) -> str:
        """Return by which clock somebody lives at a moment."""
        return [zone for since, zone in self.zones[address] if since <= moment][-1]

    def rest_at(self, address: str, moment: datetime) -> date | None:
        """Return until when somebody wished to rest, as of a moment."""
        wishes = [until for since, until in self.rests[address] if since <= moment]
        return wishes[-1] if wishes else None

    def _open(self, wave: Opened) -> None:
        self.waves.append(wave)
        programme = self.facts.programmes[wave.programme]
        assert programme.letters_time is not None
        for address in sorted(wave.addresses):
            if address in self.stopped:
                continue
            zone = self.zone_at(address, wave.at)
            due_at = max(wave.at, wall(wave.letters_date, programme.letters_time, zone))
            due_at = awake(due_at, zone, programme.quiet)
            if due_at >= wave.closes_at:
                continue
            letter = Expected(
                due_at, day_of(due_at, zone), zone, address, programme, wave.closes_at
            )
            self._place(letter)
            if letter.is_cancelled and wave.closes_at < self.facts.ends_at:
                self.account.unasked.append((programme.code, address, letter.day))

    def _report(self, contact: Reported) -> None:
        if not self.zones[contact.address] or contact.address not in self.facts.zones:
            self.zones[contact.address].append((contact.at, contact.zone))
        reason, day = self._answer_contact(contact)
        self.account.receipts.append((contact, reason, day))

    def _answer_contact(self, contact: Reported) -> tuple[str, date | None]:
        programme = self.facts.programmes["visit"]
        if contact.address in self.stopped:
            return "stopped", None
        stale_at = contact.occurred_at + programme.expires_days * DAY
        if contact.at >= stale_at:
            return "expired", None
        earlier = self.contacts[contact.address, contact.team]
        if any(abs(contact.occurred_at - at) < programme.same_team_days * DAY for at in earlier):
            return "asked_lately", None
        due_at = max(contact.at, contact.occurred_at + programme.delay_minutes * MINUTE)
        due_at = awake(due_at, contact.zone, programme.quiet)
        letter = Expected(
            due_at,
            day_of(due_at, contact.zone),
            contact.zone,
            contact.address,
            programme,
            contact.closes_at,
            stale_at,
        )
        first_day = letter.day
        self._place(letter)
        if letter.is_cancelled:
            return "asked_lately", None
        earlier.append(contact.occurred_at)
        return ("asked", None) if letter.day == first_day else ("deferred", letter.day)

    def _place(self, letter: Expected) -> None:
        """Give a letter its first free day, trying day after day; cancel it where that is late."""
        rest = self.rest_at(letter.address, datetime.max.replace(tzinfo=UTC))
        first, hour = letter.day, letter.due_at.astimezone(ZoneInfo(letter.zone)).time()
        day = first
        while (rest is not None and day < rest) or not self._is_free(letter, day):
            day += DAY
        letter.day = day
        if day != first:
            moment = wall(day, hour, letter.zone)
            letter.due_at = awake(moment, letter.zone, letter.programme.quiet)
        letter.is_cancelled = letter.due_at >= letter.last_moment
        if not letter.is_cancelled:
            self.letters[letter.address].append(letter)
            self.account.invitations.append(letter)

    def _is_free(self, new: Expected, day: date) -> bool:
        """Say whether all askings of a human keep their rules with a new one on a day."""
        asked = [
            (row.day, row.programme.audience)
            for row in self.letters[new.address]
            if not row.is_cancelled
        ]
        everything = [*asked, (day, new.programme.audience)]
        return all(
            keeps_rule(at, everything, self.facts.rules[audience])
            for at, audience in everything
            if at >= day
        )

    def _rest(self, wish: Rested) -> None:
        """Let the letters that wait find another day after the rest."""
        zone = self.zone_at(wish.address, wish.at)
        until = months_after(day_of(wish.at, zone), wish.months)
        self.rests[wish.address].append((wish.at, until))
        for letter in list(self.letters[wish.address]):
            if letter.due_at > wish.at and letter.day < until:
                self.letters[wish.address].remove(letter)
                self.account.invitations.remove(letter)
                letter.zone = self.zone_at(wish.address, wish.at)
                letter.day = day_of(letter.due_at, letter.zone)
                self._place(letter)
                is_staff = letter.programme.letters_time is not None
                if letter.is_cancelled and is_staff and letter.closes_at < self.facts.ends_at:
                    self.account.unasked.append((letter.programme.code, letter.address, letter.day))

    def _cancel_after(self, wish: Stopped) -> None:
        for letter in self.letters[wish.address]:
            if letter.due_at > wish.at:
                letter.is_cancelled = True


def keeps_rule(day: date, askings: list[tuple[date, str]], rule: Rule) -> bool:
    """Say whether the asking on a day keeps its rule among all of a human's askings."""
    days = [at for at, _ in askings]
    close = [at for at in days if day - rule.gap_days * DAY < at <= day]
    recent = [at for at in days if day - rule.within_days * DAY < at <= day]
    return len(close) == 1 and len(recent) <= rule.at_most


@cache
def wall(day: date, at: time, zone: str) -> datetime:
    """Return the first moment at which clocks in a zone show a time, or have passed it."""
    moment = datetime.combine(day, time(0), UTC) - timedelta(hours=15)
    where = ZoneInfo(zone)
    while moment.astimezone(where).date() < day:
        moment += timedelta(minutes=15)
    while moment.astimezone(where).date() == day and moment.astimezone(where).time() < at:
        moment += MINUTE
    return moment


@cache
def awake(moment: datetime, zone: str, quiet: Quiet) -> datetime:
    """Return the first moment from one on at which it is not quiet in a zone."""
    where = ZoneInfo(zone)
    while is_quiet(moment.astimezone(where).time(), quiet):
        moment += MINUTE
        if moment.second or moment.microsecond:
            moment = moment.replace(second=0, microsecond=0)
    return moment


def is_quiet(at: time, quiet: Quiet) -> bool:
    """Say whether a time of day lies in the quiet hours, which span midnight."""
    return at >= quiet[0] or at < quiet[1]


def day_of(moment: datetime, zone: str) -> date:
    """Return the day that a moment falls on in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
