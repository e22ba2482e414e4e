"""What may stand in a cell of a roster, column by column."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_unicode_slug

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}")
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"", "no", "n", "false", "0"})


class CellError(Exception):
    """A cell holds something that its column cannot mean."""


def _text(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if any("\udc80" <= letter <= "\udcff" for letter in text):
            raise CellError('is not written in UTF-8; save the file as "CSV UTF-8"')
        if any(unicodedata.category(letter) == "Cc" for letter in text):
            raise CellError("holds a line break or another sign that cannot be printed")
        if len(text) > longest:
            raise CellError(f"is longer than {longest} letters")
        return text

    return read


def _filled(read: Callable[[str], str]) -> Callable[[str], str]:
    def read_filled(text: str) -> str:
        if not text:
            raise CellError("is empty")
        return read(text)

    return read_filled


def _code(text: str) -> str:
    code = _text(80)(text)
    try:
        validate_unicode_slug(code)
    except ValidationError as error:
        message = f"{code!r} is not a code: letters, digits, hyphens and underscores only"
        raise CellError(message) from error
    return code


def _email(text: str) -> str:
    address = _text(254)(text)
    try:
        validate_email(address or "nobody@example.org")
    except ValidationError as error:
        raise CellError(f"{address!r} is not an e-mail address") from error
    return address


def _language(text: str) -> str:
    tag = _text(16)(text).replace("_", "-").lower()
    if tag and not LANGUAGE.fullmatch(tag):
        raise CellError(f"{text!r} is not a language tag such as en or pt-br")
    return tag


def _leader(text: str) -> str:
    answer = _text(16)(text).lower()
    if answer not in YES | NO:
        raise CellError(f"{text!r} is neither yes nor no")
    return "yes" if answer in YES else "no"


def _day(text: str) -> str:
    day = _text(32)(text)
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError as error:
        raise CellError(f"{day!r} is not a date such as 2026-11-30") from error


def _parent(text: str) -> str:
    return _code(text) if text else ""


CELLS: dict[str, Callable[[str], str]] = {
    "person_id": _filled(_text(80)),
    "name": _filled(_text(200)),
    "email": _email,
    "team": _filled(_code),
    "team_name": _text(200),
    "parent": _parent,
    "language": _language,
    "leader": _leader,
    "from": _day,
}
