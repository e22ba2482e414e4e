"""The way back to one's own words: a key made with the form, handed over once, kept nowhere.

Between Send and the thank-you page it travels in a cookie of that one page, for some minutes; so
it stands in no address that anything might write down.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from survey.questionnaires.answers import ReadAnswers, list_words
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.models import PlaybackLeave
from survey.responses.return_keys import is_made_here, make_return_key, wave_of_key

FIELD = "form.return"  # no item has a code like this
COOKIE = "way_back"
MINUTES = 10
SECONDS = MINUTES * 60


@dataclass(frozen=True, slots=True)
class WayBack:
    """The link to keep, as text and as an address on this site."""

    text: str
    address: str


def offers_way_back(content: QuestionnaireContent, *, is_shared: bool) -> bool:
    """Say whether a form carries a key: where words can be written, on a device of one's own."""
    return not is_shared and bool(list_words(content))


def take_key(posted: MutableMapping[str, object], *, wave_id: int) -> str:
    """Take the key out of what a form has sent, if it was made here for this wave; else nothing."""
    key = posted.pop(FIELD, "")
    if not isinstance(key, str) or not is_made_here(key=key):
        return ""
    return key if wave_of_key(key=key) == wave_id else ""


def key_of_form(
    content: QuestionnaireContent, *, wave_id: int, is_shared: bool, sent: str = ""
) -> str:
    """Return the key that a form carries: the one of the part before, or a new one."""
    if not offers_way_back(content, is_shared=is_shared):
        return ""
    return sent or make_return_key(wave_id=wave_id)


def may_be_answered(content: QuestionnaireContent, answers: ReadAnswers) -> bool:
    """Say whether somebody may come to read a word of these answers, and so answer it."""
    asking = {item.code for item in content.items if item.asks_for_playback}
    return any(
        code not in asking or answers.leaves.get(code, PlaybackLeave.NONE) != PlaybackLeave.NONE
        for code in answers.texts
    )


def hand_over(response: HttpResponse, *, key: str, address: str) -> None:
    """Let the page at an address, and no other, show the link."""
    response.set_cookie(
        COOKIE,
        key,
        max_age=SECONDS,
        path=address.partition("?")[0],
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def take_way_back(request: HttpRequest, *, language: str) -> WayBack | None:
    """Return the link that was handed over to this page, if one was."""
    key = request.COOKIES.get(COOKIE, "")
    if not is_made_here(key=key):
        return None
    path = reverse("answering:conversation", args=[key])
    return WayBack(f"{settings.BASE_URL}{path}", f"{path}?{urlencode({'lang': language})}")


def forget_way_back(request: HttpRequest, response: HttpResponse) -> None:
    """Delete the cookie of this page, now that its link has been shown."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=request.path, samesite="Strict")
