"""Where a wave's reminders are, when they are due, and the letters to those who get one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from survey.campaigns.facts import in_language, state_facts
from survey.campaigns.keys import read_link_key
from survey.campaigns.ledger import read_snoozes
from survey.campaigns.links import answer_token, answer_url, stop_url
from survey.campaigns.models import Credential, Invitation, Reminder, Wave
from survey.campaigns.reminder_words import why_reminded
from survey.campaigns.zones import quiet_hours_of, zone_of
from survey.core.local_time import after_quiet_hours, local_moment
from survey.core.tokens import digest_token
from survey.letters.composing import ComposedLetter, render_letter
from survey.letters.models import Delivery, DeliveryKind
from survey.letters.selectors import reachable_addresses
from survey.letters.states import DeliveryState
from survey.letters.words import letter_words

Written = tuple[Delivery, ComposedLetter]


class ReminderState(Enum):
    """Where a reminder is."""

    PLANNED = "planned"
    GOING_OUT = "going out"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """Return the word for it."""
        return str(LABELS[self])


LABELS = {
    ReminderState.PLANNED: _("planned"),
    ReminderState.GOING_OUT: _("going out"),
    ReminderState.DONE: pgettext_lazy("a reminder", "done"),
    ReminderState.STOPPED: pgettext_lazy("a reminder", "stopped"),
}


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One reminder of a wave as HR sees it; nobody sees to how many it went."""

    number: int
    due_date: date
    subject: str
    body: str
    state: ReminderState


def list_reminders(*, wave: Wave) -> tuple[ReminderLine, ...]:
    """Return the reminders of a wave in their order."""
    reminders = Reminder.objects.filter(wave=wave).select_related("letter", "wave")
    return tuple(
        ReminderLine(
            number=reminder.number,
            due_date=reminder.due_date,
            subject=reminder.letter.subject,
            body=reminder.letter.body,
            state=_state_of(reminder),
        )
        for reminder in reminders.order_by("number")
    )


def _state_of(reminder: Reminder) -> ReminderState:
    if reminder.stopped_at is not None:
        return ReminderState.STOPPED
    if reminder.queued_at is None:
        return ReminderState.PLANNED
    is_over = reminder.wave.closed_at is not None
    waits = not is_over and reminder.rows.filter(is_done=False).exists()
    return ReminderState.GOING_OUT if waits else ReminderState.DONE


def reminder_due_at(*, reminder: Reminder, zone: str) -> datetime:
    """Return when a reminder is due in a zone: at the hour of the wave's letters there."""
    wave = reminder.wave
    at = wave.letters_time or timezone.localtime(wave.opens_at).time()
    moment = local_moment(day=reminder.due_date, at=at, zone=zone)
    return after_quiet_hours(moment=moment, zone=zone, quiet=quiet_hours_of(wave.campaign))


def write_reminders(
    *, reminder: Reminder, invitations: Sequence[Invitation], now: datetime
) -> list[Written]:
    """Write to those whose links are unused, who had the letter before and take letters now.

    The deliveries are addresses on envelopes only; nobody stores them.
    """
    wanted = _take_letters_now(_had_the_letter(invitations, reminder.due_date), now)
    return [_write(reminder, row, token) for row, token in _unused(reminder.wave, wanted)]


def _had_the_letter(invitations: Sequence[Invitation], day: date) -> list[Invitation]:
    """Keep those whose invitation went out on an earlier day of their own clock."""
    return [
        row
        for row in invitations
        if row.person is not None
        and row.delivery is not None
        and row.delivery.state == DeliveryState.SENT
        and _day_at(row, row.delivery.due_at) < day
    ]


def _take_letters_now(invitations: Sequence[Invitation], now: datetime) -> list[Invitation]:
    addresses = {address_of(row) for row in invitations}
    welcome = reachable_addresses(addresses=addresses, now=now)
    snoozes = read_snoozes(addresses=welcome)
    return [
        row
        for row in invitations
        if address_of(row) in welcome
        and snoozes.get(address_of(row), date.min) <= _day_at(row, now)
    ]


def _unused(wave: Wave, invitations: Sequence[Invitation]) -> list[tuple[Invitation, str]]:
    """Return those whose links nobody has used, each with the token in it."""
    link_key = read_link_key(wave=wave)
    tokens = [(row, answer_token(link_key=link_key, invitation_key=row.key)) for row in invitations]
    unused = Credential.objects.filter(
        wave=wave, is_spent=False, digest__in=[digest_token(token) for _, token in tokens]
    )
    digests = set(unused.values_list("digest", flat=True))
    return [(row, token) for row, token in tokens if digest_token(token) in digests]


def _write(reminder: Reminder, invitation: Invitation, token: str) -> Written:
    invitation.wave = reminder.wave
    name = invitation.person.name if invitation.person else ""
    letter = reminder.letter
    wanted = invitation.delivery.language if invitation.delivery else ""
    language = letter_words(letter=letter, language=wanted).language
    facts = state_facts(
        invitation=invitation,
        recipient_name=name,
        answer_url=in_language(answer_url(token=token), language, letter.language),
        stop_url=stop_url(token=token),
        language=language,
        has_first_item=letter.has_first_item,
    )
    envelope = Delivery(
        letter=letter,
        kind=DeliveryKind.INVITATION,
        recipient_name=name,
        address=address_of(invitation),
        language=language,
    )
    facts = replace(facts, why_you=why_reminded(language=language))
    return envelope, render_letter(letter=letter, facts=facts, language=language)


def address_of(invitation: Invitation) -> str:
    """Return to which address somebody is reminded; empty where they have none, or are erased."""
    return invitation.person.email if invitation.person else ""


def _day_at(invitation: Invitation, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(zone_of(invitation.person))).date()
