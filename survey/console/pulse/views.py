"""The first four steps of asking, each a form of its own."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.campaigns.audience import AudienceError
from survey.campaigns.models import Campaign, Wave
from survey.campaigns.services.redrafting import (
    CampaignHasRunError,
    declare_cuts,
    limit_arrows,
)
from survey.console.access import may_ask, posted, who_asks
from survey.console.pages import wave_row
from survey.console.pulse.forms import PeopleForm, QuestionsForm
from survey.console.pulse.people import people_form, preview_people, zones_asked
from survey.console.pulse.placing import Place, place_draft, place_of
from survey.console.pulse.planning import TimingRefusedError, preview_rounds, save_timing
from survey.console.pulse.questions import list_questions
from survey.console.pulse.repeating import saved_rotation, saved_rounds
from survey.console.pulse.steps import Step, go_on, list_steps, on_draft
from survey.console.pulse.templates import compare, compared_with, other_side
from survey.console.pulse.timing import TimingForm, timing_initial
from survey.console.rhythms import say_rotation
from survey.core.timestamps import local_date
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Questionnaire
from survey.questionnaires.selectors import list_published

FORM = ["GET", "HEAD", "POST"]


@on_draft
@require_http_methods(FORM)
def questions(request: HttpRequest, wave: Wave, now: datetime) -> HttpResponse:
    """Choose what is asked, and see each question with the time it takes."""
    other = compared_with(wave.campaign)
    is_compared = wave.campaign.audience != Audience.COLLEAGUE
    may_compare = is_compared and may_ask(user=who_asks(request), audience=Audience.EMPLOYEE)
    form = QuestionsForm(
        posted(request),
        initial={
            "questionnaire": wave.questionnaire_id,
            "compare_with": other.pk if other else None,
        },
        questionnaires=list_published(audience=wave.campaign.audience),
        others=list(other_side(wave.campaign.audience)) if may_compare else None,
    )
    if not (form.is_valid() and _placed(form, wave, _asking(wave, form))):
        asked = list_questions(wave=wave)
        context = {"form": form, "asked": asked, "rotation": saved_rotation(wave=wave)}
        return show_step(request, wave, now, Step.QUESTIONS, context)
    other_id = form.cleaned_data.get("compare_with")
    if other_id:
        compare(Campaign.objects.get(waves=wave.pk), Campaign.objects.get(pk=other_id))
    return go_on(request, wave_id=wave.pk, step=Step.QUESTIONS)


@on_draft
@require_http_methods(FORM)
def people(request: HttpRequest, wave: Wave, now: datetime) -> HttpResponse:
    """Choose who is asked, and see beforehand how they would be counted."""
    form = people_form(wave=wave, now=now, data=posted(request))
    wants_count = request.POST.get("then") == "count"
    if form.is_valid() and not wants_count and _placed(form, wave, _asked(wave, form)):
        campaign_id = Wave.objects.values_list("campaign_id", flat=True).get(pk=wave.pk)
        codes, levels = form.cuts()
        declare_cuts(campaign_id=campaign_id, codes=codes, levels=levels)
        if _limited(form, campaign_id):
            return go_on(request, wave_id=wave.pk, step=Step.PEOPLE)
    context = {"form": form, "attributes": _attributes(form), "k": wave.threshold}
    context["found"] = _count(form, wave, now)
    return show_step(request, wave, now, Step.PEOPLE, context)


@on_draft
@require_safe
def people_count(request: HttpRequest, wave: Wave, now: datetime) -> HttpResponse:
    """Count the people of a form that is being filled in, as a part of its page."""
    form = people_form(wave=wave, now=now, data=request.GET)
    context = {"found": _count(form, wave, now), "is_customers": _asks_customers(wave)}
    return render(request, "console/pulse/people_count.html", context)


@on_draft
@require_http_methods(FORM)
def timing(request: HttpRequest, wave: Wave, now: datetime) -> HttpResponse:
    """Choose when letters go and when answering ends."""
    zones = zones_asked(wave=wave, today=local_date(now))
    form = TimingForm(
        posted(request),
        initial=timing_initial(wave=wave, zones=zones),
        now=now,
        zones=zones,
        is_staff=not _asks_customers(wave),
    )
    wants_rounds = request.POST.get("then") == "rounds"
    if form.is_valid() and not wants_rounds and _saved(form, wave, now):
        return go_on(request, wave_id=wave.pk, step=Step.TIMING)
    shown = sorted(zones) or [timezone.get_default_timezone_name()]
    context = {"form": form, "zones": shown, **_rounds(form, wave, now)}
    return show_step(request, wave, now, Step.TIMING, context)


def _asking(wave: Wave, form: QuestionsForm) -> Place:
    questionnaire = Questionnaire.objects.get(pk=form.cleaned_data["questionnaire"])
    return replace(place_of(wave), questionnaire=questionnaire)


def _asked(wave: Wave, form: PeopleForm) -> Place:
    scope = Team.objects.get(pk=form.cleaned_data["scope"])
    return replace(place_of(wave), scope=scope, audience_filter=form.audience_filter())


def _placed(form: Form, wave: Wave, place: Place) -> bool:
    try:
        place_draft(wave=wave, place=place)
    except AudienceError as refused:
        where = _("People are chosen in the step People.")
        form.add_error(None, f"{refused} {where}")
        return False
    return True


def _limited(form: PeopleForm, campaign_id: int) -> bool:
    at_most = form.cleaned_data.get("arrows_per_person")
    try:
        if at_most:
            limit_arrows(campaign_id=campaign_id, at_most=at_most)
    except CampaignHasRunError:
        form.add_error("arrows_per_person", form.fields["arrows_per_person"].help_text)
        return False
    return True


def _saved(form: TimingForm, wave: Wave, now: datetime) -> bool:
    try:
        save_timing(wave=wave, form=form, now=now)
    except TimingRefusedError as refused:
        form.add_error(refused.field, str(refused))
        return False
    return True


def _rounds(form: TimingForm, wave: Wave, now: datetime) -> dict[str, Any]:
    """Return the rounds to come as the form has them, or as they are saved."""
    today = local_date(now)
    if form.is_bound and form.errors:
        return {}
    try:
        found = (
            preview_rounds(wave=wave, form=form, today=today)
            if form.is_bound
            else saved_rounds(wave=wave, today=today)
        )
    except TimingRefusedError as refused:
        form.add_error(refused.field, str(refused))
        return {}
    if found is None:
        return {}
    return {"rounds": found.rounds, "rotation": say_rotation(found.n_rounds_for_all)}


def show_step(
    request: HttpRequest, wave: Wave, now: datetime, step: Step, context: dict[str, Any]
) -> HttpResponse:
    """Show the page of a step; a form that was sent in with mistakes says so in its status."""
    form = context.get("form")
    frame = {
        "wave": wave_row(wave, now),
        "steps": list_steps(wave=wave, current=step, now=now),
        "step": step,
        "is_customers": _asks_customers(wave),
    }
    is_wrong = form is not None and bool(form.errors)
    status = 422 if is_wrong or context.get("is_refused") else 200
    return render(request, f"console/pulse/{step.value}.html", frame | context, status=status)


def _count(form: PeopleForm, wave: Wave, now: datetime) -> Any:
    """Return what the audience of a form, or of the draft itself, would come to."""
    place = place_of(wave)
    if form.is_bound and not form.is_valid():
        return None
    scope_id = form.cleaned_data["scope"] if form.is_bound else place.scope.pk
    kept = form.audience_filter() if form.is_bound else place.audience_filter
    declared = (wave.campaign.cut_codes, wave.campaign.cut_levels)
    codes, levels = form.cuts() if form.is_bound else declared
    return preview_people(
        wave_id=wave.pk,
        scope_id=scope_id,
        audience_filter=kept,
        cut_codes=codes,
        cut_levels=levels,
        arrows_per_person=form.cleaned_data.get("arrows_per_person") if form.is_bound else None,
        now=now,
    )


def _attributes(form: PeopleForm) -> list[Any]:
    return [field for field in form if field.name.startswith("attribute_")]


def _asks_customers(wave: Wave) -> bool:
    return wave.campaign.audience == Audience.CUSTOMER
