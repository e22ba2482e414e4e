"""The list of questionnaires, and how a new one begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from survey.console.access import posted, staff_only
from survey.console.filling import show_form
from survey.console.questionnaires.access import audiences_of
from survey.console.questionnaires.builder import back_to
from survey.console.questionnaires.forms import NewForm
from survey.console.questionnaires.listing import list_questionnaires
from survey.questionnaires.models import Questionnaire, QuestionnaireStatus
from survey.questionnaires.services import copy_questionnaire, draft_questionnaire


@staff_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the questionnaires of those whom the reader asks."""
    status = request.GET.get("state", "")
    listing = list_questionnaires(
        audiences=audiences_of(request),
        status=status if status in QuestionnaireStatus.values else "",
    )
    return render(request, "console/questionnaires/home.html", {"listing": listing})


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a questionnaire, empty or as a copy of another."""
    audiences = audiences_of(request)
    models = Questionnaire.objects.filter(audience__in=audiences).order_by("name", "-version")
    form = NewForm(posted(request), audiences=audiences, models=models)
    if not form.is_valid():
        return show_form(request, "console/questionnaires/new.html", {"form": form})
    return back_to(_begin(form))


def _begin(form: NewForm) -> Questionnaire:
    filled = form.cleaned_data
    model = filled["like"]
    if model is not None:
        return copy_questionnaire(questionnaire_id=model.pk, name=filled["name"])
    return draft_questionnaire(
        name=filled["name"], audience=filled["audience"], languages=filled["languages"]
    )
