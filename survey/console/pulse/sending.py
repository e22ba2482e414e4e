"""The fifth step: everything that a launch would do, and the button that does it."""

from datetime import datetime

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from survey.campaigns.models import Wave
from survey.console.pulse.checks import CheckPage, build_check_page
from survey.console.pulse.steps import Step, list_steps, on_wave
from survey.console.states import WaveState, state_of

WITH_LETTER = {"frame-src": [SELF]}  # the letter is shown in a frame of its own


@csp_update(WITH_LETTER)
@on_wave
@require_safe
def check(request: HttpRequest, wave: Wave, now: datetime) -> HttpResponse:
    """Check a draft before it is sent."""
    if state_of(wave, now) not in (WaveState.DRAFT, WaveState.PREPARING):
        return redirect("console:wave", wave.pk)
    return show_check(request, wave, build_check_page(wave=wave, now=now), now)


def show_check(
    request: HttpRequest, wave: Wave, page: CheckPage, now: datetime, *, has_changed: bool = False
) -> HttpResponse:
    """Show a check; one that was pressed after something had changed says so, and its status."""
    context = {
        "page": page,
        "has_changed": has_changed,
        "wave": page.wave,
        "steps": list_steps(wave=wave, current=Step.CHECK, now=now),
        "step": Step.CHECK,
    }
    status = 409 if has_changed else 200
    return render(request, "console/pulse/check.html", context, status=status)
