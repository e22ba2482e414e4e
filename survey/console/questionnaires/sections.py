"""The page of a section: its heading in every language, and when it is asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.console.access import posted
from survey.console.questionnaires.access import on_draft
from survey.console.questionnaires.builder import back_to
from survey.console.questionnaires.conditions import ConditionForm, Subject, list_subjects
from survey.console.questionnaires.conflicts import list_stored
from survey.console.questionnaires.forms import SectionForm
from survey.organization.models import Attribute
from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Questionnaire, QuestionnaireItem, Section
from survey.questionnaires.reading import DocumentError
from survey.questionnaires.services import (
    DraftChangedError,
    add_section,
    change_section,
    see_section,
)

FORM = ["GET", "HEAD", "POST"]


@on_draft
@require_http_methods(FORM)
def new_section(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Add a section at the end."""
    form = SectionForm(posted(request), languages=questionnaire.languages)
    if form.is_valid() and _add(questionnaire, form):
        messages.success(request, _("The section is there; move questions into it."))
        return back_to(questionnaire)
    context = {"questionnaire": questionnaire, "form": form, "section": None}
    return _show(request, context, is_wrong=bool(form.errors))


@on_draft
@require_http_methods(FORM)
def section(request: HttpRequest, questionnaire: Questionnaire, code: str) -> HttpResponse:
    """Change the heading of a section, and when it is asked."""
    stored = get_object_or_404(Section, questionnaire=questionnaire, code=code)
    form, condition = _forms(posted(request), questionnaire, stored)
    context: dict[str, object] = {
        "questionnaire": questionnaire,
        "form": form,
        "section": stored,
        "condition": condition,
        "seen": request.POST.get("seen", see_section(stored)),
    }
    if all([form.is_valid(), condition.is_valid()]):
        try:
            if _change(request, questionnaire, code, form, condition):
                return back_to(questionnaire)
        except DraftChangedError:
            lines = list_stored(_forms(None, questionnaire, stored), (form, condition))
            context |= {"seen": see_section(stored), "is_changed": True, "stored": lines}
            return render(request, "console/questionnaires/section.html", context, status=409)
    return _show(request, context, is_wrong=bool(form.errors or condition.errors))


def _forms(
    data: QueryDict | None, questionnaire: Questionnaire, stored: Section
) -> tuple[SectionForm, ConditionForm]:
    """Return the heading and the condition as they were sent in, or as they are stored."""
    initial = {f"text_{tag}": text for tag, text in stored.texts.items()}
    form = SectionForm(data, languages=questionnaire.languages, initial=initial)
    condition = ConditionForm(
        data,
        subjects=_subjects(questionnaire, stored),
        condition=stored.shown_when,
        language=questionnaire.languages[0],
    )
    return form, condition


def _add(questionnaire: Questionnaire, form: SectionForm) -> bool:
    try:
        add_section(questionnaire_id=questionnaire.pk, code="", texts=form.texts)
    except DocumentError as error:
        form.add_error(None, str(error))
    return not form.errors


def _change(
    request: HttpRequest,
    questionnaire: Questionnaire,
    code: str,
    form: SectionForm,
    condition: ConditionForm,
) -> bool:
    try:
        change_section(
            questionnaire_id=questionnaire.pk,
            code=code,
            texts=form.texts,
            shown_when=condition.condition,
            seen=request.POST.get("seen"),
        )
    except DocumentError as error:
        form.add_error(None, str(error))
    return not form.errors


def _subjects(questionnaire: Questionnaire, stored: Section) -> tuple[Subject, ...]:
    """Return what a section can hang on: the questions before its first one."""
    document = export_document(questionnaire_id=questionnaire.pk)
    inside = QuestionnaireItem.objects.filter(questionnaire=questionnaire, section=stored)
    codes = set(inside.values_list("item__code", flat=True))
    items = document.items
    first = next((at for at, item in enumerate(items) if item.code in codes), len(items))
    attributes = Attribute.objects.order_by("name").values_list("code", "name")
    return list_subjects(items[:first], attributes, document.languages[0])


def _show(request: HttpRequest, context: dict[str, object], *, is_wrong: bool) -> HttpResponse:
    status = 422 if is_wrong else 200
    return render(request, "console/questionnaires/section.html", context, status=status)
