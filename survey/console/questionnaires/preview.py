"""The real page of a questionnaire in a phone's width: it asks, checks, and keeps nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from survey.console.questionnaires.access import on_questionnaire
from survey.console.questionnaires.words import word
from survey.questionnaires.answers import CANT_SAY_WORDS, ReadAnswers
from survey.questionnaires.content import Answer, ItemContent, QuestionnaireContent
from survey.questionnaires.languages import choose_language, direction_of, speak
from survey.questionnaires.models import Audience, Questionnaire
from survey.questionnaires.pages import Page
from survey.questionnaires.repeating import name_examples, repeat_sections
from survey.questionnaires.routing import Circumstances
from survey.questionnaires.selectors import get_content
from survey.questionnaires.turns import begin, take_turn

POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "script-src": [SELF],
    "img-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}
ATTRIBUTE = "attribute."
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


@dataclass(frozen=True, slots=True)
class Kept:
    """What would be stored of one question; the answer is empty where it was not answered."""

    number: int
    text: str
    language: str
    direction: str
    answer: str
    is_asked: bool


@csp(POLICY)
@xframe_options_sameorigin
@on_questionnaire
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Ask as respondents are asked; after the last page say what would be stored."""
    content = get_content(questionnaire_id=questionnaire.pk)
    if questionnaire.audience == Audience.COLLEAGUE:
        content = repeat_sections(content, name_examples())
    language = choose_language(request.GET.get("lang", ""), content.languages or ("en",))
    known = _circumstances(request)
    if not content.items:
        return render(request, "console/questionnaires/preview_empty.html", {"language": language})
    if request.method != "POST":
        return _show(request, begin(content, language, circumstances=known))
    turn = take_turn(content, _posted(request), language, circumstances=known)
    if turn.page is not None:
        return _show(request, turn.page)
    assert turn.answers is not None  # noqa: S101 - a turn has one of the two
    context = {"kept": list(list_kept(content, turn.answers, language)), "language": language}
    return render(request, "console/questionnaires/preview_kept.html", context)


def list_kept(content: QuestionnaireContent, read: ReadAnswers, language: str) -> Iterator[Kept]:
    """Yield what would be stored of each question."""
    number = 0
    for item in content.items:
        if item.has_answer:
            number += 1
            text, tag = word(item.texts, language)
            is_asked = item.code in read.answers or item.code in read.texts
            said = _say(item, read, language) if is_asked else ""
            yield Kept(number, text, tag, direction_of(tag), said, is_asked)


def _show(request: HttpRequest, page: Page) -> HttpResponse:
    with speak(page.language):
        status = 422 if page.errors else 200
        context = {"page": page}
        return render(request, "console/questionnaires/preview.html", context, status=status)


def _say(item: ItemContent, read: ReadAnswers, language: str) -> str:
    if item.code in read.texts:
        return read.texts[item.code]
    options = {option.value: word(option.texts, language)[0] for option in item.options}
    said = _say_answer(read.answers[item.code], options)
    own = read.texts.get(f"{item.code}.other", "")
    return _("%(answer)s: “%(words)s”") % {"answer": said, "words": own} if own else said


def _say_answer(answer: Answer, options: Mapping[int, str]) -> str:
    if answer is None:
        return str(CANT_SAY_WORDS)
    if isinstance(answer, list):
        separator = pgettext("between the answers of a list", ", ")
        return separator.join(_say_answer(one, options) for one in answer)
    name = options.get(answer, "") if isinstance(answer, int) else ""
    if not name:
        return str(answer)
    return _("%(value)s (%(words)s)") % {"value": answer, "words": name}


def _posted(request: HttpRequest) -> dict[str, object]:
    sent = {name: values for name, values in request.POST.lists() if name != TOKEN}
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}


def _circumstances(request: HttpRequest) -> Circumstances:
    """Return an invented occasion, with the team attributes that the address names."""
    attributes = {
        name.removeprefix(ATTRIBUTE): str(value)
        for name, value in request.GET.dict().items()
        if name.startswith(ATTRIBUTE) and value
    }
    facts = {"team": _("Your team"), "date": _("a day"), "channel": _("a way to reach us")}
    return Circumstances(attributes=attributes, facts=facts)
