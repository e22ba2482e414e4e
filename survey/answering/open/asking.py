"""What all open pages do: ask with a nonce, take in once, keep nothing of anybody."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from survey.answering.call_forms import CallForm, new_key, take_call_fields, with_call_errors
from survey.answering.call_taking import (
    ask_for_patience,
    calls_too_fast,
    lay_out_block,
    send_along,
    take_call,
)
from survey.answering.call_telling import hand_time_over
from survey.answering.open.notices import write_open_notice
from survey.answering.promises import who_sees
from survey.answering.respondents import respondent_page, show_notice
from survey.answering.returning import (
    FIELD,
    hand_over,
    key_of_form,
    may_be_answered,
    take_key,
)
from survey.answering.senders import read_sender
from survey.answering.speaking import asked_language, browser_language, next_address
from survey.answering.values import posted_values
from survey.campaigns.collectors import OpenLink, get_open_link
from survey.campaigns.models import CollectorKind
from survey.campaigns.naming import say_group
from survey.campaigns.nonces import StaleNonceError, make_nonce, read_nonce
from survey.campaigns.occasions import circumstances_of
from survey.campaigns.selectors import LinkNotOpenError, UnknownLinkError, content_of
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.languages import speak
from survey.questionnaires.pages import Page
from survey.questionnaires.routing import Circumstances
from survey.questionnaires.turns import Turn, begin, show_again, take_turn
from survey.responses.services import NonceUsedError, submit_open_response

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

NONCE = "open.nonce"  # no item has a code like this
READ_AND_SEND = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an open link asks: with which page, and how it thanks."""

    kind: CollectorKind
    template: str
    thanks: str
    settings: Mapping[str, object]  # instead of the questionnaire's own
    is_own_device: bool = False  # of whoever answers: for what is theirs alone


WALL = Place(
    CollectorKind.QR, "answering/open/ask.html", "answering:open_thanks", {}, is_own_device=True
)
SITE = Place(CollectorKind.QR, "answering/open/widget.html", "answering:widget_thanks", {})
COUNTER = Place(
    CollectorKind.KIOSK,
    "answering/open/kiosk.html",
    "answering:kiosk_thanks",
    {"page": "ONE_BY_ONE"},
)


@dataclass(frozen=True, slots=True)
class Asking:
    """An open link that is asked at, in a language."""

    place: Place
    link: OpenLink
    content: QuestionnaireContent
    circumstances: Circumstances
    language: str
    now: datetime
    sites: Sequence[str] = ()  # whose pages may show it in a frame
    call: CallForm = field(default_factory=lambda: CallForm(key=new_key()))


def open_page(view: View[P]) -> View[P]:
    """Serve a view to whoever comes along, with a kind word where it takes no answers."""

    @wraps(view)
    def serve(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (UnknownLinkError, LinkNotOpenError) as refusal:
            return show_notice(request, write_open_notice(refusal))

    return respondent_page(cast("View[P]", serve))


def ask_openly(
    request: HttpRequest, place: Place, code: str, *, sites: Sequence[str] = ()
) -> HttpResponse:
    """Ask at an open link, part after part; take the answers in when they are sent."""
    asking = find_asking(request, place=place, code=code, now=timezone.now())
    asking = replace(asking, sites=sites)
    content, language, known = asking.content, asking.language, asking.circumstances
    if request.method != "POST":
        return _show(request, asking, begin(content, language, circumstances=known))
    posted = posted_values(request.POST)
    nonce = str(posted.pop(NONCE, ""))
    key = take_key(posted, wave_id=asking.link.wave.pk)
    asking = replace(asking, call=take_call_fields(posted, language))
    if is_stale(asking, nonce):
        page = show_again(content, posted, language, circumstances=known)
        return _show(request, asking, page, is_stale=True, key=key)
    turn = take_turn(content, posted, language, circumstances=known)
    if turn.page is not None:
        return _show(request, asking, turn.page, nonce=nonce, key=key)
    asking = _slow_calls_down(request, asking, turn.language)
    if asking.call.errors and place.is_own_device:
        page = show_again(content, posted, turn.language, circumstances=known)
        return _show(request, asking, page, nonce=nonce, key=key)
    return _take_turn_in(request, asking, turn, nonce, key)


def _slow_calls_down(request: HttpRequest, asking: Asking, language: str) -> Asking:
    """Let nobody ask for more calls behind a code than a hall full of people does."""
    wants = asking.place.is_own_device and asking.call.wish is not None
    if not wants or not calls_too_fast(path=request.path, now=asking.now):
        return asking
    return replace(asking, call=ask_for_patience(asking.call, language))


def _take_turn_in(
    request: HttpRequest, asking: Asking, turn: Turn, nonce: str, key: str
) -> HttpResponse:
    """Take answers in, then the call apart from them, and go on to the thanks."""
    link, code = asking.link, asking.link.collector.code
    is_kept = turn.answers is not None and take_in(asking, nonce, turn.answers, key=key)
    is_called = False
    if asking.place.is_own_device and turn.answers is not None:
        call = send_along(asking.call, asking.content, turn.answers.texts)
        is_called = take_call(form=call, link=link, language=turn.language, now=asking.now)
    address = next_address(
        request, asking.place.thanks, code, turn.language, link.letter, is_called=is_called
    )
    response = HttpResponseRedirect(address)
    if is_called:
        hand_time_over(response, form=asking.call, address=address)
    if is_kept:
        hand_over(response, key=key, address=address)
    return response


def find_asking(request: HttpRequest, *, place: Place, code: str, now: datetime) -> Asking:
    """Return what a page of an open link asks, or raise why it does not."""
    link = get_open_link(code=code, kind=place.kind, now=now)
    content = content_of(wave=link.wave)
    content = replace(content, settings={**content.settings, **place.settings})
    language = request.GET.get("lang", "")
    if not language and place.kind != CollectorKind.KIOSK:  # a tablet is nobody's own
        language = browser_language(request, content.languages)
    language = language or asked_language(request, letter=link.letter)
    circumstances = circumstances_of(link=link, content=content, now=now)
    return Asking(place, link, content, circumstances, language, now)


def is_stale(asking: Asking, nonce: str) -> bool:
    """Say whether a page is older than a day, or was not made here for this link."""
    try:
        read_nonce(code=asking.link.collector.code, nonce=nonce, now=asking.now)
    except StaleNonceError:
        return True
    return False


def take_in(asking: Asking, nonce: str, answers: ReadAnswers, *, key: str = "") -> bool:
    """Take the answers of a page in, once: what was sent first counts, and the thanks are alike.

    Return whether the key finds what was written.
    """
    if not may_be_answered(asking.content, answers):
        key = ""
    with suppress(NonceUsedError):
        return submit_open_response(
            link=asking.link, nonce=nonce, answers=answers, now=asking.now, return_key=key
        )
    return False


def _show(
    request: HttpRequest,
    asking: Asking,
    page: Page,
    *,
    nonce: str = "",
    key: str = "",
    is_stale: bool = False,
) -> HttpResponse:
    """Show a part; its nonce goes on from part to part, so that all of it counts once."""
    link = asking.link
    is_shared = not asking.place.is_own_device
    key = key_of_form(asking.content, wave_id=link.wave.pk, is_shared=is_shared, sent=key)
    with speak(page.language):
        call = lay_out_block(asking.call, link, asking.content)
        context = {
            "page": with_call_errors(page, asking.call),
            "call": call if asking.place.is_own_device else None,
            "team": say_group(name=link.group.name, kind=link.group.kind),
            "sender": read_sender(link.letter, page.language),
            "promise": who_sees(link, asking.content, has_way_back=not is_shared),
            "nonce_name": NONCE,
            "nonce": nonce or make_nonce(code=link.collector.code, now=asking.now),
            "return_field": FIELD,
            "return_key": key,
            "code": link.collector.code,
            "is_stale": is_stale,
            "site": frame_of(request, asking.sites),
        }
        status = 422 if page.errors or asking.call.errors or is_stale else 200
        response = render(request, asking.place.template, context, status=status)
    response["Content-Language"] = page.language
    return response


def frame_of(request: HttpRequest, sites: Sequence[str]) -> str:
    """Return the site around a page, where it is one of those that may show it."""
    site = request.GET.get("site", "")
    return site if site in sites else ""
