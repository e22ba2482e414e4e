"""Which round of a recurring campaign comes next, and when it can really begin."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from survey.campaigns.audience import zones_of_audience
from survey.campaigns.models import Campaign, Schedule, Wave
from survey.campaigns.rotation import Rotation, plan_rotation
from survey.campaigns.schedules import Round, begin_later, longest_gap_days, next_rounds
from survey.campaigns.zones import zones_of
from survey.core.timestamps import local_date
from survey.questionnaires.selectors import get_content

AHEAD = timedelta(hours=24)  # so long before its first letters a round is drafted and launched
LATE = timedelta(hours=1)  # a round that is later than this begins on the next working day
DAY = timedelta(days=1)
HOLIDAYS_AT_MOST = 14 * DAY  # in a row, with their weekends


@dataclass(frozen=True, slots=True)
class RoundsAhead:
    """The rounds to come, and in how many of them everybody sees every item."""

    rounds: tuple[Round, ...]
    n_rounds_for_all: int


def rounds_ahead(*, schedule: Schedule, today: date, n: int) -> RoundsAhead:
    """Return the next n rounds of a campaign as they would be planned today."""
    campaign = schedule.campaign
    planned = campaign.waves.filter(planned_date__gte=today).values_list("planned_date", flat=True)
    rotation = rotation_of(schedule=schedule)
    rounds = next_rounds(
        schedule=schedule,
        after=max([today - DAY, *(day for day in planned if day)]),
        n=n,
        zones=_invited_zones(campaign, today),
        blocks=rotation.from_round(_n_rounds(campaign)),
    )
    return RoundsAhead(tuple(rounds), rotation.n_rounds)


def due_round(*, schedule: Schedule, now: datetime) -> Round | None:
    """Return the round to be launched now, if any.

    That is the last whose turn has come: of several that were missed, only one is asked. One that
    is late, or whose predecessor is still open when it should begin, begins on the first working
    day on which nothing is in its way, and is left out where the next round begins by then.
    """
    zones = zones_of()
    due = _last_due(schedule, now, zones)
    if due is None or schedule.campaign.waves.filter(planned_date=due.planned_date).exists():
        return None
    free_from = _free_from(schedule.campaign, due, now)
    begins: Round | None = due
    while begins is not None and begins.opens_at < free_from:
        begins = _on(schedule, due, begins.letters_date + DAY, zones)
    if begins is None or begins.opens_at - AHEAD > now:
        return None
    invited = _invited_zones(schedule.campaign, local_date(now))
    fitted = _on(schedule, due, begins.letters_date, invited) or begins
    blocks = rotation_of(schedule=schedule).from_round(_n_rounds(schedule.campaign))
    return replace(fitted, scale_codes=blocks[0])


def rotation_of(*, schedule: Schedule) -> Rotation:
    """Return how the scales of a campaign take turns."""
    return plan_rotation(
        content=get_content(questionnaire_id=schedule.campaign.questionnaire_id),
        scales_per_round=schedule.scales_per_round,
        fixed_scales=schedule.fixed_scales,
    )


def _last_due(schedule: Schedule, now: datetime, zones: set[str]) -> Round | None:
    gap = longest_gap_days(rhythm=schedule.rhythm, every=schedule.every) * DAY
    after = local_date(now) - gap - HOLIDAYS_AT_MOST
    rounds = next_rounds(schedule=schedule, after=after, n=5, zones=zones)
    due = [one for one in rounds if one.opens_at - AHEAD <= now]
    return due[-1] if due else None


def _free_from(campaign: Campaign, due: Round, now: datetime) -> datetime:
    """Return from when a round can open: now if it is late, and after the waves still open."""
    before = Wave.objects.launched().filter(
        campaign=campaign, closed_at__isnull=True, closes_at__gt=due.opens_at
    )
    closing = before.values_list("closes_at", flat=True)
    return max([now if due.opens_at + LATE < now else due.opens_at, *closing])


def _on(schedule: Schedule, due: Round, day: date, zones: set[str]) -> Round | None:
    return begin_later(schedule=schedule, planned_date=due.planned_date, earliest=day, zones=zones)


def _invited_zones(campaign: Campaign, today: date) -> set[str]:
    return zones_of_audience(
        scope_id=campaign.scope_id, audience_filter=campaign.audience_filter, today=today
    )


def _n_rounds(campaign: Campaign) -> int:
    """Return how many rounds have been launched: whose turn it is follows from that."""
    return Wave.objects.launched().filter(campaign=campaign, planned_date__isnull=False).count()
