"""In which language a page speaks to whoever opens it, and how the next one comes to know."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

from survey.letters.models import Letter
from survey.questionnaires.languages import Language, direction_of, list_nearest


def asked_language(request: HttpRequest, *, letter: Letter | None) -> str:
    """Return the tag that an address asks for, else the letter's, else what the browser reads."""
    usual = letter.language if letter else get_language()
    return request.GET.get("lang") or usual


def browser_language(request: HttpRequest, offered: Sequence[str]) -> str:
    """Return the first of some languages that the browser says its owner reads, or nothing."""
    known = {tag.lower(): tag for tag in offered}
    told = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    tags = (tag for wanted, _weight in told for tag in list_nearest(wanted))
    return next((known[tag.lower()] for tag in tags if tag.lower() in known), "")


def own_languages() -> tuple[Language, ...]:
    """Return the languages that the product itself speaks, each in its own name."""
    return tuple(Language(code, name, direction_of(code)) for code, name in settings.LANGUAGES)


def is_on_shared_device(request: HttpRequest) -> bool:
    """Say whether a page was opened from a printed slip, perhaps where others answer too."""
    return bool(request.GET.get("shared"))


def next_address(
    request: HttpRequest,
    route: str,
    key: str,
    language: str,
    letter: Letter | None,
    *,
    was_spent: bool = False,
    is_called: bool = False,
) -> str:
    """Return where somebody goes on: in the language of the last page, framed and kept as it."""
    is_usual = letter is not None and language == letter.language
    told = {"lang": "" if is_usual else language, "again": "1" if was_spent else ""}
    told |= {"called": "1" if is_called else ""}
    told |= {name: request.GET.get(name, "") for name in ("site", "shared")}
    query = urlencode({name: value for name, value in told.items() if value})
    return reverse(route, args=[key]) + (f"?{query}" if query else "")
