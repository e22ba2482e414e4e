"""Questionnaires of other programs: a file comes in, becomes a draft, and a report says how."""

import csv
from dataclasses import dataclass
from io import StringIO

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.console.access import posted, staff_only, who_asks
from survey.console.filling import show_form
from survey.console.people.files import as_text
from survey.console.questionnaires.access import audiences_of, on_questionnaire
from survey.console.questionnaires.file_forms import BringForm
from survey.console.questionnaires.words import word
from survey.questionnaires.checking import Fault, find_faults
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.importers import ImportRefusedError, read_file
from survey.questionnaires.importers.telling import tell_again
from survey.questionnaires.languages import describe_language
from survey.questionnaires.models import (
    ImportReport,
    Questionnaire,
    QuestionnaireStatus,
)
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services.bringing import bring_in, claim_reading, release_reading


@dataclass(frozen=True, slots=True)
class LeftOutGroup:
    """Everything that was left out at one place of a file: what, and why."""

    where: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MendRow:
    """One thing to mend, and the question it concerns, if it is one."""

    code: str
    text: str
    language: str
    why: str


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Take a file; what can be asked of it becomes a draft, or it is refused as a whole."""
    form = BringForm(posted(request), request.FILES or None, audiences=audiences_of(request))
    if form.is_valid():
        draft = _read(request, form)
        if draft is not None:
            return redirect("console:questionnaires:report", draft.pk)
    return show_form(request, "console/questionnaires/bring.html", {"form": form})


@on_questionnaire
@require_safe
def report(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Tell what of a file became a questionnaire, what did not, and what is to be mended."""
    found = _report_of(questionnaire)
    content = get_content(questionnaire_id=questionnaire.pk)
    is_draft = questionnaire.status == QuestionnaireStatus.DRAFT
    context = {
        "questionnaire": questionnaire,
        "report": found,
        "groups": _group(_tell(found)),
        "n_questions": sum(item.has_answer for item in content.items),
        "n_notes": sum(not item.has_answer for item in content.items),
        "n_sections": len(content.sections),
        "languages": [describe_language(tag) for tag in content.languages],
        "mends": [_mend(fault, content) for fault in find_faults(content)] if is_draft else [],
    }
    return render(request, "console/questionnaires/report.html", context)


@on_questionnaire
@require_safe
def report_file(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Hand over what was left out as a table; nothing in it runs in a spreadsheet."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_("where"), _("what"), _("reason")])
    told = _tell(_report_of(questionnaire))
    writer.writerows([as_text(cell) for cell in line] for line in told)
    name = f"{questionnaire.code}-v{questionnaire.version}-report.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    text = "\ufeff" + out.getvalue()  # without the mark spreadsheets take it for Latin-1
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def _read(request: HttpRequest, form: BringForm) -> Questionnaire | None:
    """Return the draft made of a file, or say on the form why there is none."""
    reader_id, file = who_asks(request).pk, form.cleaned_data["file"]
    if not claim_reading(reader_id=reader_id, now=timezone.now()):
        form.add_error("file", _("Another file of yours is being read; wait a minute."))
        return None
    try:
        return bring_in(
            imported=read_file(file.name, file.read()),
            audience=form.cleaned_data["audience"],
            may_ask=audiences_of(request),
            file_name=file.name,
        )
    except ImportRefusedError as error:
        told = {"where": error.where, "why": error.why}
        form.add_error("file", _("Nothing was taken over: %(where)s: %(why)s") % told)
        return None
    finally:
        release_reading(reader_id=reader_id, now=timezone.now())


def _report_of(questionnaire: Questionnaire) -> ImportReport:
    reports: QuerySet[ImportReport] = ImportReport.objects.filter(questionnaire=questionnaire)
    return get_object_or_404(reports)


def _tell(report: ImportReport) -> list[list[str]]:
    """Return where something was left out, what, and why, in the reader's language."""
    return [[tell_again(part) for part in line] for line in report.left_out]


def _group(lines: list[list[str]]) -> tuple[LeftOutGroup, ...]:
    """Return what was left out by its place, in the order of the file."""
    found: dict[str, list[tuple[str, str]]] = {}
    for where, what, reason in lines:
        found.setdefault(where, []).append((what, reason))
    return tuple(LeftOutGroup(where, tuple(told)) for where, told in found.items())


def _mend(fault: Fault, content: QuestionnaireContent) -> MendRow:
    item = next((item for item in content.items if item.code == fault.where), None)
    if item is None:
        return MendRow("", fault.where, "", fault.why)
    text, language = word(item.texts, content.languages[0])
    return MendRow(item.code, text, language, fault.why)
