"""Holds what happened in a year against what should have happened; every difference is named."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.campaigns.year.expecting import (
    DAY,
    EARLIEST_ZONE,
    Account,
    Expected,
    Reckoner,
    awake,
    day_of,
    is_quiet,
    keeps_rule,
    wall,
)
from tests.campaigns.year.facts import Facts, Opened, Programme, Sent

LATE = timedelta(minutes=12)  # the worker looks again after five minutes where it was quiet


class Checker:
    """Compares; `find_faults` says in sentences what is not as the rules say."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.reckoner = Reckoner(facts)
        self.account: Account = self.reckoner.reckon()
        self.by_subject: dict[str, tuple[Programme, int]] = {}
        for programme in facts.programmes.values():
            for number, subject in enumerate((programme.subject, *programme.reminder_subjects)):
                self.by_subject[subject] = programme, number

    def find_faults(self) -> list[str]:
        """Return everything that is not as it should be."""
        return [
            *self.facts.broken,
            *self._asked_as_expected(),
            *self._reminded_as_expected(),
            *self._told_as_expected(),
            *self._doubled(),
            *self._in_quiet_hours(),
            *self._too_often(),
            *self._ledger_differs(),
            *self._reminders_wrong(),
        ]

    def _invitations(self) -> list[Sent]:
        return [row for row in self.facts.letters if self.by_subject[row.subject][1] == 0]

    def _reminders(self) -> list[Sent]:
        return [row for row in self.facts.letters if self.by_subject[row.subject][1] > 0]

    def _asked_as_expected(self) -> Iterator[str]:
        """Match each expected invitation with a letter, and each letter with an expectation."""
        expected = [(row, row.programme.subject) for row in self._due_invitations()]
        yield from self._match("invitation", expected, self._invitations())

    def _due_invitations(self) -> Iterator[Expected]:
        for letter in self.account.invitations:
            if not letter.is_cancelled and self._goes_at(letter) < letter.last_moment:
                yield letter

    def _goes_at(self, letter: Expected) -> datetime:
        """Return when a letter goes: as planned, or once it is not quiet where somebody is now."""
        zone = self.reckoner.zone_at(letter.address, letter.due_at)
        return awake(letter.due_at, zone, letter.programme.quiet)

    def _match(
        self, what: str, expected: list[tuple[Expected, str]], letters: list[Sent]
    ) -> Iterator[str]:
        found: dict[tuple[str, str], list[Sent]] = defaultdict(list)
        for sent in letters:
            found[sent.address, sent.subject].append(sent)
        for letter, subject in expected:
            goes_at = self._goes_at(letter)
            if goes_at >= self.facts.ends_at:  # nobody watches any more
                continue
            near = [
                sent
                for sent in found[letter.address, subject]
                if goes_at <= sent.at <= goes_at + LATE
            ]
            if near:
                found[letter.address, subject].remove(near[0])
            else:
                yield f"no {what} {subject!r} to {letter.address} at {goes_at:%d %b %H:%M}"
        for rest in found.values():
            for sent in rest:
                at = f"{sent.at:%d %b %H:%M}"
                yield f"nobody expected the {what} {sent.subject!r} to {sent.address} at {at}"

    def _reminded_as_expected(self) -> Iterator[str]:
        expected = [pair for wave in self.reckoner.waves for pair in self._expected_of(wave)]
        yield from self._match("reminder", expected, self._reminders())

    def _expected_of(self, wave: Opened) -> Iterator[tuple[Expected, str]]:
        """Yield the reminders of a wave: to links unused by then, of people asked days before."""
        programme = self.facts.programmes[wave.programme]
        asked = {
            row.address: row
            for row in self._invitations()
            if row.subject == programme.subject and wave.at <= row.at < wave.closes_at
        }
        for n_days, subject in zip(
            programme.reminder_days, programme.reminder_subjects, strict=True
        ):
            day = wave.letters_date + n_days * DAY
            begins_at = self._remind_at(programme, day, EARLIEST_ZONE)
            for address, sent in asked.items():
                zone = self.reckoner.zone_at(address, begins_at)
                due_at = self._remind_at(programme, day, zone)
                letter = Expected(due_at, day, zone, address, programme, wave.closes_at)
                if self._is_reminded(letter, sent):
                    yield letter, subject

    def _remind_at(self, programme: Programme, day: date, zone: str) -> datetime:
        assert programme.letters_time is not None
        return awake(wall(day, programme.letters_time, zone), zone, programme.quiet)

    def _is_reminded(self, letter: Expected, sent: Sent) -> bool:
        goes_at = self._goes_at(letter)
        zone = self.reckoner.zone_at(letter.address, goes_at)
        rest = self.reckoner.rest_at(letter.address, goes_at)
        used_at = self.reckoner.used.get(sent.token)
        stopped_at = self.reckoner.stopped.get(letter.address)
        return (
            goes_at < letter.closes_at
            and day_of(sent.at, zone) < letter.day
            and (rest is None or rest <= day_of(goes_at, zone))
            and (used_at is None or used_at > goes_at)
            and (stopped_at is None or stopped_at > goes_at)
        )

    def _told_as_expected(self) -> Iterator[str]:
        """Compare receipts, and what HR is told of those who were not asked in a wave."""
        for contact, reason, day in self.account.receipts:
            if (contact.reason, contact.deferred_until) != (reason, day):
                told = f"{contact.reason} {contact.deferred_until}"
                yield f"the receipt for {contact.address} says {told}, not {reason} {day}"
        missing = Counter(self.account.unasked) - Counter(self.facts.unasked)
        extra = Counter(self.facts.unasked) - Counter(self.account.unasked)
        yield from (f"HR is not told who was left out: {row}" for row in missing)
        yield from (f"HR is told of somebody left out who was not: {row}" for row in extra)

    def _doubled(self) -> Iterator[str]:
        letters = Counter((row.token, row.subject) for row in self.facts.letters)
        yield from (f"{n} times {key[1]!r}" for key, n in letters.items() if n > 1)

    def _in_quiet_hours(self) -> Iterator[str]:
        for sent in self.facts.letters:
            programme, _ = self.by_subject[sent.subject]
            zone = self.reckoner.zone_at(sent.address, sent.at)
            local = sent.at.astimezone(ZoneInfo(zone))
            if is_quiet(local.time(), programme.quiet):
                yield f"{sent.subject!r} reached {sent.address} at {local:%H:%M}"

    def _too_often(self) -> Iterator[str]:
        """Look at the letters alone: whoever got them, on their own clock."""
        asked: dict[str, list[tuple[date, str]]] = defaultdict(list)
        for sent in self._invitations():
            day = day_of(sent.at, self.reckoner.zone_at(sent.address, sent.at))
            asked[sent.address].append((day, self.by_subject[sent.subject][0].audience))
        moved = {address for address, zones in self.reckoner.zones.items() if len(zones) > 1}
        for address, days in asked.items():
            if address in moved:  # whose day may have changed under a letter that was on its way
                continue
            for day, audience in days:
                if not keeps_rule(day, days, self.facts.rules[audience]):
                    yield f"{address} was asked too often by {day}"

    def _ledger_differs(self) -> Iterator[str]:
        asked = Counter((sent.address, self._planned_day(sent)) for sent in self._invitations())
        ledger = Counter(self.facts.ledger)
        yield from (f"no asking in the ledger for the letter {row}" for row in asked - ledger)
        yield from (f"no letter for the asking in the ledger {row}" for row in ledger - asked)

    def _planned_day(self, sent: Sent) -> date:
        """Return the letter's day; of who moved meanwhile, the one it was planned for."""
        for letter in self.reckoner.letters[sent.address]:
            is_same = letter.programme.subject == sent.subject
            if is_same and abs(self._goes_at(letter) - sent.at) <= LATE:
                return letter.day
        return day_of(sent.at, self.reckoner.zone_at(sent.address, sent.at))

    def _reminders_wrong(self) -> Iterator[str]:
        """Hold every reminder to its invitation: unused link, same person, other words, two."""
        first = {row.token: row for row in self._invitations()}
        for sent in self._reminders():
            invitation = first.get(sent.token)
            used_at = self.reckoner.used.get(sent.token)
            if invitation is None or invitation.at >= sent.at:
                yield f"{sent.address} was reminded of a letter they never had"
                continue
            if used_at is not None and used_at <= sent.at:
                yield f"{sent.address} was reminded of a link they had used"
            if (sent.sender, sent.reply_to) != (invitation.sender, invitation.reply_to):
                yield f"{sent.address} was reminded by somebody else"
            if sent.subject == invitation.subject:
                yield f"{sent.address} was reminded in the same words"
            if "has not been used yet" not in " ".join(sent.body.split()):
                yield f"{sent.address} was not told how we know"
        numbers = Counter(row.token for row in self._reminders())
        yield from (f"{n} reminders for one link" for n in numbers.values() if n > 2)
