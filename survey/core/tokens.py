"""Secrets in addresses: derived one way, stored only as digests."""

import base64
import hashlib
import hmac


def derive_token(secret: bytes, *parts: str) -> str:
    """Return a URL-safe token of 192 bits that only the holder of the secret can make again."""
    digest = hmac.digest(secret, "\x1f".join(parts).encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:24]).decode()


def digest_token(token: str) -> str:
    """Return what the database may know of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
