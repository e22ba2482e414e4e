"""Return keys: how whoever wrote something finds it again, and nobody else does.

A key is 128 random bits, made with the form and never from a link, with the number of its wave and
a mark that it was made here. The sealed box takes a digest of it along, and each comment keeps a
digest of its own, so that nothing joins two comments of one writer but the key itself.
"""

import base64
import binascii
import secrets
from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from survey.core.tokens import digest_token

SALT = "survey.responses.return_keys"
RANDOM_BYTES, WAVE_BYTES, MARK_BYTES = 16, 4, 6
ALL_BYTES = RANDOM_BYTES + WAVE_BYTES + MARK_BYTES


class UnknownKeyError(Exception):
    """The key was not made here, is cut off, or was mistyped."""


def make_return_key(*, wave_id: int) -> str:
    """Return a new key for whoever answers in a wave."""
    told = secrets.token_bytes(RANDOM_BYTES) + wave_id.to_bytes(WAVE_BYTES)
    return _write(told + _mark(told))


def is_made_here(*, key: str) -> bool:
    """Say whether a key was made here, with the secret that is in force."""
    try:
        raw = _read(key)
    except UnknownKeyError:
        return False
    told, mark = raw[:-MARK_BYTES], raw[-MARK_BYTES:]
    return secrets.compare_digest(_mark(told), mark)


def wave_of_key(*, key: str) -> int:
    """Return the number of the wave that a key names; raise UnknownKeyError where it is none."""
    return int.from_bytes(_read(key)[RANDOM_BYTES:-MARK_BYTES])


def box_digest(*, key: str) -> str:
    """Return what a sealed box takes along of a key."""
    return digest_token(key)


def comment_digest(*, digest: str, item_code: str) -> str:
    """Return what a comment keeps: made of the box's digest, which is stored nowhere."""
    return digest_token(f"{digest}:{item_code}")


def list_digests(*, key: str, item_codes: Iterable[str]) -> tuple[str, ...]:
    """Return what comments on some items keep if they were written by whoever holds a key."""
    digest = box_digest(key=key)
    return tuple(comment_digest(digest=digest, item_code=code) for code in item_codes)


def _write(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _read(key: str) -> bytes:
    """Return the bytes of a key; each has one spelling only, so that no digest has two."""
    try:
        raw = base64.urlsafe_b64decode(f"{key}=")
    except (binascii.Error, ValueError) as error:
        raise UnknownKeyError from error
    if len(raw) != ALL_BYTES or _write(raw) != key:
        raise UnknownKeyError
    return raw


def _mark(told: bytes) -> bytes:
    return salted_hmac(SALT, told, algorithm="sha256").digest()[:MARK_BYTES]
