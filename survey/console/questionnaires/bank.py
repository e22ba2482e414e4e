"""The item bank: look for questions, tick them, and ask them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from survey.console.access import staff_only
from survey.console.forms import set_choices
from survey.console.questionnaires.access import audiences_of, on_draft
from survey.console.questionnaires.builder import back_to
from survey.console.questionnaires.forms import USUAL, name_field
from survey.console.questionnaires.shelves import Shelf, fill_shelves
from survey.console.questionnaires.words import AUDIENCES
from survey.core.timestamps import local_date
from survey.questionnaires.bank_listing import BankItem, list_bank
from survey.questionnaires.languages import describe_language
from survey.questionnaires.models import Audience, Questionnaire, QuestionnaireItem
from survey.questionnaires.services import (
    ItemAskedAlreadyError,
    QuestionnaireFullError,
    add_items,
    draft_questionnaire,
)

FORM = ["GET", "HEAD", "POST"]
SHOW = "show"


class FilterForm(forms.Form):
    """Which questions of the bank are shown."""

    construct = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Ready in"), required=False)
    search = forms.CharField(label=gettext_lazy("With the words"), max_length=100, required=False)

    def __init__(self, data: Mapping[str, Any], *, everything: Iterable[BankItem]) -> None:
        super().__init__(data)
        items = list(everything)
        about = {one.code: one.name for item in items for one in item.constructs}
        tags = sorted({tag for item in items for tag in item.languages})
        constructs = sorted(about.items(), key=lambda pair: pair[1])
        set_choices(self, "construct", [("", _("anything")), *constructs])
        languages = [(tag, describe_language(tag).name) for tag in tags]
        set_choices(self, "language", [("", _("any language")), *languages])


class StartForm(forms.Form):
    """What the questionnaire is called that is made of ticked questions."""

    name = name_field()
    audience = forms.ChoiceField(label=gettext_lazy("Who is asked"))

    def __init__(self, data: Mapping[str, Any] | None, *, audiences: Collection[Audience]) -> None:
        month = date_format(local_date(timezone.now()), "YEAR_MONTH_FORMAT")
        initial = {"name": _("Pulse, %(month)s") % {"month": month}}
        super().__init__(data, initial=initial)
        set_choices(self, "audience", [(code, AUDIENCES[code]) for code in audiences])


@dataclass(frozen=True, slots=True)
class Choice:
    """The bank as it is looked at, and what is ticked in it."""

    filters: FilterForm
    shelves: tuple[Shelf, ...]
    ticked: tuple[int, ...]  # in the order of the bank
    n_hidden: int
    hidden: tuple[int, ...]  # ticked, but not shown


@staff_only
@require_http_methods(FORM)
def item_bank(request: HttpRequest) -> HttpResponse:
    """Make a questionnaire of questions from the bank."""
    audiences = audiences_of(request)
    choice = _choose(request, audiences, asked=())
    is_adding = _is_adding(request)
    form = StartForm(request.POST if is_adding else _kept_names(request), audiences=audiences)
    if is_adding and choice.ticked and form.is_valid():
        made = _start(form, choice.ticked)
        if made is not None:
            return back_to(made)
    return _show(request, {"choice": choice, "form": form}, is_wrong=is_adding)


@on_draft
@require_http_methods(FORM)
def add_from_bank(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Add questions of the bank to a draft."""
    placed = QuestionnaireItem.objects.filter(questionnaire=questionnaire)
    asked = set(placed.values_list("item__code", flat=True))
    choice = _choose(request, audiences_of(request), asked=asked)
    is_adding = _is_adding(request)
    if is_adding and choice.ticked and _add(request, questionnaire, choice.ticked):
        return back_to(questionnaire)
    context = {"choice": choice, "questionnaire": questionnaire}
    return _show(request, context, is_wrong=is_adding)


def _choose(
    request: HttpRequest, audiences: Collection[Audience], asked: Collection[str]
) -> Choice:
    """Return what is shown and ticked; a button of a whole scale ticks that alone."""
    sent = request.POST if request.method == "POST" else request.GET
    everything = [item for item in list_bank() if _may_see(item, audiences)]
    free = [item for item in everything if item.code not in asked]
    filters = FilterForm(sent, everything=everything)
    wanted = {name: filters.data.get(name, "") for name in filters.fields}
    found = list_bank(**wanted) if filters.is_valid() and any(wanted.values()) else everything
    shown = [item for item in found if _may_see(item, audiences)]
    scale = sent.get("scale", "")
    sent_ids = set(sent.getlist("items"))
    ticked = tuple(
        item.id for item in free if (scale in item.scales if scale else str(item.id) in sent_ids)
    )
    hidden = tuple(pk for pk in ticked if pk not in {item.id for item in shown})
    shelves = fill_shelves(shown, ticked=ticked, asked=asked)
    return Choice(filters, shelves, ticked, len(hidden), hidden)


def _may_see(item: BankItem, audiences: Collection[Audience]) -> bool:
    """Say whether a question is free for all, or asked of somebody whom the reader asks too."""
    return not item.audiences or not set(item.audiences).isdisjoint(audiences)


def _is_adding(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") != SHOW


def _kept_names(request: HttpRequest) -> dict[str, str] | None:
    """Return what was filled in beside the filters, so that looking on does not lose it."""
    return request.POST.dict() if request.POST.get("name") else None


def _start(form: StartForm, ticked: Sequence[int]) -> Questionnaire | None:
    items = [item for item in list_bank() if item.id in ticked]
    common = [tag for tag in items[0].languages if all(tag in item.languages for item in items)]
    common.sort(key=lambda tag: tag != USUAL)
    try:
        return draft_questionnaire(
            name=form.cleaned_data["name"],
            audience=form.cleaned_data["audience"],
            languages=common or [USUAL],
            item_ids=ticked,
        )
    except QuestionnaireFullError as full:
        form.add_error(None, _("A questionnaire has at most %(n)s questions.") % {"n": full})
        return None


def _add(request: HttpRequest, questionnaire: Questionnaire, ticked: Sequence[int]) -> bool:
    try:
        add_items(questionnaire_id=questionnaire.pk, item_ids=ticked)
    except (ItemAskedAlreadyError, QuestionnaireFullError):
        messages.error(request, _("One of them is asked already, or the questionnaire is full."))
        return False
    n = len(ticked)
    text = ngettext("%(n)d question is added.", "%(n)d questions are added.", n)
    messages.success(request, text % {"n": n})
    return True


def _show(request: HttpRequest, context: dict[str, object], *, is_wrong: bool) -> HttpResponse:
    status = 422 if is_wrong else 200
    context["is_wrong"] = is_wrong
    return render(request, "console/questionnaires/bank.html", context, status=status)
