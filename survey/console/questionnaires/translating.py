"""The languages of a questionnaire: how much is worded, files to translate in, and back again."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.console.access import posted
from survey.console.filling import show_form
from survey.console.questionnaires.access import on_draft, on_questionnaire
from survey.console.questionnaires.file_forms import LanguageForm, TranslationsForm
from survey.questionnaires.exporting import export_document
from survey.questionnaires.importers import ImportRefusedError, LeftOut
from survey.questionnaires.languages import describe_language
from survey.questionnaires.models import Questionnaire, QuestionnaireStatus
from survey.questionnaires.services.translating import (
    TooManyLanguagesError,
    TranslationReport,
    TranslationsChangedError,
    add_language,
    remove_language,
    translate_draft,
)
from survey.questionnaires.translations import (
    Translation,
    compare,
    list_targets,
    measure_progress,
    read_translations,
    write_catalogue,
    write_table,
)

FORM = ["GET", "HEAD", "POST"]
SALT = "console.questionnaires.translating"
DAY = 24 * 3600  # seconds
LARGEST_PACKED = 1_500_000  # characters that a form may carry from one page to the next
MOST_SHOWN = 500
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@on_questionnaire
@require_safe
def languages(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Show in which languages a questionnaire can be read, and how much of it."""
    return _show_languages(request, questionnaire, LanguageForm())


@on_draft
@require_POST
def add(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Let a draft be answered in one more language."""
    form = LanguageForm(request.POST)
    if form.is_valid():
        try:
            add_language(questionnaire_id=questionnaire.pk, tag=form.cleaned_data["tag"])
        except TooManyLanguagesError:
            form.add_error("tag", _("It has as many languages as it can have."))
        else:
            return _back(questionnaire)
    return _show_languages(request, questionnaire, form)


@on_draft
@require_POST
def remove(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Offer a language of a draft no more."""
    tag = request.POST.get("tag", "")
    remove_language(questionnaire_id=questionnaire.pk, tag=tag)
    said = _("%(name)s is not offered any more; its wording is kept.")
    messages.success(request, said % {"name": describe_language(tag[:40]).name})
    return _back(questionnaire)


@on_questionnaire
@require_safe
def table(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Hand over all texts as a spreadsheet, a column for each language."""
    document = export_document(questionnaire_id=questionnaire.pk)
    return _file(write_table(document), SHEET, f"{_name(questionnaire)}-texts.xlsx")


@on_questionnaire
@require_safe
def catalogue(request: HttpRequest, questionnaire: Questionnaire, tag: str) -> HttpResponse:
    """Hand over all texts in one language as a PO file."""
    document = export_document(questionnaire_id=questionnaire.pk)
    if tag not in document.languages:
        raise Http404
    kind = "text/x-gettext-translation; charset=utf-8"
    return _file(write_catalogue(document, tag), kind, f"{_name(questionnaire)}-{tag}.po")


@on_draft
@require_http_methods(FORM)
def translate(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Read a file of translations and show what it would change; nothing is changed yet."""
    form = TranslationsForm(posted(request), request.FILES or None)
    if form.is_valid():
        try:
            return _show_file(request, questionnaire, form.cleaned_data["file"].read())
        except ImportRefusedError as error:
            told = {"where": error.where, "why": error.why}
            form.add_error("file", _("Nothing was taken over: %(where)s: %(why)s") % told)
    context = {"questionnaire": questionnaire, "form": form}
    return show_form(request, "console/questionnaires/translate.html", context)


@on_draft
@require_POST
def take(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Take translations over that somebody has looked at; all of them or none."""
    packed = request.POST.get("packed", "")
    try:
        stored = signing.loads(packed, salt=_salt(questionnaire), max_age=DAY)
    except signing.BadSignature:
        messages.warning(request, _("Send the file once more; this page was open for too long."))
        return redirect("console:questionnaires:translate", questionnaire.pk)
    found = tuple(Translation(*each) for each in stored)
    try:
        report = translate_draft(
            questionnaire_id=questionnaire.pk,
            translations=found,
            seen=request.POST.get("seen", ""),
        )
    except TranslationsChangedError:
        messages.warning(request, _("Something changed meanwhile; this is how things stand now."))
        return _show_difference(request, questionnaire, found, (), packed)
    _tell(request, report)
    return _back(questionnaire)


def _show_languages(
    request: HttpRequest, questionnaire: Questionnaire, form: LanguageForm
) -> HttpResponse:
    document = export_document(questionnaire_id=questionnaire.pk)
    targets = list_targets(document)
    rows = [
        (describe_language(one.tag), one, one.n_worded == one.n_all, one.tag in targets)
        for one in measure_progress(document)
    ]
    context = {
        "questionnaire": questionnaire,
        "rows": rows,
        "form": form,
        "has_targets": bool(targets),
        "is_draft": questionnaire.status == QuestionnaireStatus.DRAFT,
    }
    return show_form(request, "console/questionnaires/languages.html", context)


def _show_file(request: HttpRequest, questionnaire: Questionnaire, data: bytes) -> HttpResponse:
    found, left_out = read_translations(data, questionnaire.languages)
    stored = [(each.row, each.where, each.source, each.language, each.text) for each in found]
    packed = signing.dumps(stored, salt=_salt(questionnaire), compress=True)
    if len(packed) > LARGEST_PACKED:
        raise ImportRefusedError(_("the file"), _("holds too much at once; send fewer languages"))
    return _show_difference(request, questionnaire, found, left_out, packed)


def _show_difference(
    request: HttpRequest,
    questionnaire: Questionnaire,
    found: tuple[Translation, ...],
    left_out: tuple[LeftOut, ...],
    packed: str,
) -> HttpResponse:
    document = export_document(questionnaire_id=questionnaire.pk)
    comparison = compare(document, found)
    left_aside = (*left_out, *comparison.left_aside)
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "comparison": comparison,
        "rows": [
            (change, describe_language(change.language))
            for change in comparison.changes[:MOST_SHOWN]
        ],
        "n_more": max(0, len(comparison.changes) - MOST_SHOWN),
        "n_replaced": sum(bool(change.old) for change in comparison.changes),
        "left_aside": left_aside,
        "n_unshown": max(0, len(left_aside) - MOST_SHOWN),
        "packed": packed,
    }
    status = 422 if comparison.faults else 200
    template = "console/questionnaires/translations.html"
    return render(request, template, context, status=status)


def _tell(request: HttpRequest, report: TranslationReport) -> None:
    text = ngettext("%(n)d text is changed.", "%(n)d texts are changed.", report.n_changed)
    messages.success(request, text % {"n": report.n_changed})
    if report.broken:
        told = {"codes": ", ".join(report.broken)}
        messages.warning(request, _("The trend starts again for: %(codes)s") % told)


def _salt(questionnaire: Questionnaire) -> str:
    return f"{SALT}.{questionnaire.pk}"


def _name(questionnaire: Questionnaire) -> str:
    return f"{questionnaire.code}-v{questionnaire.version}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _back(questionnaire: Questionnaire) -> HttpResponseRedirect:
    return redirect("console:questionnaires:languages", questionnaire.pk)
