"""The secrets in a person's links, made from the link key and the invitation, one way only."""

from uuid import UUID

from django.conf import settings

from survey.core.tokens import derive_token


def answer_token(*, link_key: bytes, invitation_key: UUID) -> str:
    """Return the token of the link under which somebody answers."""
    return derive_token(link_key, str(invitation_key), "answer")


def arrow_token(*, token: str, place: int) -> str:
    """Return the token of one further rating of a person; nobody without their link can make it."""
    return derive_token(token.encode(), f"arrow {place}")


def place_token(*, token: str, place: int) -> str:
    """Return the token of a person's ratings by their place: the first is that of the link."""
    return arrow_token(token=token, place=place) if place else token


def stop_token(*, token: str) -> str:
    """Return the token of the link that stops letters; it does not lead back to the answer link."""
    return derive_token(token.encode(), "stop")


def answer_url(*, token: str) -> str:
    """Return the address of a person's page."""
    return f"{settings.BASE_URL}/r/{token}/"


def slip_url(*, token: str) -> str:
    """Return the address on a printed slip, whose page leaves nothing on a device that many use."""
    return f"{answer_url(token=token)}?shared=1"


def stop_url(*, token: str) -> str:
    """Return the address that stops letters to the holder of an answer token."""
    return f"{settings.BASE_URL}/stop/{stop_token(token=token)}/"
