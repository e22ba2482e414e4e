"""What happens to a questionnaire as a whole: settings, publishing, copies, versions, the end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from survey.console.access import posted
from survey.console.filling import show_form
from survey.console.questionnaires.access import on_draft, on_questionnaire
from survey.console.questionnaires.builder import back_to
from survey.console.questionnaires.conflicts import list_stored
from survey.console.questionnaires.forms import CopyForm, SettingsForm
from survey.console.questionnaires.words import word
from survey.questionnaires.models import Questionnaire, QuestionnaireItem
from survey.questionnaires.reading import DocumentError
from survey.questionnaires.services import (
    DraftChangedError,
    QuestionnaireNotPublishedError,
    QuestionnaireNotRetiredError,
    QuestionnaireUnfinishedError,
    QuestionnaireUsedError,
    configure_draft,
    copy_questionnaire,
    discard_draft,
    next_version,
    publish_questionnaire,
    reinstate_questionnaire,
    retire_questionnaire,
    see_draft,
)

FORM = ["GET", "HEAD", "POST"]


@on_draft
@require_http_methods(FORM)
def settings(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Change the name, the languages and how a draft is laid out."""
    form = _settings_form(posted(request), questionnaire)
    context: dict[str, object] = {
        "form": form,
        "questionnaire": questionnaire,
        "seen": request.POST.get("seen", see_draft(questionnaire)),
    }
    if form.is_valid():
        try:
            if _configure(request, questionnaire, form):
                messages.success(request, _("Saved."))
                return back_to(questionnaire)
        except DraftChangedError:
            lines = list_stored([_settings_form(None, questionnaire)], [form])
            context |= {"seen": see_draft(questionnaire), "is_changed": True, "stored": lines}
            return render(request, "console/questionnaires/settings.html", context, status=409)
    return show_form(request, "console/questionnaires/settings.html", context)


@on_draft
@require_POST
def publish(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Make a draft final; what keeps it from being so is shown at its place."""
    try:
        publish_questionnaire(questionnaire_id=questionnaire.pk)
    except QuestionnaireUnfinishedError:
        messages.error(request, _("It cannot be published yet; what is to be mended is marked."))
    else:
        messages.success(request, _("Published. It can be asked now, and never changes any more."))
    return back_to(questionnaire)


@on_questionnaire
@require_POST
def retire(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Put a questionnaire away; surveys that ask it go on."""
    try:
        retire_questionnaire(questionnaire_id=questionnaire.pk)
    except QuestionnaireNotPublishedError:
        messages.warning(request, _("Only what is published can be put away."))
    else:
        messages.success(request, _("Put away. Surveys that ask it go on; new ones cannot."))
    return back_to(questionnaire)


@on_questionnaire
@require_POST
def reinstate(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Offer a questionnaire again that was put away."""
    try:
        reinstate_questionnaire(questionnaire_id=questionnaire.pk)
    except QuestionnaireNotRetiredError:
        messages.warning(request, _("Only what was put away can be offered again."))
    else:
        messages.success(request, _("It can be asked again."))
    return back_to(questionnaire)


@on_questionnaire
@require_POST
def next_draft(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Open the draft of the next version, a new one where there is none."""
    return back_to(next_version(questionnaire_id=questionnaire.pk))


@on_questionnaire
@require_http_methods(FORM)
def copy(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Begin another questionnaire with the same questions."""
    name = _("%(name)s, a copy") % {"name": questionnaire.name}
    form = CopyForm(posted(request), initial={"name": name[:150]})
    if form.is_valid():
        made = copy_questionnaire(questionnaire_id=questionnaire.pk, name=form.cleaned_data["name"])
        return back_to(made)
    context = {"form": form, "questionnaire": questionnaire}
    return show_form(request, "console/questionnaires/copy.html", context)


@on_draft
@require_http_methods(FORM)
def discard(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Ask once, then throw a draft away."""
    if request.method != "POST":
        context = {"questionnaire": questionnaire}
        return render(request, "console/questionnaires/discard.html", context)
    try:
        discard_draft(questionnaire_id=questionnaire.pk)
    except QuestionnaireUsedError:
        messages.warning(request, _("A survey asks it; take it out there first."))
        return back_to(questionnaire)
    messages.success(request, _("“%(name)s” is discarded.") % {"name": questionnaire.name})
    return redirect("console:questionnaires:home")


def _settings_form(data: QueryDict | None, questionnaire: Questionnaire) -> SettingsForm:
    """Return the settings as they were sent in, or as they are stored."""
    stored = questionnaire.settings
    initial = {
        "name": questionnaire.name,
        "languages": questionnaire.languages,
        "page": stored.get("page", ""),
        "shuffles_items": stored.get("shuffles_items", False),
        **stored.get("sample", {}),
    }
    return SettingsForm(data, items=_items(questionnaire), initial=initial)


def _configure(request: HttpRequest, questionnaire: Questionnaire, form: SettingsForm) -> bool:
    try:
        configure_draft(
            questionnaire_id=questionnaire.pk,
            name=form.cleaned_data["name"],
            languages=form.cleaned_data["languages"],
            settings=form.settings,
            seen=request.POST.get("seen"),
        )
    except DocumentError as error:
        form.add_error(None, str(error))
    return not form.errors


def _items(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    """Return what could be drawn at random: all but the first question, which is always asked."""
    placed = QuestionnaireItem.objects.filter(questionnaire=questionnaire).select_related("item")
    language = questionnaire.languages[0]
    items = [place.item for place in placed.order_by("position")]
    return [(item.code, word(item.texts, language)[0]) for item in items[1:]]
