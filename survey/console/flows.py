"""What one press of a button sets up: the letter, the campaign if it is new, and the draft."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from survey.campaigns.models import Campaign, Pairing, Wave
from survey.campaigns.services import (
    change_draft,
    create_campaign,
    create_pairing,
    draft_wave,
    set_campaign_letter,
)
from survey.core.periods import Period
from survey.letters.models import Letter
from survey.letters.services import create_letter
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Questionnaire

RESERVED = frozenset({"new"})  # it is an address of the console


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What people are written, and by whom."""

    subject: str
    body: str
    signer_name: str
    signer_role: str
    reply_to: str

    def save(self) -> Letter:
        """Write the letter down."""
        return create_letter(
            subject=self.subject,
            body=self.body,
            signer_name=self.signer_name,
            signer_role=self.signer_role,
            reply_to=self.reply_to,
        )


@transaction.atomic
def start_campaign(
    *, name: str, audience: str, scope_id: int, questionnaire_id: int, words: LetterWords
) -> Campaign:
    """Set up a campaign with its letter."""
    return create_campaign(
        code=free_code(Campaign, name),
        name=name,
        audience=audience,
        scope=Team.objects.get(pk=scope_id),
        questionnaire=Questionnaire.objects.get(pk=questionnaire_id),
        letter=words.save(),
    )


@transaction.atomic
def start_wave(
    *,
    audience: str,
    scope_id: int,
    questionnaire_id: int,
    opens_at: datetime,
    closes_at: datetime,
    words: LetterWords,
    compare_with_id: int | None = None,
) -> Wave:
    """Draft a wave of the campaign that asks these questions there, made if there is none yet."""
    campaign = _find_or_make_campaign(audience, scope_id, questionnaire_id, words)
    if compare_with_id is not None:
        _pair(campaign, Campaign.objects.get(pk=compare_with_id))
    return draft_wave(
        campaign=campaign, opens_at=opens_at, closes_at=closes_at, letter=words.save()
    )


@transaction.atomic
def change_wave(
    *,
    wave: Wave,
    scope_id: int,
    questionnaire_id: int,
    opens_at: datetime,
    closes_at: datetime,
    words: LetterWords,
    compare_with_id: int | None = None,
) -> Wave:
    """Plan a draft anew; with other questions or teams it goes to the campaign of those.

    Raises NotADraftError once a launch has been asked for.
    """
    campaign, audience = wave.campaign, wave.campaign.audience
    if (campaign.scope_id, campaign.questionnaire_id) != (scope_id, questionnaire_id):
        campaign = _find_or_make_campaign(audience, scope_id, questionnaire_id, words)
    if compare_with_id is not None:
        _pair(campaign, Campaign.objects.get(pk=compare_with_id))
    return change_draft(
        wave_id=wave.pk,
        campaign=campaign,
        opens_at=opens_at,
        closes_at=closes_at,
        letter=words.save(),
    )


@transaction.atomic
def write_campaign_letter(*, campaign: Campaign, words: LetterWords) -> None:
    """Write the letter of a campaign's future waves."""
    set_campaign_letter(campaign=campaign, letter=words.save())


@transaction.atomic
def start_pairing(*, name: str, ex_id: int, cx_id: int, period: str) -> Pairing:
    """Have two campaigns compared; a pairing that exists stays as it is."""
    ex, cx = Campaign.objects.get(pk=ex_id), Campaign.objects.get(pk=cx_id)
    known = Pairing.objects.filter(ex=ex, cx=cx).first()
    return known or create_pairing(
        code=free_code(Pairing, name), name=name, ex=ex, cx=cx, period=period
    )


def free_code(model: type[Campaign] | type[Pairing], name: str) -> str:
    """Return a code made of a name, with a number where it is taken."""
    start = slugify(name)[:70] or "campaign"
    like = model._default_manager.filter(code__startswith=start)
    taken = {*like.values_list("code", flat=True), *RESERVED}
    numbered = (f"{start}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (start, *numbered) if code not in taken)


def _find_or_make_campaign(
    audience: str, scope_id: int, questionnaire_id: int, words: LetterWords
) -> Campaign:
    """Return the campaign that asks these questions there; a new one is named after both."""
    same = Campaign.objects.filter(
        audience=audience, scope_id=scope_id, questionnaire_id=questionnaire_id
    )
    found = same.order_by("pk").first()
    if found is not None:
        return found
    scope = Team.objects.get(pk=scope_id)
    questionnaire = Questionnaire.objects.get(pk=questionnaire_id)
    return start_campaign(
        name=f"{questionnaire.name}, {scope.name}"[:150],
        audience=audience,
        scope_id=scope_id,
        questionnaire_id=questionnaire_id,
        words=words,
    )


def _pair(campaign: Campaign, other: Campaign) -> None:
    ex, cx = sorted((campaign, other), key=lambda one: one.audience != Audience.EMPLOYEE)
    name = f"{ex.name} and {cx.name}"[:150]
    start_pairing(name=name, ex_id=ex.pk, cx_id=cx.pk, period=Period.QUARTER)
