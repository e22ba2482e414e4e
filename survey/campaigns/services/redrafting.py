"""Work on a draft step by step: its questions, its people, its words and its days, in any order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q

from survey.campaigns.audience import check_audience
from survey.campaigns.cuts import check_cuts
from survey.campaigns.models import Campaign, Wave
from survey.campaigns.services.drafts import NotADraftError, WrongAudienceError
from survey.core.local_time import QuietHours
from survey.letters.models import Letter
from survey.organization.models import Team
from survey.questionnaires.models import Questionnaire


class CampaignHasRunError(Exception):
    """A campaign that has asked people goes on asking the same questions of the same people."""


@dataclass(frozen=True, slots=True)
class Window:
    """When a wave takes answers; letters go at a local day and time, or as it opens."""

    opens_at: datetime
    closes_at: datetime
    letters_date: date | None = None
    letters_time: time | None = None
    planned_date: date | None = None  # as the first round of a schedule


@transaction.atomic
def rework_campaign(
    *,
    campaign_id: int,
    code: str,
    name: str,
    scope: Team,
    questionnaire: Questionnaire,
    audience_filter: Mapping[str, Any],
) -> Campaign:
    """Have a campaign ask other questions or other people, as long as it has asked nobody.

    Raises AudienceError where the filter does not fit the scope or what is declared.
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    _refuse_one_that_asks(campaign)
    if questionnaire.audience != campaign.audience:
        raise WrongAudienceError(f"{questionnaire} is not written for {campaign.audience}")
    check_audience(audience_filter=audience_filter, scope=scope)
    campaign.code, campaign.name = code, name
    campaign.scope, campaign.questionnaire = scope, questionnaire
    campaign.audience_filter = dict(audience_filter)
    campaign.save()
    campaign.waves.update(questionnaire=questionnaire, scale_codes=[])
    return campaign


@transaction.atomic
def limit_arrows(*, campaign_id: int, at_most: int) -> None:
    """Say about how many teams a campaign among colleagues asks one person at most.

    Raises CampaignHasRunError once it asks somebody: what is told of its waves rests on it.
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    if campaign.arrows_per_person == at_most:
        return
    _refuse_one_that_asks(campaign)
    campaign.arrows_per_person = at_most
    campaign.save(update_fields=["arrows_per_person"])


@transaction.atomic
def move_draft(*, wave_id: int, campaign: Campaign) -> Wave:
    """Make a draft the last wave of another campaign, which asks that campaign's questions."""
    wave = _lock_draft(wave_id)
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    numbers = campaign.waves.order_by("-number").values_list("number", flat=True)
    wave.number = (numbers.first() or 0) + 1
    wave.campaign, wave.questionnaire = campaign, campaign.questionnaire
    wave.planned_date, wave.scale_codes = None, []
    wave.launch_problem = ""
    wave.save()
    return wave


@transaction.atomic
def word_draft(*, wave_id: int, letter: Letter) -> None:
    """Give a draft its letter."""
    wave = _lock_draft(wave_id)
    wave.letter = letter
    wave.launch_problem = ""
    wave.save(update_fields=["letter", "launch_problem"])


@transaction.atomic
def time_draft(*, wave_id: int, window: Window) -> None:
    """Say when a draft opens, when its letters go, and when it closes."""
    wave = _lock_draft(wave_id)
    wave.opens_at, wave.closes_at = window.opens_at, window.closes_at
    wave.letters_date, wave.letters_time = window.letters_date, window.letters_time
    wave.planned_date = window.planned_date
    wave.launch_problem = ""
    wave.save()


@transaction.atomic
def ask_scales(*, wave_id: int, scale_codes: Collection[str]) -> None:
    """Say which scales a draft asks; none named means all."""
    wave = _lock_draft(wave_id)
    wave.scale_codes = list(scale_codes)
    wave.save(update_fields=["scale_codes"])


@transaction.atomic
def set_quiet_hours(*, campaign_id: int, quiet: QuietHours | None) -> None:
    """Say in which hours of everybody's own day a campaign writes to nobody."""
    Campaign.objects.filter(pk=campaign_id).update(
        quiet_from=quiet.begins if quiet else None, quiet_until=quiet.ends if quiet else None
    )


@transaction.atomic
def declare_cuts(
    *, campaign_id: int, codes: Sequence[str], levels: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Say by which attributes the figures of everybody are told, in the waves still to launch.

    Those of customers come with the levels they can have. Raises CutsError where that cannot be.
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    check_cuts(codes=codes, audience=campaign.audience, levels=levels)
    campaign.cut_codes = list(codes)
    campaign.cut_levels = {code: list(of_one) for code, of_one in (levels or {}).items()}
    campaign.save(update_fields=["cut_codes", "cut_levels"])


def has_run(*, campaign: Campaign) -> bool:
    """Say whether a campaign has asked people, or is about to: its launch was asked for."""
    asked = Q(launch_requested_at__isnull=False) | Q(launched_at__isnull=False)
    return campaign.waves.filter(asked).exists()


def _refuse_one_that_asks(campaign: Campaign) -> None:
    if has_run(campaign=campaign):
        raise CampaignHasRunError(f"{campaign} has asked people")


def _lock_draft(wave_id: int) -> Wave:
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave_id)
    if wave.launched_at is not None or wave.launch_requested_at is not None:
        raise NotADraftError(f"wave {wave_id} is no draft any more")
    return wave
