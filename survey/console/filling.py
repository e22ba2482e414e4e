"""The form of a campaign's letter, filled in, and forms as they are shown."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from survey.campaigns.models import Campaign
from survey.console.access import signs_as, who_asks
from survey.console.flows import LetterWords
from survey.console.words import first_letter
from survey.letters.models import Letter
from survey.questionnaires.selectors import get_content, list_constructs

LETTER_FIELDS = ("subject", "body", "signer_name", "signer_role", "reply_to")
CHOSEN_FIELDS = ("language", "has_first_item")  # not every form asks for them


def campaign_words(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    """Return what the form of a campaign's letter starts from."""
    return _words_of(campaign.letter) or _first_words(request, campaign)


def read_words(data: Mapping[str, Any]) -> LetterWords:
    """Return the letter that a valid form holds."""
    chosen = {name: data[name] for name in CHOSEN_FIELDS if name in data}
    return LetterWords(**{name: data[name] for name in LETTER_FIELDS}, **chosen)


def show_form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show a page with a form; one that was sent in with mistakes says so in its status."""
    status = 422 if context["form"].errors else 200
    return render(request, template, context, status=status)


def _words_of(letter: Letter | None) -> dict[str, Any]:
    names = (*LETTER_FIELDS, *CHOSEN_FIELDS)
    return {name: getattr(letter, name) for name in names} if letter else {}


def _first_words(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    user = who_asks(request)
    asked = list_constructs(content=get_content(questionnaire_id=campaign.questionnaire_id))
    words = first_letter(
        user=user, audience=campaign.audience, role=signs_as(user), constructs=asked
    )
    return words | {"has_first_item": True}
