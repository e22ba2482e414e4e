"""Reports of contacts that other systems sign: secrets, signatures, and whose field is whose."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings

from survey.campaigns.contacts import is_key
from survey.campaigns.models import ContactSource
from survey.core.tokens import derive_token

WINDOW = timedelta(minutes=5)
SCHEME = "v1="
KEY = "idempotency_key"
SERVED_BY = "served_by"
FIELDS = (
    "customer.id",
    "customer.name",
    "customer.email",
    "customer.phone",
    "customer.language",
    "customer.time_zone",
    "team",
    "occurred_at",
    "channel",
    SERVED_BY,
    KEY,
)
LITERAL = "="


def secret_of(source: ContactSource) -> str:
    """Return the secret with which a source signs; it is derived anew and stored nowhere."""
    parts = ("webhook", source.code, str(source.secret_version))
    return f"hs_{derive_token(settings.SECRET_KEY.encode(), *parts)}"


def sign(*, secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a body sent at a moment, given as seconds since 1970."""
    signed = timestamp.encode() + b"." + body
    return SCHEME + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed(
    *, source: ContactSource, timestamp: str, signature: str, body: bytes, now: datetime
) -> bool:
    """Say whether a source signed a body within the last five minutes."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    expected = sign(secret=secret_of(source), timestamp=timestamp, body=body)
    is_right = hmac.compare_digest(expected.encode(), signature.encode())
    return is_right and abs(now.timestamp() - int(timestamp)) <= WINDOW.total_seconds()


def translate(source: ContactSource, row: object) -> dict[str, object]:
    """Return a source's row in our words: each field from where the source says that it keeps it.

    A place is a path such as client.ref or visits.0.shop; after an equals sign stands the value
    itself. A field for which the source names no place is looked for under our own name.
    """
    said: dict[str, object] = {"customer": {}}
    for field in FIELDS:
        found, value = _look_up(row, str(source.fields.get(field) or field))
        if found:
            _put(said, field, value)
    return said


def report_key(source: ContactSource, row: object, said: Mapping[str, object]) -> str:
    """Return the key of a source's row: its own, or one made of the row itself.

    Who served is no part of it, as it is none of a contact's digest.
    """
    own = said.get(KEY)
    key = f"hook/{source.code}/{own}"
    if isinstance(own, str | int) and not isinstance(own, bool) and is_key(key):
        return key
    digest = hashlib.sha256(json.dumps(_unnamed(source, row), sort_keys=True).encode()).hexdigest()
    return f"hook/{source.code}/{digest}"


def sample_row(source: ContactSource, *, team_code: str, now: datetime) -> dict[str, object]:
    """Return a made-up row as the source would send it."""
    values: dict[str, object] = {
        "customer.id": "SAMPLE-1",
        "customer.name": "Sam Sample",
        "customer.email": "sam@example.com",
        "customer.phone": "+441134960000",
        "customer.language": "en",
        "customer.time_zone": "Europe/London",
        "team": team_code,
        "occurred_at": now.isoformat(timespec="seconds"),
        KEY: "sample-1",
    }
    row: dict[str, object] = {}
    for field, value in values.items():
        place = str(source.fields.get(field) or field)
        if not place.startswith(LITERAL):
            _put(row, place, value)
    return row


def _look_up(row: object, place: str) -> tuple[bool, object]:
    if place.startswith(LITERAL):
        return True, place.removeprefix(LITERAL)
    for step in place.split("."):
        if isinstance(row, dict) and step in row:
            row = row[step]
        elif isinstance(row, list) and step.isdecimal() and int(step) < len(row):
            row = row[int(step)]
        else:
            return False, None
    return True, row


def _unnamed(source: ContactSource, row: object) -> object:
    """Return a row without what it says of who served."""
    steps = str(source.fields.get(SERVED_BY) or SERVED_BY).split(".")
    return _without(row, steps)


def _without(row: object, steps: Sequence[str]) -> object:
    step, *more = steps
    if isinstance(row, dict):
        rest = {name: value for name, value in row.items() if name != step}
        return rest | {step: _without(row[step], more)} if more and step in row else rest
    if isinstance(row, list) and step.isdecimal() and int(step) < len(row):
        inner = [_without(row[int(step)], more)] if more else []
        return [*row[: int(step)], *inner, *row[int(step) + 1 :]]
    return row


def _put(row: dict[str, object], place: str, value: object) -> None:
    """Store a value below a path of names, making the objects on the way."""
    *way, last = place.split(".")
    for step in way:
        inner = row.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        row = inner
    row[last] = value
