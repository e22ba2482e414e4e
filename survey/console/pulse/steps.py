"""The five steps of asking: each has its own address, and none must come before another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from survey.campaigns.models import Wave
from survey.campaigns.selectors import find_letter, list_waves
from survey.console.access import wave_askers_only
from survey.console.states import WaveState, state_of
from survey.organization.models import Membership
from survey.questionnaires.models import Audience, QuestionnaireStatus

NO_DRAFT = _("Its launch has been asked for, so it can no longer be changed or discarded.")

WaveView = Callable[[HttpRequest, Wave, datetime], HttpResponse]


class Step(Enum):
    """One step; the value is the name of its address."""

    QUESTIONS = "questions"
    PEOPLE = "people"
    MESSAGE = "message"
    TIMING = "timing"
    CHECK = "check"

    @property
    def label(self) -> str:
        """Return what HR calls it."""
        return str(LABELS[self])

    def address(self, wave_id: int) -> str:
        """Return the page of the step of a draft."""
        return reverse(f"console:{self.value}", args=[wave_id])

    @property
    def next(self) -> "Step":
        """Return the step that HR most likely goes to from here."""
        steps = list(Step)
        return steps[min(steps.index(self) + 1, len(steps) - 1)]


LABELS = {
    Step.QUESTIONS: _("Questions"),
    Step.PEOPLE: _("People"),
    Step.MESSAGE: _("Message"),
    Step.TIMING: _("Timing"),
    Step.CHECK: _("Check and send"),
}


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step in the row above the page; check and send is never done before it is sent."""

    label: str
    address: str
    is_done: bool
    is_current: bool
    is_last: bool


def list_steps(*, wave: Wave, current: Step, now: datetime) -> tuple[StepLink, ...]:
    """Return the steps of a draft, with those that are done."""
    done = {
        Step.QUESTIONS: wave.questionnaire.status == QuestionnaireStatus.PUBLISHED,
        Step.PEOPLE: wave.campaign.audience == Audience.CUSTOMER or _has_people(wave, now),
        Step.MESSAGE: find_letter(wave=wave) is not None,
        Step.TIMING: wave.closes_at > now,
        Step.CHECK: False,
    }
    return tuple(
        StepLink(
            label=step.label,
            address=step.address(wave.pk),
            is_done=done[step],
            is_current=step is current,
            is_last=step is Step.CHECK,
        )
        for step in Step
    )


def on_wave(view: WaveView) -> Callable[..., HttpResponse]:
    """Give a view the wave that its address names, and the moment, once its reader may ask."""

    @wraps(view)
    def serve(request: HttpRequest, wave_id: int) -> HttpResponse:
        return view(request, find_wave(wave_id), timezone.now())

    return wave_askers_only(serve)


def on_draft(view: WaveView) -> Callable[..., HttpResponse]:
    """Give a view the draft and the moment; whoever comes too late is led to the wave."""

    @wraps(view)
    def serve(request: HttpRequest, wave: Wave, now: datetime) -> HttpResponse:
        if state_of(wave, now) is not WaveState.DRAFT:
            return refuse(request, wave.pk)
        return view(request, wave, now)

    return on_wave(serve)


def find_wave(wave_id: int) -> Wave:
    """Return a wave with what the pages of a draft read of it, or a page that is not there."""
    waves = list_waves().select_related("letter", "campaign__letter", "campaign__questionnaire")
    return get_object_or_404(waves, pk=wave_id)


def refuse(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Say that a wave is no draft any more."""
    messages.warning(request, str(NO_DRAFT))
    return redirect("console:wave", wave_id)


def go_on(request: HttpRequest, *, wave_id: int, step: Step) -> HttpResponse:
    """Lead from a step that was saved to where the pressed button says."""
    then = request.POST.get("then", "")
    targets = {"stay": step, "check": Step.CHECK}
    return redirect(targets.get(then, step.next).address(wave_id))


def _has_people(wave: Wave, now: datetime) -> bool:
    return Membership.objects.active_on(timezone.localtime(now).date()).exists()
