"""What one press of a button sets up: a campaign with its letter, a pairing."""

from dataclasses import dataclass
from datetime import time

from django.db import transaction
from django.utils.text import slugify

from survey.campaigns.models import Campaign, Pairing
from survey.campaigns.services import (
    create_campaign,
    create_pairing,
    set_campaign_letter,
    set_colleagues,
)
from survey.campaigns.services.drafts import USUAL_ARROWS
from survey.campaigns.services.redrafting import set_quiet_hours
from survey.core.local_time import QuietHours
from survey.letters.models import Letter
from survey.letters.services import create_letter, translate_letter
from survey.organization.models import Team
from survey.questionnaires.models import Questionnaire

USUAL_QUIET = QuietHours(begins=time(20, 0), ends=time(8, 0))  # by everybody's own clock
RESERVED = frozenset({"new"})  # it is an address of the console


@dataclass(frozen=True, slots=True)
class Translated:
    """A letter's words in another language."""

    language: str
    subject: str
    body: str
    signer_role: str = ""


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What people are written, and by whom."""

    subject: str
    body: str
    signer_name: str
    signer_role: str
    reply_to: str
    language: str = "en"
    has_first_item: bool = True
    translations: tuple[Translated, ...] = ()

    def save(self) -> Letter:
        """Write the letter down."""
        letter = create_letter(
            subject=self.subject,
            body=self.body,
            signer_name=self.signer_name,
            signer_role=self.signer_role,
            reply_to=self.reply_to,
            language=self.language,
            has_first_item=self.has_first_item,
        )
        for words in self.translations:
            translate_letter(
                letter=letter,
                language=words.language,
                subject=words.subject,
                body=words.body,
                signer_role=words.signer_role,
            )
        return letter


@transaction.atomic
def start_campaign(
    *,
    name: str,
    audience: str,
    scope_id: int,
    questionnaire_id: int,
    words: LetterWords,
    arrows_per_person: int | None = None,
) -> Campaign:
    """Set up a campaign with its letter, which goes to nobody by night."""
    campaign = create_campaign(
        code=free_code(Campaign, name),
        name=name,
        audience=audience,
        scope=Team.objects.get(pk=scope_id),
        questionnaire=Questionnaire.objects.get(pk=questionnaire_id),
        letter=words.save(),
        arrows_per_person=arrows_per_person or USUAL_ARROWS,
    )
    set_quiet_hours(campaign_id=campaign.pk, quiet=USUAL_QUIET)
    campaign.refresh_from_db()
    return campaign


@transaction.atomic
def write_campaign_letter(*, campaign: Campaign, words: LetterWords) -> None:
    """Write the letter of a campaign's future waves."""
    set_campaign_letter(campaign=campaign, letter=words.save())


@transaction.atomic
def start_pairing(
    *, name: str, ex_id: int, cx_id: int, period: str, colleague_id: int | None = None
) -> Pairing:
    """Have two campaigns compared; a pairing that exists stays, and may take colleagues in."""
    ex, cx = Campaign.objects.get(pk=ex_id), Campaign.objects.get(pk=cx_id)
    colleague = Campaign.objects.get(pk=colleague_id) if colleague_id else None
    known = Pairing.objects.filter(ex=ex, cx=cx).first()
    if known is None:
        return create_pairing(
            code=free_code(Pairing, name),
            name=name,
            ex=ex,
            cx=cx,
            period=period,
            colleague=colleague,
        )
    if colleague is not None:
        set_colleagues(pairing=known, colleague=colleague)
    return known


def free_code(model: type[Campaign] | type[Pairing], name: str) -> str:
    """Return a code made of a name, with a number where it is taken."""
    start = slugify(name)[:70] or "campaign"
    like = model._default_manager.filter(code__startswith=start)
    taken = {*like.values_list("code", flat=True), *RESERVED}
    numbered = (f"{start}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (start, *numbered) if code not in taken)
