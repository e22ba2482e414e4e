"""What changes a wave's life: launch, close, withdraw. Only a POST does it."""

from datetime import datetime

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from survey.campaigns.models import Wave
from survey.campaigns.services import LaunchRefusedError, close_wave, request_launch, withdraw_wave
from survey.campaigns.services.endings import NotWithdrawableError
from survey.console.access import posted, wave_askers_only
from survey.console.filling import show_form
from survey.console.forms import WithdrawForm
from survey.console.hints import CLOSED, LAUNCHED, WITHDRAWN, hint
from survey.console.pages import wave_row
from survey.console.pulse.checks import build_check_page
from survey.console.pulse.sending import WITH_LETTER, show_check
from survey.console.pulse.steps import find_wave, on_wave
from survey.console.states import WaveState, state_of
from survey.questionnaires.models import Audience


def tell(request: HttpRequest, wave_id: int, *, done: str = "", refused: str = "") -> HttpResponse:
    """Say what was done to a wave, or why it was not, and lead to its page."""
    if done:
        messages.success(request, done)
    if refused:
        messages.warning(request, refused)
    return redirect("console:wave", wave_id)


@csp_update(WITH_LETTER)
@on_wave
@require_POST
def launch(request: HttpRequest, wave: Wave, now: datetime) -> HttpResponse:
    """Have it frozen who is asked, if a draft is still as its check showed it."""
    if state_of(wave, now) is WaveState.DRAFT:
        page = build_check_page(wave=wave, now=now)
        if request.POST.get("shown") != page.fingerprint:
            return show_check(request, wave, page, now, has_changed=True)
    return _launch(request, wave, now)


def _launch(request: HttpRequest, wave: Wave, now: datetime) -> HttpResponse:
    try:
        request_launch(wave_id=wave.pk, now=now)
    except LaunchRefusedError as error:
        for problem in error.problems:
            messages.error(request, str(problem))
        return tell(request, wave.pk)
    hint(*LAUNCHED)
    if wave.campaign.audience == Audience.CUSTOMER:
        done = _("It is being launched. Customers are asked once the wave opens.")
    else:
        done = _("It is being launched. The letters go out when the wave opens.")
    return tell(request, wave.pk, done=done)


@wave_askers_only
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Ask first, then close a wave before its time."""
    now = timezone.now()
    if request.method != "POST":
        row = wave_row(find_wave(wave_id), now)
        return render(request, "console/close.html", {"wave": row})
    if not close_wave(wave_id=wave_id, now=now):
        refused = _("This wave was not open, so nothing has changed.")
        return tell(request, wave_id, refused=refused)
    hint(*CLOSED)
    return tell(request, wave_id, done=_("Closed. The answers are shuffled and sealed now."))


@wave_askers_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Ask why and whether it is meant, then take a wave back."""
    now = timezone.now()
    form = WithdrawForm(posted(request))
    if not form.is_valid():
        context = {"form": form, "wave": wave_row(find_wave(wave_id), now)}
        return show_form(request, "console/withdraw.html", context)
    try:
        withdraw_wave(wave_id=wave_id, reason=form.cleaned_data["reason"], now=now)
    except NotWithdrawableError:
        refused = _("This wave is not running, so there is nothing to take back.")
        return tell(request, wave_id, refused=refused)
    hint(*WITHDRAWN)
    return tell(request, wave_id, done=_("Withdrawn. Nobody will ever read its answers."))
