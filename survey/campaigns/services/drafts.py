"""Set up campaigns, pairings and drafts of waves."""

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from survey.campaigns.models import Campaign, Channel, Pairing, Schedule, Wave
from survey.campaigns.models.wave import SMALLEST_THRESHOLD
from survey.letters.models import Letter
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Questionnaire

USUAL_ARROWS = 3  # teams that one person is asked about at most


class WrongAudienceError(Exception):
    """The questionnaire is written for somebody else than the campaign asks."""


class PairingAudienceError(Exception):
    """A pairing needs an employee campaign and a customer campaign, and may have colleagues'."""


class ThresholdTooLowError(Exception):
    """Fewer than five people are never shown; the threshold can only be raised."""


class NotADraftError(Exception):
    """The wave has been launched, or its launch has been asked for."""


@transaction.atomic
def create_campaign(
    *,
    code: str,
    name: str,
    audience: str,
    scope: Team,
    questionnaire: Questionnaire,
    letter: Letter | None = None,
    minimum_interval_days: int = 30,
    arrows_per_person: int = USUAL_ARROWS,
) -> Campaign:
    """Set up a programme of asking one audience about a part of the organisation.

    Colleagues are asked about so many teams at most.
    """
    if questionnaire.audience != audience:
        raise WrongAudienceError(f"{questionnaire} is not written for {audience}")
    return Campaign.objects.create(
        code=code,
        name=name,
        audience=audience,
        scope=scope,
        questionnaire=questionnaire,
        letter=letter,
        minimum_interval_days=minimum_interval_days,
        arrows_per_person=arrows_per_person,
    )


@transaction.atomic
def create_pairing(
    *,
    code: str,
    name: str,
    ex: Campaign,
    cx: Campaign,
    period: str,
    colleague: Campaign | None = None,
) -> Pairing:
    """Say which employee campaign and which customer campaign are compared.

    A campaign among colleagues shows beside them how service goes from team to team.
    """
    if ex.audience != Audience.EMPLOYEE or cx.audience != Audience.CUSTOMER:
        raise PairingAudienceError(f"{ex} asks {ex.audience}, {cx} asks {cx.audience}")
    _check_colleagues(colleague)
    return Pairing.objects.create(
        code=code, name=name, ex=ex, cx=cx, period=period, colleague=colleague
    )


@transaction.atomic
def set_colleagues(*, pairing: Pairing, colleague: Campaign | None) -> None:
    """Say which campaign among colleagues a comparison takes in; None takes in none."""
    _check_colleagues(colleague)
    Pairing.objects.filter(pk=pairing.pk).update(colleague=colleague)
    pairing.colleague = colleague


def _check_colleagues(colleague: Campaign | None) -> None:
    if colleague is not None and colleague.audience != Audience.COLLEAGUE:
        raise PairingAudienceError(f"{colleague} asks {colleague.audience}, not colleagues")


@transaction.atomic
def set_campaign_letter(*, campaign: Campaign, letter: Letter) -> None:
    """Give a campaign the letter of its future waves; launched waves keep theirs."""
    if campaign.letter_id is not None:
        launched = campaign.waves.filter(launched_at__isnull=False, letter__isnull=True)
        launched.update(letter_id=campaign.letter_id)
    Campaign.objects.filter(pk=campaign.pk).update(letter=letter)


@transaction.atomic
def draft_wave(
    *,
    campaign: Campaign,
    opens_at: datetime,
    closes_at: datetime,
    channel: str = Channel.PERSONAL,
    threshold: int | None = None,
    letter: Letter | None = None,
    letters_date: date | None = None,
    letters_time: time | None = None,
    planned_date: date | None = None,
    scale_codes: Collection[str] = (),
) -> Wave:
    """Plan a wave; nobody is asked before it is launched.

    Letters go on a local day and time, or as the wave opens. A round of a schedule has a planned
    date. Without scale codes all scales are asked, without a threshold that of the waves before
    holds; none is ever lower.
    """
    least = _least_threshold(campaign)
    if threshold is not None and threshold < least:
        raise ThresholdTooLowError(f"the threshold of this campaign is {least} or more")
    return Wave.objects.create(
        campaign=campaign,
        number=_next_number(campaign),
        channel=channel,
        questionnaire=campaign.questionnaire,
        letter=letter,
        threshold=threshold or least,
        opens_at=opens_at,
        closes_at=closes_at,
        letters_date=letters_date,
        letters_time=letters_time,
        planned_date=planned_date,
        scale_codes=list(scale_codes),
        draw_seed=uuid4(),
    )


def _least_threshold(campaign: Campaign) -> int:
    highest: int | None = campaign.waves.aggregate(highest=Max("threshold"))["highest"]
    return highest or SMALLEST_THRESHOLD


@transaction.atomic
def discard_draft(*, wave_id: int) -> None:
    """Delete a draft; raise NotADraftError once a launch has been asked for.

    A round of a schedule is skipped for good: it must not be planned again.
    """
    wave = _lock_draft(wave_id)
    if wave.planned_date is not None:
        _skip_round(wave.campaign_id, wave.planned_date)
    wave.delete()


def _skip_round(campaign_id: int, planned_date: date) -> None:
    schedules = Schedule.objects.select_for_update().filter(campaign=campaign_id)
    for schedule in schedules:
        schedule.skip_dates = sorted({*schedule.skip_dates, planned_date.isoformat()})
        schedule.save(update_fields=["skip_dates"])


def _lock_draft(wave_id: int) -> Wave:
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave_id)
    if wave.launched_at is not None or wave.launch_requested_at is not None:
        raise NotADraftError(f"wave {wave_id} is no draft any more")
    return wave


def _next_number(campaign: Campaign) -> int:
    """Return the number of a campaign's next wave, and hold the campaign until the commit."""
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    last: int = campaign.waves.aggregate(last=Max("number"))["last"] or 0
    return last + 1
