"""The builder: the list of questions beside the page as respondents see it."""

from collections.abc import Callable
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from survey.console.questionnaires.access import on_draft, on_questionnaire
from survey.console.questionnaires.board import Board, ItemRow, SectionRow, build_board
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import (
    ItemNotAskedError,
    SectionUnknownError,
    move_item,
    move_section,
    remove_item,
    remove_section,
)

WITH_PREVIEW = {"frame-src": [SELF]}
Change = Callable[[int, str], None]


@csp_update(WITH_PREVIEW)
@on_questionnaire
@require_http_methods(["GET", "HEAD"])
def builder(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Show the questions, what is to be said of them, and the page itself."""
    board = build_board(questionnaire=questionnaire, language=request.GET.get("lang", ""))
    context = {
        "board": board,
        "moved": find_row(board, request.GET.get("moved", "")),
        "went_down": request.GET.get("way", "").endswith("down"),
    }
    return render(request, "console/questionnaires/builder.html", context)


@on_draft
@require_POST
def rearrange(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Move a question or a section by one place, or take it out, as the pressed button says."""
    for name, change in CHANGES.items():
        code = request.POST.get(name)
        if code:
            try:
                change(questionnaire.pk, code)
            except (ItemNotAskedError, SectionUnknownError):
                messages.warning(request, _("That question is not in the list any more."))
                return back_to(questionnaire, lang=request.POST.get("lang", ""))
            seen = {} if name.endswith("out") else {"moved": code, "way": name}
            return back_to(questionnaire, lang=request.POST.get("lang", ""), **seen)
    return back_to(questionnaire, lang=request.POST.get("lang", ""))


def find_row(board: Board, code: str) -> ItemRow | SectionRow | None:
    """Return the question or section of a code, if it is in the list."""
    rows: list[ItemRow | SectionRow] = list(board.sections)
    rows += [row for section in board.sections for row in section.items]
    return next((row for row in rows if code and row.code == code), None)


def back_to(questionnaire: Questionnaire, **asked: str) -> HttpResponseRedirect:
    """Lead to the builder, in the language that was looked at."""
    query = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("console:questionnaires:builder", args=[questionnaire.pk])
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


CHANGES: dict[str, Change] = {
    "up": lambda pk, code: move_item(questionnaire_id=pk, code=code, step=-1),
    "down": lambda pk, code: move_item(questionnaire_id=pk, code=code, step=1),
    "out": lambda pk, code: remove_item(questionnaire_id=pk, code=code),
    "section_up": lambda pk, code: move_section(questionnaire_id=pk, code=code, step=-1),
    "section_down": lambda pk, code: move_section(questionnaire_id=pk, code=code, step=1),
    "section_out": lambda pk, code: remove_section(questionnaire_id=pk, code=code),
}
