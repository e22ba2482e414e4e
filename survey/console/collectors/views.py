"""The pages of open links: all waves, a new one, and the links of one."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.campaigns.collectors import list_open_waves
from survey.campaigns.models import Wave
from survey.campaigns.services import LaunchRefusedError
from survey.console.access import posted, signs_as, staff_only, who_asks
from survey.console.collectors.forms import OpenWaveForm, PinForm
from survey.console.collectors.pages import build_links_page, list_rows
from survey.console.collectors.starting import start_open_wave
from survey.console.filling import show_form
from survey.console.flows import LetterWords
from survey.console.hints import LAUNCHED, hint
from survey.console.pulse.placing import Place
from survey.console.words import first_letter
from survey.core.timestamps import local_date
from survey.organization.models import Team
from survey.organization.selectors import list_team_tree
from survey.questionnaires.models import Audience, Questionnaire
from survey.questionnaires.selectors import get_content, list_constructs, list_published

DAYS_OPEN = 90


@staff_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the waves of open links."""
    rows = list_rows(now=timezone.now())
    return render(request, "console/collectors/home.html", {"rows": rows})


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a code at every team of a part of the organisation."""
    now = timezone.now()
    today = local_date(now)
    teams, questionnaires = list_team_tree(today=today), list_published(audience=Audience.CUSTOMER)
    form = OpenWaveForm(
        posted(request),
        teams=teams,
        questionnaires=list(questionnaires),
        today=today,
        initial={"closes_date": today + timedelta(days=DAYS_OPEN)},
    )
    if form.is_valid():
        try:
            wave = _start(request, form, now)
        except LaunchRefusedError as refused:
            for problem in refused.problems:
                form.add_error(None, str(problem))
        else:
            hint(*LAUNCHED)
            said = _("The codes are being made; they take answers at once.")
            messages.success(request, said)
            return redirect("console:collectors:links", wave.pk)
    context = {"form": form, "has_teams": bool(teams)}
    return show_form(request, "console/collectors/new.html", context)


@staff_only
@require_safe
def links(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Show the links of a wave, team by team."""
    wave = get_object_or_404(list_open_waves().select_related("questionnaire"), pk=wave_id)
    context = {"page": build_links_page(wave=wave, now=timezone.now()), "form": PinForm()}
    return render(request, "console/collectors/links.html", context)


def _start(request: HttpRequest, form: OpenWaveForm, now: datetime) -> Wave:
    data, user = form.cleaned_data, who_asks(request)
    place = Place(
        Audience.CUSTOMER,
        get_object_or_404(Team, pk=data["scope"]),
        get_object_or_404(Questionnaire, pk=data["questionnaire"]),
        {},
    )
    asked = list_constructs(content=get_content(questionnaire_id=place.questionnaire.pk))
    words = first_letter(
        user=user, audience=Audience.CUSTOMER, role=signs_as(user), constructs=asked
    )
    after = data["closes_date"] + timedelta(days=1)
    closes_at = timezone.make_aware(datetime.combine(after, time()))
    return start_open_wave(place=place, words=LetterWords(**words), closes_at=closes_at, now=now)
