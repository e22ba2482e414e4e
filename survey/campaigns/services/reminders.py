"""Plan a wave's reminders, stop them, and leave nothing of them behind."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from survey.campaigns.models import Reminder, ReminderRow, Wave
from survey.campaigns.models.reminder import MOST_REMINDERS
from survey.campaigns.reminder_words import DEFAULT_WORDS, ReminderWords, default_words
from survey.campaigns.rosters import asks_people
from survey.campaigns.selectors import find_letter, last_day
from survey.core.timestamps import local_date
from survey.letters.models import Letter
from survey.letters.services import create_letter, translate_letter
from survey.letters.words import primary_tag

BETWEEN_REMINDERS = timedelta(days=2)

PlannedReminder = tuple[date, ReminderWords | None]


class RemindersRefusedError(Exception):
    """The reminders cannot be planned so; problems says why, in sentences."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def set_reminders(*, wave_id: int, reminders: Sequence[PlannedReminder], now: datetime) -> None:
    """Plan the reminders still to come, each with its day and words, or None for the usual ones.

    They replace those that were planned before; one that has begun to go out stays and counts.
    """
    wave = _hold(wave_id)
    begun = list(wave.reminders.filter(queued_at__isnull=False).order_by("number"))
    problems = _find_problems(wave, begun, reminders, now)
    if problems:
        raise RemindersRefusedError(problems)
    wave.reminders.filter(queued_at__isnull=True).delete()
    for number, (due_date, words) in enumerate(reminders, start=len(begun) + 1):
        letter = _write_letter(_letter_of(wave), words, number)
        Reminder.objects.create(wave=wave, number=number, due_date=due_date, letter=letter)


@transaction.atomic
def stop_reminders(*, wave_id: int, now: datetime) -> bool:
    """Send no more reminders of a wave, not even the rest of one that has begun.

    False when there was none to stop.
    """
    running = Reminder.objects.filter(wave_id=wave_id, stopped_at__isnull=True)
    return running.update(stopped_at=now) > 0


@transaction.atomic
def copy_reminders(*, from_wave_id: int, to_wave_id: int, now: datetime) -> None:
    """Plan for a wave the reminders of another, as many days after its letters.

    Those that would come too late in it are left out.
    """
    wave, other = _hold(to_wave_id), _hold(from_wave_id)
    shift = letters_day(wave=wave) - letters_day(wave=other)
    rows = other.reminders.select_related("letter").order_by("number")
    planned: list[PlannedReminder] = [
        (row.due_date + shift, ReminderWords(row.letter.subject, row.letter.body)) for row in rows
    ]
    in_time = [row for row in planned if row[0] < last_day(wave=wave, now=wave.closes_at)]
    set_reminders(wave_id=to_wave_id, reminders=in_time, now=now)


@transaction.atomic
def drop_reminders(*, wave: Wave) -> None:
    """Delete the rows of a wave's reminders; that there were some, and when, stays."""
    ReminderRow.objects.filter(reminder__wave=wave).delete()


def letters_day(*, wave: Wave) -> date:
    """Return the day on which a wave's letters go."""
    return wave.letters_date or local_date(wave.opens_at)


def _hold(wave_id: int) -> Wave:
    waves = Wave.objects.select_related("campaign__letter", "letter")
    return waves.select_for_update(no_key=True, of=("self",)).get(pk=wave_id)


def _letter_of(wave: Wave) -> Letter:
    letter = find_letter(wave=wave)
    assert letter is not None  # noqa: S101 - _find_problems has refused a wave without
    return letter


def _find_problems(
    wave: Wave, begun: Sequence[Reminder], reminders: Sequence[PlannedReminder], now: datetime
) -> tuple[str, ...]:
    if not asks_people(wave=wave):
        return (_("Only people who work here are reminded; customers are asked once."),)
    if wave.withdrawn_at is not None or wave.closes_at <= now or wave.closed_at is not None:
        return (_("This wave is over, so nobody can be reminded."),)
    letter = find_letter(wave=wave)
    if letter is None:
        return (_("Write the letter first: a reminder follows it, in the same person’s name."),)
    if len(begun) + len(reminders) > MOST_REMINDERS:
        return (_("There are two reminders at most: a third one annoys and brings in few."),)
    days = [row.due_date for row in begun] + [day for day, _ in reminders]
    return _find_day_problems(wave, days, [day for day, _ in reminders], now) + _find_word_problems(
        letter, [words for _, words in reminders]
    )


def _find_day_problems(
    wave: Wave, days: Sequence[date], new_days: Sequence[date], now: datetime
) -> tuple[str, ...]:
    problems = []
    letters, last = letters_day(wave=wave), last_day(wave=wave, now=wave.closes_at)
    if any(day <= letters for day in days):
        after = _("Choose a day after the letters, which go on %(day)s.")
        problems.append(after % {"day": _say_day(letters)})
    if any(day >= last for day in days):
        before = _("Choose a day before the last one, %(day)s.")
        problems.append(before % {"day": _say_day(last)})
    if any(day < local_date(now) for day in new_days):
        problems.append(_("Choose a day that has not passed yet."))
    if any(second - first < BETWEEN_REMINDERS for first, second in pairwise(days)):
        problems.append(_("Leave two days or more between the two reminders."))
    return tuple(problems)


def _find_word_problems(letter: Letter, words: Sequence[ReminderWords | None]) -> tuple[str, ...]:
    bodies = [" ".join(row.body.split()) for row in words if row is not None]
    bodies.append(" ".join(letter.body.split()))
    if len(set(bodies)) == len(bodies):
        return ()
    return (
        _("Say it in other words than the letter and the other reminder: people have read those."),
    )


def _write_letter(letter: Letter, words: ReminderWords | None, number: int) -> Letter:
    says = words or default_words(language=letter.language, number=number)
    written = create_letter(
        subject=says.subject,
        body=says.body,
        signer_name=letter.signer_name,
        signer_role=letter.signer_role,
        reply_to=letter.reply_to,
        language=letter.language,
        has_first_item=letter.has_first_item,
    )
    if words is None:
        _translate(written, letter, number)
    return written


def _translate(reminder: Letter, letter: Letter, number: int) -> None:
    """Write the usual words down in every language into which the letter was translated."""
    for row in letter.translations.order_by("language"):
        if primary_tag(row.language) in DEFAULT_WORDS:
            says = default_words(language=row.language, number=number)
            translate_letter(
                letter=reminder,
                language=row.language,
                subject=says.subject,
                body=says.body,
                signer_role=row.signer_role,
            )


def _say_day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
