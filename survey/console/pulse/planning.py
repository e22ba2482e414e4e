"""Save the fourth step: the days of this wave, its reminders, and the rounds after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from survey.campaigns.models import Schedule, Wave
from survey.campaigns.reminder_words import ReminderWords
from survey.campaigns.rotation import RotationError
from survey.campaigns.rounds import RoundsAhead, rotation_of
from survey.campaigns.schedules import UnknownCalendarError
from survey.campaigns.selectors import find_letter
from survey.campaigns.services import RemindersRefusedError, set_campaign_letter, set_reminders
from survey.campaigns.services.redrafting import ask_scales, set_quiet_hours, time_draft
from survey.campaigns.services.scheduling import ScheduleError, set_schedule, stop_schedule
from survey.console.pulse.repeating import coming_rounds, schedule_values, unsaved_schedule
from survey.console.pulse.timing import TimingForm


class TimingRefusedError(Exception):
    """The days cannot be kept; field says which of them, the message why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def save_timing(*, wave: Wave, form: TimingForm, now: datetime) -> None:
    """Store what a valid form says; raises TimingRefusedError and stores nothing."""
    window = form.window
    assert window is not None  # noqa: S101 - a valid form has one
    repeats = bool(form.cleaned_data.get("rhythm"))
    if repeats:
        window = replace(window, planned_date=window.letters_date)
        _refuse_a_second_round(wave, window.planned_date)
    set_quiet_hours(campaign_id=wave.campaign_id, quiet=form.quiet_hours())
    time_draft(wave_id=wave.pk, window=window)
    if form.is_staff:
        with _naming_the_field():
            _save_rhythm(wave, form, now)
            plan_reminders(wave=wave, days=form.reminder_days(), now=now)


def plan_reminders(*, wave: Wave, days: list[date], now: datetime) -> None:
    """Have people reminded on some days, in the words written before, else in the usual ones."""
    if find_letter(wave=wave) is None:
        return
    words = reminder_words(wave=wave)
    planned = [(day, words.get(number)) for number, day in enumerate(days, start=1)]
    set_reminders(wave_id=wave.pk, reminders=planned, now=now)


def reminder_words(*, wave: Wave) -> dict[int, ReminderWords]:
    """Return what each planned reminder of a wave says."""
    rows = wave.reminders.select_related("letter").order_by("number")
    return {row.number: ReminderWords(row.letter.subject, row.letter.body) for row in rows}


def preview_rounds(*, wave: Wave, form: TimingForm, today: date) -> RoundsAhead | None:
    """Return the rounds after this one as a valid form would have them; None where it cannot."""
    if not form.cleaned_data.get("rhythm"):
        return None
    schedule = unsaved_schedule(campaign=wave.campaign, values=schedule_values(form.cleaned_data))
    with _naming_the_field():
        return coming_rounds(schedule=schedule, today=today)


def _save_rhythm(wave: Wave, form: TimingForm, now: datetime) -> None:
    campaign = wave.campaign
    if not form.cleaned_data["rhythm"]:
        if Schedule.objects.filter(campaign=campaign, is_active=True).exists():
            stop_schedule(campaign=campaign)
        ask_scales(wave_id=wave.pk, scale_codes=())
        return
    schedule = set_schedule(campaign=campaign, now=now, **schedule_values(form.cleaned_data))
    launched = campaign.waves.filter(planned_date__isnull=False, launched_at__isnull=False).count()
    turn = rotation_of(schedule=schedule).from_round(launched)[0]
    ask_scales(wave_id=wave.pk, scale_codes=turn)
    if wave.letter is not None:
        set_campaign_letter(campaign=campaign, letter=wave.letter)


def _refuse_a_second_round(wave: Wave, planned_date: date | None) -> None:
    others = Wave.objects.filter(campaign=wave.campaign_id, planned_date=planned_date)
    if others.exclude(pk=wave.pk).exists():
        message = _("Another round of this campaign begins that day.")
        raise TimingRefusedError("letters_date", message)


@contextmanager
def _naming_the_field() -> Iterator[None]:
    try:
        yield
    except RemindersRefusedError as error:
        raise TimingRefusedError("reminder_1", " ".join(error.problems)) from error
    except ScheduleError as error:
        raise TimingRefusedError("rhythm", str(error)) from error
    except UnknownCalendarError as error:
        message = _("We know no public holidays of “%(name)s”.") % {"name": error}
        raise TimingRefusedError("holiday_country", message) from error
    except RotationError as error:
        raise TimingRefusedError("scales_per_round", str(error)) from error
