"""The page on which asking begins: choose a template, and everything is filled in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.campaigns.models import Wave
from survey.console.access import (
    may_ask,
    refuse_unless_asking,
    signs_as,
    staff_only,
    who_asks,
)
from survey.console.flows import LetterWords
from survey.console.forms import WRITTEN_IN
from survey.console.pulse.questions import describe_questions
from survey.console.pulse.steps import Step
from survey.console.pulse.templates import TEMPLATES, Template, start_from_template
from survey.console.words import first_letter
from survey.core.timestamps import local_date
from survey.letters.words import primary_tag
from survey.organization.models import Team
from survey.organization.selectors import list_team_tree
from survey.questionnaires.models import Audience, Questionnaire
from survey.questionnaires.selectors import get_content, list_constructs, list_published


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_pulse(request: HttpRequest) -> HttpResponse:
    """Start asking staff, or customers, from a template."""
    refuse_unless_asking(request, Audience.EMPLOYEE)
    return _new(request, Audience.EMPLOYEE)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_customer_survey(request: HttpRequest) -> HttpResponse:
    """Start asking customers, or staff for those who may, from a template."""
    return _new(request, Audience.CUSTOMER)


def _new(request: HttpRequest, first: Audience) -> HttpResponse:
    ready = _questionnaires(first)
    if request.method == "POST":
        return _start(request, ready)
    templates = {template.code: template for template in TEMPLATES}
    user = who_asks(request)
    asked = {audience for audience in Audience if may_ask(user=user, audience=audience)}
    rows = [_row(one, templates.get(one.code)) for one in ready.values() if one.audience in asked]
    order = [template.code for template in TEMPLATES]
    rows.sort(key=lambda row: (row["audience"] != first, _place(order, row["code"])))
    teams = list_team_tree(today=local_date(timezone.now()))
    context = {"rows": rows, "has_teams": bool(teams), "is_customers": first == Audience.CUSTOMER}
    return render(request, "console/pulse/new.html", context)


def _start(request: HttpRequest, ready: dict[int, Questionnaire]) -> HttpResponse:
    chosen = request.POST.get("questionnaire", "")
    questionnaire = ready.get(int(chosen)) if chosen.isdecimal() and len(chosen) < 10 else None
    top = _top_team()
    if questionnaire is None or top is None:
        why = _("Choose what to ask.") if top else _("Bring in the staff list first.")
        messages.error(request, why)
        return redirect(request.path)
    refuse_unless_asking(request, questionnaire.audience)
    user, now = who_asks(request), timezone.now()
    language = _language_for(questionnaire)
    content = get_content(questionnaire_id=questionnaire.pk)
    words = first_letter(
        user=user,
        audience=questionnaire.audience,
        role=signs_as(user),
        language=language,
        constructs=list_constructs(content=content),
    )
    wave: Wave = start_from_template(
        questionnaire=questionnaire,
        scope=top,
        words=LetterWords(**words, language=language),
        now=now,
    )
    return redirect(Step.CHECK.address(wave.pk))


def _language_for(questionnaire: Questionnaire) -> str:
    """Return the language of a first letter: the reader's, where the questions speak it too."""
    own = primary_tag(get_language() or WRITTEN_IN)
    worded = get_content(questionnaire_id=questionnaire.pk).languages
    return own if own in worded else WRITTEN_IN


def _questionnaires(first: Audience) -> dict[int, Questionnaire]:
    """Return what can be asked, the newest version of each, one side before the other."""
    newest: dict[str, Questionnaire] = {}
    for audience in (first, *(other for other in Audience if other != first)):
        for row in list_published(audience=audience):
            newest.setdefault(row.code, row)
    return {row.pk: row for row in newest.values()}


def _row(questionnaire: Questionnaire, template: Template | None) -> dict[str, object]:
    return {
        "pk": questionnaire.pk,
        "code": questionnaire.code,
        "audience": questionnaire.audience,
        "is_customers": questionnaire.audience == Audience.CUSTOMER,
        "is_colleagues": questionnaire.audience == Audience.COLLEAGUE,
        "is_template": template is not None,
        "title": template.title if template else questionnaire.name,
        "words": template.words if template else _describe(questionnaire),
    }


def _describe(questionnaire: Questionnaire) -> str:
    """Return what a questionnaire without words of its own asks."""
    asked = describe_questions(get_content(questionnaire_id=questionnaire.pk))
    n = len(asked.items)
    sentence = ngettext("%(n)s question, about %(takes)s.", "%(n)s questions, about %(takes)s.", n)
    return sentence % {"n": n, "takes": asked.takes}


def _place(order: list[str], code: object) -> int:
    return order.index(str(code)) if code in order else len(order)


def _top_team() -> Team | None:
    rows = list_team_tree(today=local_date(timezone.now()))
    return get_object_or_404(Team, pk=rows[0].pk) if rows else None
