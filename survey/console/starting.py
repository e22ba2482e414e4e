"""Pages on which something new is set up: a campaign, a wave of it, a pairing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.campaigns.models import Campaign
from survey.campaigns.services import draft_wave
from survey.console.access import (
    campaign_askers_only,
    may_ask,
    posted,
    refuse_unless_asking,
    signs_as,
    staff_only,
    who_asks,
)
from survey.console.filling import read_words, show_form
from survey.console.flows import start_campaign, start_pairing
from survey.console.forms import ASKED, CampaignForm, PairingForm, WindowForm, set_choices
from survey.console.words import first_letter, first_window, say_compared
from survey.core.timestamps import local_date
from survey.organization.selectors import list_team_tree
from survey.questionnaires.models import Audience
from survey.questionnaires.selectors import list_published


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_campaign(request: HttpRequest) -> HttpResponse:
    """Set up a campaign with its letter."""
    user = who_asks(request)
    asked = [one for one, _ in ASKED if may_ask(user=user, audience=one)]
    form = CampaignForm(
        posted(request),
        initial=first_letter(user=user, audience=asked[0], role=signs_as(user)),
        teams=list_team_tree(today=local_date(timezone.now())),
        questionnaires=[row for one in asked for row in list_published(audience=one)],
    )
    set_choices(form, "audience", [(one, who) for one, who in ASKED if one in asked])
    if form.is_valid():
        data = form.cleaned_data
        made = start_campaign(
            name=data["name"],
            audience=data["audience"],
            scope_id=data["scope"],
            questionnaire_id=data["questionnaire"],
            words=read_words(data),
            arrows_per_person=data["arrows_per_person"],
        )
        said = _("%(name)s is set up. Plan its first wave when you like.") % {"name": made.name}
        messages.success(request, said)
        return redirect("console:campaign", made.code)
    return show_form(request, "console/new_campaign.html", {"form": form})


@campaign_askers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_wave(request: HttpRequest, code: str) -> HttpResponse:
    """Draft the next wave of a campaign."""
    campaign = get_object_or_404(Campaign, code=code)
    if campaign.letter_id is None:
        messages.warning(request, _("Write the letter of this campaign first, then plan its wave."))
        return redirect(f"{reverse('console:campaign_letter', args=[code])}?then=wave")
    now = timezone.now()
    form = WindowForm(
        posted(request),
        initial=first_window(audience=campaign.audience, now=now),
        now=now,
    )
    if form.is_valid():
        made = draft_wave(campaign=campaign, **form.cleaned_data)
        return redirect("console:wave", made.pk)
    return show_form(request, "console/new_wave.html", {"form": form, "campaign": campaign})


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_pairing(request: HttpRequest) -> HttpResponse:
    """Have a staff campaign and a customer campaign compared, which is for the people team."""
    refuse_unless_asking(request, Audience.EMPLOYEE)
    form = PairingForm(posted(request), campaigns=list(Campaign.objects.order_by("name")))
    if form.is_valid():
        data = form.cleaned_data
        made = start_pairing(
            name=data["name"],
            ex_id=data["ex"],
            cx_id=data["cx"],
            period=data["period"],
            colleague_id=data["colleague"],
        )
        messages.success(request, say_compared(made))
        return redirect("console:campaigns")
    return show_form(request, "console/new_pairing.html", {"form": form})
