"""The form of a wave, filled in: from a template, or from a draft that is changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from survey.campaigns.models import Campaign, Pairing, Wave
from survey.console.access import posted, signs_as, who_asks
from survey.console.flows import LetterWords
from survey.console.forms import StartForm
from survey.console.words import TEMPLATES, first_letter, first_window
from survey.core.timestamps import local_date
from survey.letters.models import Letter
from survey.organization.models import Team
from survey.organization.selectors import list_team_tree
from survey.questionnaires.models import Audience
from survey.questionnaires.selectors import list_published

LETTER_FIELDS = ("subject", "body", "signer_name", "signer_role", "reply_to")


def start_form(
    request: HttpRequest, *, audience: Audience, now: datetime, draft: Wave | None = None
) -> StartForm:
    """Return the form of a new wave, or of a draft with what it says now."""
    teams = list_team_tree(today=local_date(now))
    questionnaires = list_published(audience=audience)
    others = _other_side(audience)
    if draft is None:
        template = next((row.pk for row in questionnaires if row.code == TEMPLATES[audience]), None)
        top = teams[0].pk if teams else None
        initial = {
            "questionnaire": template,
            "scope": top,
            "compare_with": _only_one_above(others, top),
            **first_window(audience=audience, now=now),
            **_first_words(request, audience),
        }
    else:
        initial = _initial_of(request, draft, others)
    return StartForm(
        posted(request),
        initial=initial,
        teams=teams,
        questionnaires=questionnaires,
        others=others,
        now=now,
    )


def campaign_words(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    """Return what the form of a campaign's letter starts from."""
    return _words_of(campaign.letter) or _first_words(request, campaign.audience)


def read_words(data: Mapping[str, Any]) -> LetterWords:
    """Return the letter that a valid form holds."""
    return LetterWords(**{name: data[name] for name in LETTER_FIELDS})


def read_plan(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a valid form of a wave says, as `start_wave` and `change_wave` take it."""
    return {
        "scope_id": data["scope"],
        "questionnaire_id": data["questionnaire"],
        "opens_at": data["opens_at"],
        "closes_at": data["closes_at"],
        "words": read_words(data),
        "compare_with_id": data["compare_with"],
    }


def show_form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show a page with a form; one that was sent in with mistakes says so in its status."""
    status = 422 if context["form"].errors else 200
    return render(request, template, context, status=status)


def _other_side(audience: str) -> list[Campaign]:
    other = Audience.CUSTOMER if audience == Audience.EMPLOYEE else Audience.EMPLOYEE
    return list(Campaign.objects.filter(audience=other).order_by("name"))


def _only_one_above(others: Sequence[Campaign], top_id: int | None) -> int | None:
    """Return the campaign of the other side about the same teams or more, where there is one."""
    if top_id is None:
        return None
    way_up = set(Team.objects.above(Team.objects.get(pk=top_id)).values_list("pk", flat=True))
    covering = [row.pk for row in others if row.scope_id in way_up]
    return covering[0] if len(covering) == 1 else None


def _initial_of(request: HttpRequest, draft: Wave, others: Sequence[Campaign]) -> dict[str, Any]:
    campaign = draft.campaign
    pairing = Pairing.objects.filter(Q(ex=campaign) | Q(cx=campaign)).order_by("pk").first()
    paired = (pairing.ex_id, pairing.cx_id) if pairing else ()
    return {
        "questionnaire": draft.questionnaire_id,
        "scope": campaign.scope_id,
        "compare_with": next((row.pk for row in others if row.pk in paired), None),
        "opens_at": draft.opens_at,
        "closes_at": draft.closes_at,
        **(_words_of(draft.letter) or campaign_words(request, campaign)),
    }


def _words_of(letter: Letter | None) -> dict[str, Any]:
    return {name: getattr(letter, name) for name in LETTER_FIELDS} if letter else {}


def _first_words(request: HttpRequest, audience: str) -> dict[str, Any]:
    user = who_asks(request)
    return first_letter(user=user, audience=audience, role=signs_as(user))
