"""Second thoughts: a draft is discarded, a campaign gets another letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.campaigns.models import Campaign
from survey.campaigns.services import NotADraftError, discard_draft, stop_schedule
from survey.console.access import campaign_askers_only, posted, wave_askers_only
from survey.console.filling import campaign_words, read_words, show_form
from survey.console.flows import write_campaign_letter
from survey.console.lettering import CampaignLetterForm, letter_languages, translated_into
from survey.console.pages import wave_row
from survey.console.pulse.steps import find_wave, refuse
from survey.console.states import WaveState, state_of


@wave_askers_only
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Ask first, then delete a draft."""
    now = timezone.now()
    wave = find_wave(wave_id)
    if state_of(wave, now) is not WaveState.DRAFT:
        return refuse(request, wave_id)
    if request.method != "POST":
        return render(request, "console/discard.html", {"wave": wave_row(wave, now)})
    try:
        discard_draft(wave_id=wave_id)
    except NotADraftError:
        return refuse(request, wave_id)
    messages.success(request, _("Discarded. Nobody was asked."))
    return redirect("console:waves")


@campaign_askers_only
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_letter(request: HttpRequest, code: str) -> HttpResponse:
    """Write the letter of a campaign's future waves, or a new one in its place."""
    campaign = get_object_or_404(Campaign.objects.select_related("letter"), code=code)
    form = CampaignLetterForm(
        posted(request),
        initial=campaign_words(request, campaign),
        languages=letter_languages(campaign),
    )
    if not form.is_valid():
        context = {"form": form, "campaign": campaign, "translated": translated_into(campaign)}
        return show_form(request, "console/campaign_letter.html", context)
    write_campaign_letter(campaign=campaign, words=read_words(form.cleaned_data))
    messages.success(request, _("Written. The waves that are launched from now on send it."))
    if request.GET.get("then") == "wave":
        return redirect("console:new_wave", code)
    return redirect("console:campaign", code)


@campaign_askers_only
@require_http_methods(["GET", "HEAD", "POST"])
def stop_rounds(request: HttpRequest, code: str) -> HttpResponse:
    """Ask first, then let a campaign's waves follow each other no more."""
    campaign = get_object_or_404(Campaign, code=code)
    if request.method != "POST":
        return render(request, "console/stop_rounds.html", {"campaign": campaign})
    stop_schedule(campaign=campaign)
    messages.success(request, _("Stopped. No further round is planned; what was sent goes on."))
    return redirect("console:campaign", code)
