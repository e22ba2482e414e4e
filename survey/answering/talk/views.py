"""The page behind a writer's own link: reading it changes nothing, and nobody is named."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.answering.respondents import respondent_page, show_notice
from survey.answering.speaking import own_languages
from survey.answering.talk.pages import RevealPage, build_writer_page, write_lost
from survey.core.timestamps import local_date
from survey.followup.conversations import (
    ConversationClosedError,
    NotShownError,
    NoWordsError,
    TooLongError,
    TooManyMessagesError,
)
from survey.followup.refusals import say_refusal
from survey.followup.writers import (
    answer_as_writer,
    close_as_writer,
    find_written,
    reveal_as_writer,
    take_name_back,
)
from survey.responses.return_keys import UnknownKeyError

REFUSALS = (
    ConversationClosedError, NotShownError, NoWordsError, TooLongError, TooManyMessagesError,
)  # fmt: skip


@respondent_page
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, key: str) -> HttpResponse:
    """Show somebody their words and what came back; take in what they say to it."""
    try:
        if request.method == "POST":
            return _take(request, key)
        found = find_written(key=key)
    except UnknownKeyError:
        return show_notice(request, write_lost())
    wanted = request.GET.get("reveal", "")
    for one in found.written:
        if one.item_code == wanted and one.may_talk:
            return _warn(request, RevealPage(wanted, one.text))
    return _show(request, build_writer_page(found=found))


def _take(request: HttpRequest, key: str) -> HttpResponse:
    """Do what the pressed button says, once, and show the page anew."""
    item_code, act = request.POST.get("item", ""), request.POST.get("act", "")
    try:
        ACTS.get(act, _do_nothing)(request, key, item_code, local_date(timezone.now()))
    except REFUSALS as refusal:
        return _refuse(request, key, item_code, act, refusal)
    address = reverse("answering:conversation", args=[key])
    return redirect(f"{address}?{urlencode({'lang': get_language()})}")


def _answer(request: HttpRequest, key: str, item_code: str, today: date) -> None:
    text = request.POST.get("text", "")
    answer_as_writer(key=key, item_code=item_code, text=text, today=today)


def _close(request: HttpRequest, key: str, item_code: str, today: date) -> None:
    close_as_writer(key=key, item_code=item_code, today=today)


def _reveal(request: HttpRequest, key: str, item_code: str, today: date) -> None:
    reveal_as_writer(key=key, item_code=item_code, name=request.POST.get("name", ""))


def _take_back(request: HttpRequest, key: str, item_code: str, today: date) -> None:
    take_name_back(key=key, item_code=item_code)


def _do_nothing(request: HttpRequest, key: str, item_code: str, today: date) -> None:
    find_written(key=key)  # a lost key is told of, whatever is sent


ACTS: dict[str, Callable[[HttpRequest, str, str, date], None]] = {
    "answer": _answer,
    "close": _close,
    "reveal": _reveal,
    "take-back": _take_back,
}


def _refuse(
    request: HttpRequest, key: str, item_code: str, act: str, refusal: Exception
) -> HttpResponse:
    found = find_written(key=key)
    written = next((one for one in found.written if one.item_code == item_code), None)
    if act == "reveal" and written is not None and written.may_talk:
        words = _("Write the name by which they should know you, in at most 200 characters.")
        return _warn(request, RevealPage(item_code, written.text, words), status=422)
    page = build_writer_page(
        found=found,
        item_code=item_code,
        text=request.POST.get("text", ""),
        problem=say_refusal(refusal, otherwise=_("This conversation takes no more answers.")),
    )
    return _show(request, page, status=422)


def _show(request: HttpRequest, page: object, *, status: int = 200) -> HttpResponse:
    context = {"page": page, "own_languages": own_languages()}
    return render(request, "answering/talk/page.html", context, status=status)


def _warn(request: HttpRequest, page: RevealPage, *, status: int = 200) -> HttpResponse:
    context = {"page": page, "own_languages": own_languages()}
    return render(request, "answering/talk/reveal.html", context, status=status)
