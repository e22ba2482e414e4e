"""What changes a wave's life: launch, close, withdraw. Only a POST does it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from survey.campaigns.selectors import list_waves
from survey.campaigns.services import LaunchRefusedError, close_wave, request_launch, withdraw_wave
from survey.campaigns.services.endings import NotWithdrawableError
from survey.console.access import posted, wave_askers_only
from survey.console.forms import WithdrawForm
from survey.console.hints import CLOSED, LAUNCHED, WITHDRAWN, hint
from survey.console.pages import wave_row


@wave_askers_only
@require_POST
def launch(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Have it frozen who is asked; the letters go out when the wave opens."""
    get_object_or_404(list_waves(), pk=wave_id)
    try:
        request_launch(wave_id=wave_id, now=timezone.now())
    except LaunchRefusedError as error:
        for problem in error.problems:
            messages.error(request, str(problem))
    else:
        hint(*LAUNCHED)
        messages.success(
            request, _("It is being launched. The letters go out when the wave opens.")
        )
    return redirect("console:wave", wave_id)


@wave_askers_only
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Ask first, then close a wave before its time."""
    now = timezone.now()
    wave = get_object_or_404(list_waves(), pk=wave_id)
    if request.method != "POST":
        return render(request, "console/close.html", {"wave": wave_row(wave, now)})
    if close_wave(wave_id=wave_id, now=now):
        hint(*CLOSED)
        messages.success(request, _("Closed. The answers are shuffled and sealed now."))
    else:
        messages.warning(request, _("This wave was not open, so nothing has changed."))
    return redirect("console:wave", wave_id)


@wave_askers_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Ask why and whether it is meant, then take a wave back."""
    now = timezone.now()
    wave = get_object_or_404(list_waves(), pk=wave_id)
    form = WithdrawForm(posted(request))
    if not form.is_valid():
        context = {"form": form, "wave": wave_row(wave, now)}
        status = 422 if form.errors else 200
        return render(request, "console/withdraw.html", context, status=status)
    try:
        withdraw_wave(wave_id=wave_id, reason=form.cleaned_data["reason"], now=now)
    except NotWithdrawableError:
        messages.warning(request, _("This wave is not running, so there is nothing to take back."))
    else:
        hint(*WITHDRAWN)
        messages.success(request, _("Withdrawn. Nobody will ever read its answers."))
    return redirect("console:wave", wave_id)
