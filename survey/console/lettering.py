"""The form of the letter that a campaign's future waves send."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from survey.campaigns.models import Campaign
from survey.console.forms import WRITTEN_IN, LetterForm, set_choices
from survey.questionnaires.languages import describe_language
from survey.questionnaires.selectors import get_content


class CampaignLetterForm(LetterForm):
    """A campaign's letter, in one of the languages of its questions."""

    language = forms.ChoiceField(label=_("It is written in"))
    has_first_item = forms.BooleanField(
        label=_("Put the first question into the letter"), required=False
    )

    def __init__(self, *args: Any, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = map(describe_language, languages)
        set_choices(self, "language", [(language.code, language.name) for language in named])


def letter_languages(campaign: Campaign) -> tuple[str, ...]:
    """Return in which languages a campaign's letter may be written: its own one comes first."""
    own = campaign.letter.language if campaign.letter else WRITTEN_IN
    asked = get_content(questionnaire_id=campaign.questionnaire_id).languages
    kept = (own,) if campaign.letter or own in asked else ()
    return tuple(dict.fromkeys((*kept, *asked)))


def translated_into(campaign: Campaign) -> str:
    """Return the names of the languages into which a campaign's letter was translated."""
    rows = campaign.letter.translations.order_by("language") if campaign.letter else ()
    return ", ".join(describe_language(row.language).name for row in rows)
