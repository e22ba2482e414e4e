"""Set up campaigns, pairings and drafts of waves."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from survey.campaigns.models import Campaign, Channel, Pairing, Wave
from survey.campaigns.models.wave import SMALLEST_THRESHOLD
from survey.letters.models import Letter
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Questionnaire


class WrongAudienceError(Exception):
    """The questionnaire is written for somebody else than the campaign asks."""


class PairingAudienceError(Exception):
    """A pairing needs an employee campaign and a customer campaign."""


class ThresholdTooLowError(Exception):
    """Fewer than five people are never shown; the threshold can only be raised."""


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
) -> Campaign:
    """Set up a programme of asking one audience about a part of the organisation."""
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
    )


@transaction.atomic
def create_pairing(*, code: str, name: str, ex: Campaign, cx: Campaign, period: str) -> Pairing:
    """Say which employee campaign and which customer campaign are compared."""
    if ex.audience != Audience.EMPLOYEE or cx.audience != Audience.CUSTOMER:
        raise PairingAudienceError(f"{ex} asks {ex.audience}, {cx} asks {cx.audience}")
    return Pairing.objects.create(code=code, name=name, ex=ex, cx=cx, period=period)


@transaction.atomic
def draft_wave(
    *,
    campaign: Campaign,
    opens_at: datetime,
    closes_at: datetime,
    channel: str = Channel.PERSONAL,
    threshold: int = SMALLEST_THRESHOLD,
    letter: Letter | None = None,
) -> Wave:
    """Plan a wave; nobody is asked before it is launched."""
    if threshold < SMALLEST_THRESHOLD:
        raise ThresholdTooLowError(f"the threshold is {SMALLEST_THRESHOLD} or more")
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)  # numbers in a row
    last = campaign.waves.aggregate(last=Max("number"))["last"] or 0
    return Wave.objects.create(
        campaign=campaign,
        number=last + 1,
        channel=channel,
        questionnaire=campaign.questionnaire,
        letter=letter,
        threshold=threshold,
        opens_at=opens_at,
        closes_at=closes_at,
    )
