"""Send reminders to unused links, so that nothing here tells who got one.

Everybody has a row. A chunk of rows is marked in one statement, those who are written to and those
who are not alike, before its first letter goes: where a worker is killed in the middle the rest of
its chunk gets no reminder, and nobody gets one twice.
"""

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from survey.campaigns.models import Invitation, Reminder, ReminderRow, Wave
from survey.campaigns.reminding import Written, address_of, reminder_due_at, write_reminders
from survey.campaigns.rows import insert_rows
from survey.campaigns.selectors import find_letter
from survey.campaigns.zones import quiet_hours_of, zone_of
from survey.core.batches import in_batches
from survey.core.local_time import after_quiet_hours
from survey.core.stages import run_each
from survey.letters.models import Delivery, Letter
from survey.letters.pacing import MINUTE, grant
from survey.letters.unrecorded import Post, open_post
from survey.organization.models import Person

CHUNK = 25
ROWS_AT_ONCE = 2000
RUN_SECONDS = 15  # and one chunk more, a second for each letter, stay below the workers' time limit
FIRST_ZONE = "Pacific/Kiritimati"  # where every day begins


class ChunkTakenError(Exception):
    """Another worker has taken some of these rows; this one has marked none."""


def send_due_reminders(*, now: datetime, read_clock: Callable[[], float] = time.monotonic) -> int:
    """Send the reminders whose time has come; return of how many people it was the turn.

    How many of them got a letter is told to nobody.
    """
    ends_at = read_clock() + RUN_SECONDS
    planned = _of_open_waves(now).filter(queued_at__isnull=True).order_by("wave_id", "number")
    due = [row.pk for row in planned if reminder_due_at(reminder=row, zone=FIRST_ZONE) <= now]
    run_each(due, partial(_begin, now=now), name="Beginning reminder")
    begun = _of_open_waves(now).filter(rows__is_done=False, rows__due_at__lte=now)
    return run_each(
        list(begun.order_by("pk").values_list("pk", flat=True).distinct()),
        lambda pk: _send(pk, now, lambda: read_clock() < ends_at),
        name="Reminder",
    )


def _of_open_waves(now: datetime) -> QuerySet[Reminder]:
    reminders = Reminder.objects.select_related("wave__campaign__letter", "wave__letter", "letter")
    return reminders.filter(wave__in=Wave.objects.open_at(now), stopped_at__isnull=True)


@transaction.atomic
def _begin(reminder_id: int, now: datetime) -> bool:
    """Give everybody invited a row; whoever is still due for the one before is so no longer."""
    waiting = Reminder.objects.filter(pk=reminder_id, queued_at__isnull=True)
    if not waiting.update(queued_at=now):
        return False
    reminder = _of_open_waves(now).get(pk=reminder_id)
    Wave.objects.select_for_update(no_key=True).get(pk=reminder.wave_id)  # nobody seals it now
    _sign(reminder)
    earlier = ReminderRow.objects.filter(reminder__wave=reminder.wave_id, is_done=False)
    earlier.update(is_done=True)
    invitations = Invitation.objects.filter(wave=reminder.wave_id).select_related("person")
    moments: dict[str, datetime] = {}
    for batch in in_batches(invitations.order_by("pk").iterator(ROWS_AT_ONCE), ROWS_AT_ONCE):
        for zone in {zone_of(row.person) for row in batch} - moments.keys():
            moments[zone] = reminder_due_at(reminder=reminder, zone=zone)
        insert_rows(
            model=ReminderRow,
            names=("reminder", "invitation", "due_at"),
            rows=((reminder.pk, row.pk, moments[zone_of(row.person)]) for row in batch),
        )
    return True


def _sign(reminder: Reminder) -> None:
    """Let the same person sign who signs the letter, should that have changed since."""
    letter = find_letter(wave=reminder.wave)
    if letter is not None:
        Letter.objects.filter(pk=reminder.letter_id).update(
            signer_name=letter.signer_name,
            signer_role=letter.signer_role,
            reply_to=letter.reply_to,
        )


def _send(reminder_id: int, now: datetime, has_time: Callable[[], bool]) -> int:
    """Take chunk after chunk while there is a mail server, time and somebody due."""
    reminder = _of_open_waves(now).get(pk=reminder_id)
    _leave_sleepers(reminder, now)
    n_done = 0
    with open_post() as post:
        while post is not None and has_time():
            try:
                n_rows, letters = _take_chunk(reminder, now)
            except ChunkTakenError:
                break  # the other worker goes on
            n_done += n_rows
            if n_rows == 0 or not _hand_over(post, letters):
                break
    return n_done


def _leave_sleepers(reminder: Reminder, now: datetime) -> None:
    """Put off whoever is due while it is quiet where they are, because the worker is late."""
    quiet = quiet_hours_of(reminder.wave.campaign)
    due = ReminderRow.objects.filter(reminder=reminder, is_done=False, due_at__lte=now)
    zones = due.order_by().values_list("invitation__person__time_zone", flat=True).distinct()
    for named in list(zones):
        zone = zone_of(Person(time_zone=named or ""))
        moment = after_quiet_hours(moment=now, zone=zone, quiet=quiet)
        if moment > now:
            due.filter(invitation__person__time_zone=named).update(due_at=moment)


@transaction.atomic
def _take_chunk(reminder: Reminder, now: datetime) -> tuple[int, list[Written]]:
    """Mark the next rows as done, all alike; return how many, and the letters that are to go."""
    if not _of_open_waves(now).filter(pk=reminder.pk).exists():
        return 0, []
    due = ReminderRow.objects.filter(reminder=reminder, is_done=False, due_at__lte=now)
    rows = due.select_related("invitation__person", "invitation__delivery")
    chunk = _at_their_pace(list(rows.order_by("due_at", "pk")[:CHUNK]), now)
    letters = write_reminders(
        reminder=reminder, invitations=[row.invitation for row in chunk], now=now
    )
    marked = ReminderRow.objects.filter(pk__in=[row.pk for row in chunk], is_done=False)
    if marked.update(is_done=True) != len(chunk):
        raise ChunkTakenError
    return len(chunk), letters


def _at_their_pace(rows: list[ReminderRow], now: datetime) -> list[ReminderRow]:
    """Keep the rows whose mail domains take letters in this minute; the others wait for the next.

    Everybody counts, also whoever gets no letter, so that the counts tell nothing.
    """
    envelopes = [Delivery(address=address_of(row.invitation)) for row in rows]
    granted = set(map(id, grant(envelopes, now=now)[0]))
    late = [row.pk for row, each in zip(rows, envelopes, strict=True) if id(each) not in granted]
    if late:
        ReminderRow.objects.filter(pk__in=late).update(due_at=now + MINUTE)
    return [row for row in rows if row.pk not in late]


def _hand_over(post: Post, letters: list[Written]) -> bool:
    """Hand letters to the mail server; False where it took fewer."""
    return all(post.send(*letter) for letter in letters)
