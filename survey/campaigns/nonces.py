"""What a page of an open link carries, so that it can be sent once, and on the same day only.

A nonce is a random number and the moment of the page, signed for one link. Nothing in it comes
from whoever reads the page.
"""

import secrets
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer

from survey.core.tokens import digest_token

SALT = "survey.campaigns.nonces"
LIFETIME = timedelta(hours=24)
RANDOM_BYTES = 16


class StaleNonceError(Exception):
    """The page is older than a day, or was not made here for this link."""


def make_nonce(*, code: str, now: datetime) -> str:
    """Return a nonce for a page of an open link."""
    return _signer(code).sign(f"{secrets.token_urlsafe(RANDOM_BYTES)}.{int(now.timestamp())}")


def read_nonce(*, code: str, nonce: str, now: datetime) -> str:
    """Return the digest of a nonce that is good now, or raise StaleNonceError."""
    try:
        signed = _signer(code).unsign(nonce)
    except BadSignature as error:
        raise StaleNonceError from error
    age = now.timestamp() - int(signed.rpartition(".")[2])
    if age >= LIFETIME.total_seconds():
        raise StaleNonceError
    return digest_token(nonce)


def _signer(code: str) -> Signer:
    return Signer(salt=f"{SALT}:{code}")
