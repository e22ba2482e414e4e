"""What may stand in a cell of a roster, column by column."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import slug_unicode_re, validate_email, validate_unicode_slug
from django.utils.translation import gettext_noop as _

from survey.organization.files import Said

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}")
PHONE = re.compile(r"\+[1-9][0-9]{5,14}")
PHONE_MARKS = str.maketrans("", "", " .-()/\u00a0")
PLAIN_EMAIL = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,12}"
)
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"", "no", "n", "false", "0"})
TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")
UNPRINTABLE = frozenset({"Cc", "Zl", "Zp"})
SPREADSHEET_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
LONGEST_CODE = 80
MOST_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
SEEN = 65_536  # cells of a kind that are kept in mind: teams and languages come again


class CellError(Exception):
    """A cell holds something that its column cannot mean."""

    def __init__(self, message: Said) -> None:
        super().__init__(message)
        self.message = message


def as_text(cell: object) -> str:
    """Return a cell as somebody would have typed it."""
    if isinstance(cell, str):
        return _checked_text(cell.strip())
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        raise CellError(Said(_("is a length of time")))
    return "" if cell is None else str(cell)


def _checked_text(text: str) -> str:
    if text.startswith("#") and SPREADSHEET_ERRORS.fullmatch(text):
        raise CellError(Said(_("holds %(cell)s, the error of a formula"), cell=text))
    return text


def _number(cell: float) -> str:
    if abs(cell) >= MOST_EXACT:
        raise CellError(Said(_("is a number too long to be exact; make the column one of text")))
    return str(int(cell)) if cell == int(cell) else repr(cell)


def _text(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > longest:
            raise CellError(Said(_("is longer than %(n)s letters"), n=longest))
        if not text.isprintable():
            _refuse_unprintable(text)
        return text

    return read


def _refuse_unprintable(text: str) -> None:
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise CellError(Said(_('is not written in UTF-8; save the file as "CSV UTF-8"')))
    if any(unicodedata.category(letter) in UNPRINTABLE for letter in text):
        raise CellError(Said(_("holds a line break or another sign that cannot be printed")))
    if TURNS_TEXT.search(text):
        raise CellError(Said(_("holds a hidden sign that turns the direction of writing")))


def _words(longest: int) -> Callable[[str], str]:
    """Return what reads a text for people, which no formula can be."""
    read_text = _text(longest)

    def read(text: str) -> str:
        if text.startswith("="):
            raise CellError(Said(_("begins with =, as a formula does; put its value there")))
        return read_text(text)

    return read


def _filled(read: Callable[[str], str]) -> Callable[[str], str]:
    def read_filled(text: str) -> str:
        if not text:
            raise CellError(Said(_("is empty")))
        return read(text)

    return read_filled


@lru_cache(maxsize=SEEN)
def _code(text: str) -> str:
    code = _text(LONGEST_CODE)(text)
    try:
        validate_unicode_slug(code)
    except ValidationError as error:
        sentence = _("%(cell)s is not a code: letters, digits, hyphens and underscores only")
        raise CellError(Said(sentence, cell=repr(code))) from error
    return code


def _email(text: str) -> str:
    address = _text(254)(text)
    if PLAIN_EMAIL.fullmatch(address) and address.index("@") <= 64:
        return address
    try:
        validate_email(address or "nobody@example.org")
    except ValidationError as error:
        raise CellError(Said(_("%(cell)s is not an e-mail address"), cell=repr(address))) from error
    return address


def _phone(text: str) -> str:
    number = _text(40)(text).translate(PHONE_MARKS)
    number = f"+{number[2:]}" if number.startswith("00") else number
    if number and not PHONE.fullmatch(number):
        sentence = _("%(cell)s is not a number that begins with + and the country's code")
        raise CellError(Said(sentence, cell=repr(text)))
    return number


@lru_cache(maxsize=SEEN)
def _language(text: str) -> str:
    tag = _text(16)(text).replace("_", "-").lower()
    if tag and not LANGUAGE.fullmatch(tag):
        raise CellError(
            Said(_("%(cell)s is not a language tag such as en or pt-br"), cell=repr(text))
        )
    return tag


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=SEEN)
def _time_zone(text: str) -> str:
    zone = _text(64)(text)
    if zone and zone not in _zones():
        raise CellError(
            Said(_("%(cell)s is not a time zone such as Europe/Lisbon"), cell=repr(zone))
        )
    return zone


@lru_cache(maxsize=SEEN)
def _leader(text: str) -> str:
    answer = _text(16)(text).lower()
    if answer not in YES | NO:
        raise CellError(Said(_("%(cell)s is neither yes nor no"), cell=repr(text)))
    return "yes" if answer in YES else "no"


@lru_cache(maxsize=SEEN)
def _day(text: str) -> str:
    day = _text(32)(text)
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError as error:
        raise CellError(
            Said(_("%(cell)s is not a date such as 2026-11-30"), cell=repr(day))
        ) from error


def _team(text: str) -> str:
    if len(text) > LONGEST_CODE or not text.isprintable() or is_code(text):
        return _code(text)
    sentence = _(
        "%(cell)s is not a code: letters, digits, hyphens and underscores only; a column of names "
        "is called team_name"
    )
    raise CellError(Said(sentence, cell=repr(text)))


def is_code(text: str) -> bool:
    """Tell whether a text could be the code of a team."""
    return slug_unicode_re.match(text) is not None


def _optional_code(text: str) -> str:
    return _code(text) if text else ""


read_attribute = _words(100)

CELLS: dict[str, Callable[[str], str]] = {
    "person_id": _filled(_words(80)),
    "name": _filled(_words(200)),
    "email": _email,
    "team": _filled(_team),
    "team_name": _words(200),
    "parent": _optional_code,
    "language": _language,
    "leader": _leader,
    "from": _day,
    "phone": _phone,
    "time_zone": _time_zone,
    "manager": _words(80),
    "closed": _day,
    "succeeded_by": _optional_code,
}
CELLS_WITHOUT_CODES = CELLS | {
    "team_name": _filled(_words(200)),
    "parent": _words(200),
    "succeeded_by": _words(200),
}
CELLS_OF_SERVICES: dict[str, Callable[[str], str]] = {
    "provider": _filled(_code),
    "consumer": _filled(_code),
    "chain": _words(100),
    "from": _day,
    "to": _day,
}
