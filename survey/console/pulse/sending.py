"""The fifth step: everything that a launch would do, and the button that does it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.console.access import staff_only
from survey.console.checks import build_check_page
from survey.console.pulse.steps import Step, find_wave, list_steps
from survey.console.states import WaveState, state_of


@staff_only
@require_safe
def check(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Check a draft before it is sent."""
    now = timezone.now()
    wave = find_wave(wave_id)
    if state_of(wave, now) not in (WaveState.DRAFT, WaveState.PREPARING):
        return redirect("console:wave", wave_id)
    page = build_check_page(wave=wave, now=now)
    context = {
        "page": page,
        "wave": page.wave,
        "steps": list_steps(wave=wave, current=Step.CHECK, now=now),
        "step": Step.CHECK,
    }
    return render(request, "console/pulse/check.html", context)
