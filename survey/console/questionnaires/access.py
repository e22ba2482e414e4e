"""Whose questionnaires somebody may see and change: those of the audiences that they ask.

The others are not there at all: their addresses are not found.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from survey.console.access import staff_only, who_asks
from survey.questionnaires.askers import audiences_asked_by
from survey.questionnaires.models import Audience, Questionnaire, QuestionnaireStatus
from survey.questionnaires.services import QuestionnaireNotDraftError

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
    """Give a view the draft of its address; what is published is shown instead."""

    @wraps(view)
    def serve(
        request: HttpRequest, questionnaire: Questionnaire, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if questionnaire.status == QuestionnaireStatus.DRAFT:
            with suppress(QuestionnaireNotDraftError):  # somebody else has just published it
                return view(request, questionnaire, *args, **kwargs)
        messages.warning(request, _("What is published never changes; make a next version."))
        return redirect("console:questionnaires:builder", questionnaire.pk)

    return on_questionnaire(cast("OnQuestionnaire[P]", serve))
