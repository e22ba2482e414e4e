"""Recurring campaigns: draft and launch each round in time, so that waves follow each other."""

import logging
from collections.abc import Collection
from datetime import date, datetime, time
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from survey.campaigns.models import Campaign, Schedule, Wave
from survey.campaigns.rosters import STAFF
from survey.campaigns.rotation import plan_rotation
from survey.campaigns.rounds import due_round
from survey.campaigns.schedules import Round, check_calendar, shortest_gap_days
from survey.campaigns.services.drafts import draft_wave
from survey.campaigns.services.launching import LaunchRefusedError, keep_problem, request_launch
from survey.campaigns.services.reminders import RemindersRefusedError, copy_reminders
from survey.core.stages import run_each
from survey.core.timestamps import local_date
from survey.letters.models import Letter
from survey.questionnaires.selectors import get_content

logger = logging.getLogger(__name__)


class ScheduleError(Exception):
    """The schedule cannot be kept; the message says why."""


@transaction.atomic
def set_schedule(
    *,
    campaign: Campaign,
    rhythm: str,
    first_date: date,
    letters_time: time,
    now: datetime,
    every: int = 1,
    open_days: int = 10,
    skip_dates: Collection[date] = (),
    holiday_country: str = "",
    scales_per_round: int | None = None,
    fixed_scales: Collection[str] = (),
) -> Schedule:
    """Let a campaign's waves follow each other from a day on; drafted ones stay as they are.

    Raises ScheduleError, UnknownCalendarError or RotationError where that cannot be done.
    """
    planned = Schedule(
        campaign=campaign,
        rhythm=rhythm,
        every=every,
        first_date=first_date,
        letters_time=letters_time,
        open_days=open_days,
        skip_dates=sorted(day.isoformat() for day in skip_dates),
        holiday_country=holiday_country,
        scales_per_round=scales_per_round,
        fixed_scales=list(fixed_scales),
    )
    _check(planned, today=local_date(now))
    planned.pk = Schedule.objects.filter(campaign=campaign).values_list("pk", flat=True).first()
    planned.save()
    return planned


@transaction.atomic
def stop_schedule(*, campaign: Campaign) -> None:
    """Plan no more rounds of a campaign; those that are drafted or launched stay as they are."""
    Schedule.objects.filter(campaign=campaign).update(is_active=False)


def plan_due_rounds(*, now: datetime) -> int:
    """Draft the rounds whose turn it is, each once, and ask for their launch; return how many."""
    active = Schedule.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)
    return run_each(active, partial(_plan_round, now=now), name="Planning a round of schedule")


@transaction.atomic
def _plan_round(schedule_id: int, now: datetime) -> bool:
    """Plan the round whose turn it is; the schedule is held, so that nobody else plans it too."""
    schedule = (
        Schedule.objects.select_for_update(of=("self",))
        .select_related("campaign__scope", "campaign__questionnaire", "campaign__letter")
        .get(pk=schedule_id)
    )
    due = due_round(schedule=schedule, now=now) if schedule.is_active else None
    if due is None:
        return False
    last = schedule.campaign.waves.order_by("-number").first()
    wave = _draft(schedule, due)
    if last is not None:
        _repeat_reminders(last, wave, now)
    try:
        request_launch(wave_id=wave.pk, now=now)
    except LaunchRefusedError as error:
        keep_problem(wave_id=wave.pk, error=error, now=now)
        logger.error("Wave %s, planned by itself, is not launched: %s", wave.pk, error)
        return False
    return True


def _draft(schedule: Schedule, due: Round) -> Wave:
    campaign = schedule.campaign
    return draft_wave(
        campaign=campaign,
        opens_at=due.opens_at,
        closes_at=due.closes_at,
        letters_date=due.letters_date,
        letters_time=schedule.letters_time,
        planned_date=due.planned_date,
        scale_codes=due.scale_codes,
        letter=_last_letter(campaign) if campaign.letter is None else None,
    )


def _repeat_reminders(last: Wave, wave: Wave, now: datetime) -> None:
    """Plan the reminders of the last wave again, as many days after the letters."""
    try:
        copy_reminders(from_wave_id=last.pk, to_wave_id=wave.pk, now=now)
    except RemindersRefusedError as error:
        logger.warning("Wave %s, planned by itself, has no reminders: %s", wave.pk, error)


def _last_letter(campaign: Campaign) -> Letter | None:
    waves = campaign.waves.filter(letter__isnull=False).select_related("letter")
    last = waves.order_by("-number").first()
    return last.letter if last else None


def _check(planned: Schedule, *, today: date) -> None:
    if planned.campaign.audience not in STAFF:
        raise ScheduleError(
            _(
                "Only surveys of people who work here are repeated: customers are asked after "
                "each contact."
            )
        )
    shortest = shortest_gap_days(rhythm=planned.rhythm, every=planned.every)
    if planned.open_days >= shortest:
        sentence = _(
            "The next round may begin %(shortest)s days later: keep each open for %(most)s days "
            "or fewer."
        )
        raise ScheduleError(sentence % {"shortest": shortest, "most": shortest - 1})
    if planned.first_date < today and not _goes_on(planned):
        raise ScheduleError(_("The first round would be in the past: choose today or a later day."))
    check_calendar(country=planned.holiday_country)
    plan_rotation(
        content=get_content(questionnaire_id=planned.campaign.questionnaire_id),
        scales_per_round=planned.scales_per_round,
        fixed_scales=planned.fixed_scales,
    )


def _goes_on(planned: Schedule) -> bool:
    """Say whether an active schedule keeps its rhythm, so that no day of the past is planned."""
    return Schedule.objects.filter(
        campaign=planned.campaign,
        is_active=True,
        rhythm=planned.rhythm,
        every=planned.every,
        first_date=planned.first_date,
    ).exists()
