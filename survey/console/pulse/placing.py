"""Which campaign a draft belongs to: the one that asks these questions of these people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from survey.campaigns.models import Campaign, Pairing, Wave
from survey.campaigns.services import create_campaign
from survey.campaigns.services.redrafting import move_draft, rework_campaign, set_quiet_hours
from survey.console.flows import USUAL_QUIET, free_code
from survey.letters.models import Letter
from survey.organization.models import Team
from survey.questionnaires.models import Questionnaire


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked of whom; campaigns differ in nothing else."""

    audience: str
    scope: Team
    questionnaire: Questionnaire
    audience_filter: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return what a campaign that nobody named is called."""
        some = " (some)" if self.audience_filter else ""
        return f"{self.questionnaire.name}, {self.scope.name}{some}"[:150]

    def holds(self, campaign: Campaign) -> bool:
        """Say whether a campaign asks just this of just these."""
        return (
            campaign.audience == self.audience
            and campaign.scope_id == self.scope.pk
            and campaign.questionnaire_id == self.questionnaire.pk
            and campaign.audience_filter == self.audience_filter
        )


def place_of(wave: Wave) -> Place:
    """Return what a draft asks of whom."""
    campaign = wave.campaign
    return Place(
        campaign.audience, campaign.scope, campaign.questionnaire, campaign.audience_filter
    )


def find_campaign(place: Place) -> Campaign | None:
    """Return the campaign that asks this already, the oldest where there are several."""
    same = Campaign.objects.filter(
        audience=place.audience, scope=place.scope, questionnaire=place.questionnaire
    )
    return next((row for row in same.order_by("pk") if place.holds(row)), None)


@transaction.atomic
def place_draft(*, wave: Wave, place: Place) -> None:
    """Have a draft ask something else, or others.

    It joins the campaign that asks that already. Otherwise its own campaign is changed where it
    holds nothing but this draft, and a new one is made where it holds more.
    """
    if place.holds(wave.campaign):
        return
    known = find_campaign(place)
    if known is None and not _is_shared(wave):
        _rework(wave.campaign, place)
        return
    left = wave.campaign
    move_draft(wave_id=wave.pk, campaign=known or make_campaign(place, letter=left.letter))
    _tidy(left)


@transaction.atomic
def make_campaign(place: Place, *, letter: Letter | None) -> Campaign:
    """Set up the campaign that asks something of somebody, named after both, not by night."""
    campaign = create_campaign(
        code=free_code(Campaign, place.name),
        name=place.name,
        audience=place.audience,
        scope=place.scope,
        questionnaire=place.questionnaire,
        letter=letter,
    )
    set_quiet_hours(campaign_id=campaign.pk, quiet=USUAL_QUIET)
    campaign.refresh_from_db()
    return _rework(campaign, place) if place.audience_filter else campaign


def _rework(campaign: Campaign, place: Place) -> Campaign:
    return rework_campaign(
        campaign_id=campaign.pk,
        code=free_code(Campaign, place.name),
        name=place.name,
        scope=place.scope,
        questionnaire=place.questionnaire,
        audience_filter=place.audience_filter,
    )


def _is_shared(wave: Wave) -> bool:
    return wave.campaign.waves.exclude(pk=wave.pk).exists()


def _tidy(campaign: Campaign) -> None:
    """Delete a campaign that was made for a draft alone and has been left empty."""
    is_ours = (
        campaign.name
        == Place(
            campaign.audience, campaign.scope, campaign.questionnaire, campaign.audience_filter
        ).name
    )
    pairings = Q(ex=campaign) | Q(cx=campaign) | Q(colleague=campaign)
    is_paired = Pairing.objects.filter(pairings).exists()
    if is_ours and not is_paired and not campaign.waves.exists():
        campaign.delete()
