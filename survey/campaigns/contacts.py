"""What a contact of a customer with a team says, checked alike at every door it comes in by."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_noop as _

from survey.campaigns.zones import is_zone
from survey.organization.files import Said

CLOCK_SKEW = timedelta(hours=1)
LONGEST_AGO = timedelta(days=366)
LONGEST_KEY = 120
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}")
MARKUP = re.compile(r"[<>{}@]")
LONGEST_NAME = 100
PHONE_MARKS = str.maketrans("", "", " -./()\u00a0")


@dataclass(frozen=True, slots=True)
class CustomerData:
    """A customer as the company's own systems name them."""

    external_id: str
    name: str = ""
    email: str = ""
    language: str = "en"
    phone: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact of a customer with a team, as it was reported under a key of its own.

    Who served is no part of the digest: a checksum kept for a year would confirm a guessed name.
    """

    idempotency_key: str
    request_digest: str
    customer: CustomerData
    team_code: str
    occurred_at: datetime
    channel: str = ""
    served_by: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what was said, in which field, said in English."""

    field: str
    code: str
    message: str


class BadContactError(Exception):
    """What was said is no contact; problems says why, field by field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


class _Refused(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, code: str, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.said = Said(sentence, **values)


def read_contact(data: object, *, key: str, now: datetime) -> Contact:
    """Check what was said of a contact; raise BadContactError with everything that is wrong."""
    reader = _Reader(now)
    said = reader.mapping(data, "")
    customer = None if said is None else reader.mapping(said.get("customer"), "customer")
    who = CustomerData(
        external_id=reader.read(customer, "customer.id", lambda value: _text(value, 80)),
        name=reader.read(customer, "customer.name", lambda value: _text(value, 200), default=""),
        email=reader.read(customer, "customer.email", _email, default=""),
        language=reader.read(customer, "customer.language", _language, default="en"),
        phone=reader.read(customer, "customer.phone", read_phone, default=""),
        time_zone=reader.read(customer, "customer.time_zone", _time_zone, default=""),
    )
    team = reader.read(said, "team", lambda value: _text(value, 80))
    channel = reader.read(said, "channel", lambda value: _text(value, 40), default="")
    served_by = reader.read(said, "served_by", _display_name, default="")
    reader.read(said, "occurred_at", reader.read_moment)
    if reader.problems:
        raise BadContactError(tuple(reader.problems))
    digest = _digest(who, team, reader.moment, channel)
    return Contact(key, digest, who, team, reader.moment, channel, served_by)


def is_key(value: object) -> bool:
    """Say whether a value may name one report: 1 to 120 visible ASCII characters."""
    return isinstance(value, str) and KEY.fullmatch(value) is not None


class _Reader:
    """Reads field by field and collects what is wrong."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self.moment = now
        self.problems: list[Problem] = []

    def mapping(self, data: object, field: str) -> Mapping[str, object] | None:
        if isinstance(data, dict):
            return data
        code = "required" if data is None else "invalid"
        self.problems.append(Problem(field, code, Said(_("This must be an object with fields."))))
        return None

    def read(
        self,
        said: Mapping[str, object] | None,
        field: str,
        read: Callable[[object], str],
        default: str | None = None,
    ) -> str:
        """Return what a field says; its default where it is left out, or empty and optional."""
        name = field.rpartition(".")[2]
        if said is None:
            return ""
        if name not in said or (said[name] == "" and default == ""):
            if default is None:
                missing = Said(_("This field is required."))
                self.problems.append(Problem(field, "required", missing))
            return default or ""
        try:
            return read(said[name])
        except _Refused as refused:
            self.problems.append(Problem(field, refused.code, refused.said))
            return ""

    def read_moment(self, value: object) -> str:
        moment = _moment(value)
        if moment > self._now + CLOCK_SKEW:
            raise _Refused("in_future", _("This lies in the future."))
        if moment < self._now - LONGEST_AGO:
            raise _Refused("too_old", _("This lies more than a year back."))
        self.moment = moment.astimezone(timezone.get_default_timezone())
        return ""


def _text(value: object, longest: int) -> str:
    """Return a text without line ends and the like, which end up in letters' headers."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _Refused("invalid", _("This must be a text."))
    text = str(value).strip()
    if not text:
        raise _Refused("blank", _("This must not be empty."))
    if len(text) > longest:
        raise _Refused("max_length", _("This is longer than %(n)s characters."), n=longest)
    if UNPRINTABLE.search(text):
        raise _Refused("unprintable", _("This holds characters that cannot be printed."))
    return text


def _email(value: object) -> str:
    text = _text(value, 254)
    try:
        validate_email(text)
    except ValidationError:
        raise _Refused("invalid", _("Enter a valid email address.")) from None
    return text


def _language(value: object) -> str:
    text = _text(value, 16)
    if not LANGUAGE.fullmatch(text):
        raise _Refused("invalid", _("This is no language tag, such as en or pt-BR."))
    return text


def read_phone(value: object) -> str:
    """Return a telephone number as it is dialled from abroad: +441134960000."""
    digits = _text(value, 40).translate(PHONE_MARKS)
    number = f"+{digits[2:]}" if digits.startswith("00") else digits
    if not PHONE.fullmatch(number):
        sentence = _("Write the number with its country code, such as +44 113 496 0000.")
        raise _Refused("invalid", sentence)
    return number


def _display_name(value: object) -> str:
    text = _text(value, LONGEST_NAME)
    if MARKUP.search(text):
        sentence = _("This must be a name as customers may read it, without markup or an address.")
        raise _Refused("invalid", sentence)
    return text


def _time_zone(value: object) -> str:
    text = _text(value, 64)
    if not is_zone(text):
        raise _Refused("invalid", _("This is no time zone, such as Europe/London."))
    return text


def _moment(value: object) -> datetime:
    """Return a moment with its zone; the organisation's where the text names none."""
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise _Refused("invalid", _("This is no moment, such as 2026-03-02T09:14:00+01:00."))
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.get_default_timezone())
        return aware.astimezone(UTC)
    except OverflowError:
        raise _Refused("invalid", _("This is no moment that can be meant.")) from None


def _digest(customer: CustomerData, team: str, moment: datetime, channel: str) -> str:
    """Return the SHA-256 of what was said, however it was spaced and ordered."""
    who = {
        "id": customer.external_id,
        "name": customer.name,
        "email": customer.email,
        "language": customer.language,
    }
    later = {"phone": customer.phone, "time_zone": customer.time_zone}
    who |= {name: value for name, value in later.items() if value}
    said = {"customer": who, "team": team, "occurred_at": str(moment)}
    said |= {"channel": channel} if channel else {}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
