"""Whose questionnaires somebody may see and change: those of the audiences that they ask.

The others are not there at all: their addresses are not found.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from survey.console.access import staff_only, who_asks
from survey.questionnaires.askers import audiences_asked_by
from survey.questionnaires.languages import Language, describe_language
from survey.questionnaires.models import Audience, Questionnaire, QuestionnaireStatus
from survey.questionnaires.services import QuestionnaireNotDraftError

WORDED = re.compile(r"(?:option-\d+-)?(?:text|hint)_(?P<tag>[A-Za-z0-9-]{1,40})$")

P = ParamSpec("P")
OnQuestionnaire = Callable[Concatenate[HttpRequest, Questionnaire, P], HttpResponse]
View = Callable[..., HttpResponse]


def audiences_of(request: HttpRequest) -> tuple[Audience, ...]:
    """Return whom somebody who has been let in may ask."""
    return audiences_asked_by(user=who_asks(request))


def on_questionnaire(view: OnQuestionnaire[P]) -> View:
    """Give a view the questionnaire of its address, if its reader asks its audience."""

    @wraps(view)
    def serve(
        request: HttpRequest, questionnaire_id: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        questionnaire = get_object_or_404(Questionnaire, pk=questionnaire_id)
        if questionnaire.audience not in audiences_of(request):
            raise Http404
        return view(request, questionnaire, *args, **kwargs)

    return cast("View", staff_only(serve))


def on_draft(view: OnQuestionnaire[P]) -> View:
    """Give a view the draft of its address; what is published is shown instead.

    Texts that were typed for it are handed back.
    """

    @wraps(view)
    def serve(
        request: HttpRequest, questionnaire: Questionnaire, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if questionnaire.status == QuestionnaireStatus.DRAFT:
            with suppress(QuestionnaireNotDraftError):  # somebody else has just published it
                return view(request, questionnaire, *args, **kwargs)
        if typed := _list_typed(request):
            context = {"questionnaire": questionnaire, "typed": typed}
            return render(request, "console/questionnaires/too_late.html", context, status=409)
        messages.warning(request, _("What is published never changes; make a next version."))
        return redirect("console:questionnaires:builder", questionnaire.pk)

    return on_questionnaire(cast("OnQuestionnaire[P]", serve))


def _list_typed(request: HttpRequest) -> list[tuple[str, Language, str]]:
    """Return the wordings that were sent in, with the names of their fields and their languages."""
    sent = ((name, WORDED.match(name), str(text)) for name, text in request.POST.items())
    return [
        (name, describe_language(found["tag"]), text)
        for name, found, text in sent
        if found and text.strip()
    ]
