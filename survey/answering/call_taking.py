"""Take a wish to be called in: apart from answers, in a transaction of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from survey.answering.call_forms import NAME, CallForm
from survey.answering.keeping import Asked
from survey.answering.pacing import MOST_CALLS_A_MINUTE, is_too_fast
from survey.answering.speaking import is_on_shared_device
from survey.campaigns.models import GroupKind, GroupTeam
from survey.followup.callbacks import Place, ask_callback
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.languages import speak
from survey.questionnaires.models import Audience, ItemKind

MOST_WORDS = 3200  # what a callback holds


@dataclass(frozen=True, slots=True)
class CallBlock:
    """A form of a call below the questions: open where something stands in it."""

    form: CallForm
    is_open: bool
    may_send_along: bool
    is_for_customers: bool


def lay_out_block(form: CallForm, link: Asked, content: QuestionnaireContent) -> CallBlock:
    """Return the form of a call as it stands below a link's questions."""
    return CallBlock(
        form=form,
        is_open=form.is_touched,
        may_send_along=any(item.kind == ItemKind.TEXT for item in content.items),
        is_for_customers=link.campaign.audience == Audience.CUSTOMER,
    )


def take_call(*, form: CallForm, link: Asked, language: str, now: datetime) -> bool:
    """Take a wish in, once for each form; say whether one was made."""
    if form.wish is None:
        return False
    place = place_of(link=link, language=language)
    ask_callback(wish=form.wish, place=place, form_key=form.form_key, now=now)
    return True


def send_along(form: CallForm, content: QuestionnaireContent, texts: Mapping[str, str]) -> CallForm:
    """Return a form with what was written among the answers, where its writer wants that."""
    if form.wish is None or not form.sends_along:
        return form
    told = [
        texts[item.code]
        for item in content.items
        if item.kind == ItemKind.TEXT and texts.get(item.code)
    ]
    words = "\n\n".join(filter(None, (form.wish.words, *told)))
    return replace(form, wish=replace(form.wish, words=words[:MOST_WORDS]))


def place_of(*, link: Asked, language: str) -> Place:
    """Return all that a callback takes over from a link: for staff not even the team."""
    audience = link.campaign.audience
    team_id = None
    if audience == Audience.CUSTOMER and link.group.kind != GroupKind.POOL:
        teams = GroupTeam.objects.filter(group=link.group)
        found = list(teams.values_list("team_id", flat=True)[:2])
        team_id = found[0] if len(found) == 1 else None
    return Place(audience=audience, team_id=team_id, language=language)


def calls_too_fast(*, path: str, now: datetime) -> bool:
    """Count a call behind an address, and say whether it is more than people can ask for."""
    return is_too_fast(address=f"call {path}", now=now, at_most=MOST_CALLS_A_MINUTE)


def ask_for_patience(form: CallForm, language: str) -> CallForm:
    """Return a form that is not taken now: what was written stays, to be sent again."""
    with speak(language):
        words = _("Many people ask for a call at this moment. Please send it again in a minute.")
    return replace(form, errors={NAME.code: words}, wish=None)


def call_address(request: HttpRequest, route: str, key: str) -> str:
    """Return where a call is asked for; nothing on a device of many."""
    if is_on_shared_device(request):
        return ""
    language = request.GET.get("lang", "")
    return reverse(route, args=[key]) + (f"?{urlencode({'lang': language})}" if language else "")
