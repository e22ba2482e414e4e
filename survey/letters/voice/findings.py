"""What the linter says of a letter."""

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where in a letter something stands."""

    SUBJECT = "subject"
    BODY = "body"
    SIGNER = "signer"
    REPLY_TO = "reply_to"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that no person would write to another, why, and what to write instead."""

    place: Place
    quote: str
    rule: str
    why: str
    is_blocking: bool = True
