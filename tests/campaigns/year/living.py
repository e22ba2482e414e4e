"""Lets a company live through a time: the stages run whenever something can be due."""

import heapq
import random
import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from itertools import count

from django.db.models import Min, Q

from survey.campaigns.invariants import broken_invariants
from survey.campaigns.links import stop_token
from survey.campaigns.models import Asking, Invitation, Reminder, ReminderRow, Wave
from survey.campaigns.reminder_words import ReminderWords
from survey.campaigns.reminding import reminder_due_at
from survey.campaigns.selectors import LinkNotOpenError, UnknownLinkError, get_link
from survey.campaigns.services import (
    CustomerData,
    Receipt,
    admit_due_customers,
    close_due_waves,
    destroy_due_keys,
    launch_requested_waves,
    open_due_waves,
    record_interaction,
    send_due_letters,
    send_due_reminders,
    set_reminders,
    snooze_letters,
    stop_letters,
)
from survey.campaigns.services.scheduling import plan_due_rounds
from survey.core.timestamps import local_date
from survey.letters.models import Delivery
from survey.letters.states import DeliveryState
from survey.organization.models import Membership, Person, Team
from survey.responses.services import CredentialSpentError, seal_due_waves, submit_response
from tests.campaigns.year.company import (
    PROGRAMMES,
    RULES,
    ZONES,
    Deed,
    Size,
    build_company,
    build_programmes,
    plan_deeds,
)
from tests.campaigns.year.facts import (
    Answered,
    Facts,
    Moved,
    Opened,
    Reported,
    Rested,
    Sent,
    Stopped,
)
from tests.factories.responses import make_answers
from tests.letters.mail_server import MailServer

QUARTER_DAY = timedelta(hours=6)
FIRST_ZONE = "Pacific/Kiritimati"
ANSWERS = 0.45  # the share of letters that somebody follows
LINK = re.compile(r"/r/([\w-]+)/")


class Life:
    """One simulated time, from its first moment to its last."""

    def __init__(self, size: Size, server: MailServer, *, seed: int = 1) -> None:
        self.size = size
        self.server = server
        self.chance = random.Random(seed)  # noqa: S311 - the same life again
        self.now = self.due_at = size.starts_at
        self.teams = build_company(size)
        build_programmes(size, self.teams)
        self.deeds = [(deed.at, n, deed) for n, deed in enumerate(plan_deeds(size, self.chance))]
        heapq.heapify(self.deeds)
        self.serial = count(len(self.deeds))
        self.tokens: dict[str, str] = {}  # of everybody's last letter
        self.facts = Facts(
            ends_at=size.ends_at,
            rules=dict(RULES),
            programmes={row.code: row for row in PROGRAMMES},
            zones=dict(Person.objects.values_list("email", "time_zone")),
        )
        self.launched: dict[int, frozenset[str]] = {}

    def run(self) -> Facts:
        """Live until the end, and return what happened."""
        month = self.now.month
        while self.now < self.size.ends_at:
            if self._do_due_deeds() or self.now >= self.due_at:
                self._tick()
                self.due_at = self._next_due()
            if self.now.month != month:
                month = self.now.month
                self.facts.broken += broken_invariants(now=self.now)
            soon = self.now + timedelta(minutes=1)
            self.now = max(soon, min([self.due_at, *(at for at, *_ in self.deeds[:1])]))
        self._settle()
        return self.facts

    def _tick(self) -> None:
        now = self.now
        plan_due_rounds(now=now)
        launch_requested_waves(now=now)
        self._note_launches()
        open_due_waves(now=now)
        self._note_openings()
        admit_due_customers(now=now)
        send_due_letters(now=now)
        send_due_reminders(now=now)
        self._collect()
        if close_due_waves(now=now):
            self._note_unasked()
            seal_due_waves(now=now)
            destroy_due_keys(now=now)

    def _next_due(self) -> datetime:
        """Return when some stage can have work next; at the latest a quarter of a day later."""
        steps = [self.now + QUARTER_DAY]
        queued = Delivery.objects.filter(state=DeliveryState.QUEUED)
        steps.append(queued.aggregate(at=Min("due_at"))["at"])
        running = Wave.objects.launched().filter(closed_at=None)
        steps.append(running.filter(opened_at=None).aggregate(at=Min("opens_at"))["at"])
        steps.append(running.aggregate(at=Min("closes_at"))["at"])
        waiting = ReminderRow.objects.filter(is_done=False, reminder__wave__in=running)
        steps.append(waiting.aggregate(at=Min("due_at"))["at"])
        planned = Reminder.objects.filter(queued_at=None, wave__in=running)
        for row in planned.select_related("wave__campaign"):
            steps.append(reminder_due_at(reminder=row, zone=FIRST_ZONE))
        return min(at for at in steps if at is not None)

    def _do_due_deeds(self) -> bool:
        """Let people do what they do now; say whether a stage has work by that."""
        has_work = False
        while self.deeds and self.deeds[0][0] <= self.now:
            deed = heapq.heappop(self.deeds)[2]
            getattr(self, f"_do_{deed.kind}")(deed.who)
            has_work = has_work or deed.kind in ("contact", "rest")
        return has_work

    def _do_contact(self, number: int) -> None:
        shared = f"p{number}@people{number % 40}.example"
        is_shared = number % 4 == 0 and shared in self.facts.zones
        address = shared if is_shared else f"c{number}@customers{number % 9}.example"
        zone = ZONES[number % len(ZONES)]
        if is_shared:
            zone = Person.objects.get(email=address).time_zone
        leaves = sorted(code for code in self.teams if code.startswith("team-"))
        team = self.chance.choice(leaves)
        occurred_at = self.now - timedelta(minutes=self.chance.randrange(600))
        key = f"contact-{next(self.serial)}"
        receipt = record_interaction(
            idempotency_key=key,
            request_digest=key,
            customer=CustomerData(f"c{number}", f"Customer {number}", address, time_zone=zone),
            team_code=team,
            occurred_at=occurred_at,
            now=self.now,
        )
        assert isinstance(receipt, Receipt)
        self.facts.events.append(
            Reported(
                self.now,
                address,
                zone,
                team,
                occurred_at,
                self.size.ends_at,
                receipt.reason,
                receipt.deferred_until,
            )
        )

    def _somebody(self, number: int) -> tuple[str, str] | None:
        """Return somebody's address, at times a customer's, and the token of their last letter."""
        addresses = [f"p{number}@people{number % 40}.example"]
        if number % 3 == 0:
            addresses.insert(0, f"c{number}@customers{number % 9}.example")
        return next(((a, self.tokens[a]) for a in addresses if a in self.tokens), None)

    def _do_rest(self, number: int) -> None:
        if found := self._somebody(number):
            months = self.chance.choice([1, 1, 3, 6])
            snooze_letters(token=stop_token(token=found[1]), months=months, now=self.now)
            self.facts.events.append(Rested(self.now, found[0], months))

    def _do_stop(self, number: int) -> None:
        if found := self._somebody(number):
            stop_letters(token=stop_token(token=found[1]), today=local_date(self.now))
            self.facts.events.append(Stopped(self.now, found[0]))

    def _do_zone(self, number: int) -> None:
        address = f"p{number}@people{number % 40}.example"
        zone = self.chance.choice(ZONES)
        Person.objects.filter(email=address).update(time_zone=zone)
        self.facts.events.append(Moved(self.now, address, zone))

    def _do_team(self, number: int) -> None:
        person = Person.objects.get(external_id=f"p{number}")
        today = local_date(self.now)
        held = Membership.objects.filter(person=person, active_to=None, active_from__lt=today)
        if held.update(active_to=today):
            leaves = [team for code, team in self.teams.items() if code.startswith("team-")]
            Membership.objects.create(
                person=person, team=self.chance.choice(leaves), active_from=today
            )

    def _do_answer(self, token: str) -> None:
        with suppress(LinkNotOpenError, UnknownLinkError, CredentialSpentError):
            answers = make_answers(get_link(token=token, now=self.now).wave)
            submit_response(token=token, answers=answers, now=self.now)
            self.facts.events.append(Answered(self.now, token))

    def _collect(self) -> None:
        """Take the letters out of the mail server's box, and let some people follow them."""
        letters, self.server.taken[:] = list(self.server.taken), []
        for message in letters:
            sent = _read(message, self.now)
            self.facts.letters.append(sent)
            self.tokens[sent.address] = sent.token
            if self.chance.random() < ANSWERS:
                at = self.now + timedelta(minutes=self.chance.randrange(20, 9 * 24 * 60))
                number = next(self.serial)
                heapq.heappush(self.deeds, (at, number, Deed(at, "answer", sent.token)))

    def _note_launches(self) -> None:
        for wave in Wave.objects.filter(launched_at=self.now).select_related("campaign__scope"):
            self.launched[wave.pk] = self._belonging(wave.campaign.scope)
            if wave.number == 1 and wave.letters_date is not None:
                self._plan_reminders(wave, wave.letters_date)

    def _plan_reminders(self, wave: Wave, letters_date: date) -> None:
        """Plan those of a programme's first wave; the waves after it repeat them."""
        programme = self.facts.programmes[wave.campaign.code]
        set_reminders(
            wave_id=wave.pk,
            reminders=[
                (letters_date + timedelta(days=days), ReminderWords(subject, f"Note {days}."))
                for days, subject in zip(
                    programme.reminder_days, programme.reminder_subjects, strict=True
                )
            ],
            now=self.now,
        )

    def _belonging(self, scope: Team) -> frozenset[str]:
        """Return who belongs to the teams below one today."""
        today = local_date(self.now)
        below = [
            team.pk
            for team in self.teams.values()
            if scope.pk in (team.pk, team.parent_id) or scope.parent_id is None
        ]
        held = Membership.objects.active_on(today).filter(team__in=below)
        return frozenset(held.values_list("person__email", flat=True))

    def _note_openings(self) -> None:
        opened = Wave.objects.filter(opened_at=self.now).exclude(letters_date=None)
        for wave in opened.select_related("campaign"):
            assert wave.letters_date is not None
            self.facts.events.append(
                Opened(
                    self.now,
                    wave.campaign.code,
                    wave.letters_date,
                    wave.closes_at,
                    self.launched[wave.pk],
                )
            )

    def _note_unasked(self) -> None:
        """Read whom the closing waves did not ask, and until when they had to wait."""
        never_sent = Q(delivery=None) | Q(delivery__state="FAILED", delivery__reason="snoozed")
        rows = Invitation.objects.filter(never_sent, wave__closed_at=self.now)
        for row in rows.exclude(deferred_until=None).select_related("wave__campaign", "person"):
            if row.person is not None and row.deferred_until is not None:
                self.facts.unasked.append(
                    (row.wave.campaign.code, row.person.email, row.deferred_until)
                )

    def _settle(self) -> None:
        self.facts.broken += broken_invariants(now=self.now)
        askings = Asking.objects.select_related("person", "customer", "invitation__delivery")
        for row in askings.order_by("pk"):
            delivery = row.invitation.delivery if row.invitation else None
            somebody = row.person or row.customer
            if somebody is not None and delivery and delivery.state == DeliveryState.SENT:
                self.facts.ledger.append((somebody.email, row.asked_date))


def _read(message: EmailMessage, now: datetime) -> Sent:
    part = message.get_body(("plain",))
    assert part is not None
    text = part.get_content()
    found = LINK.search(text)
    assert found is not None
    to = message["To"].addresses[0]
    return Sent(
        at=now.astimezone(UTC),
        address=to.addr_spec,
        subject=str(message["Subject"]),
        body=text,
        token=found.group(1),
        sender=message["From"].addresses[0].display_name,
        reply_to=message["Reply-To"].addresses[0].addr_spec,
    )
