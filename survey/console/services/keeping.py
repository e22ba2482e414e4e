"""A file between being looked at and being taken in: in the page itself, signed for one person.

Nothing is stored, so nothing is left behind when nobody confirms; what was changed on the way or
is older than a day is not taken.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.core import signing

from survey.accounts.models import User
from survey.organization.service_lines import ServiceLine, as_json, from_json

SALT = "console.services.import"
KEPT_FOR = timedelta(days=1)
LARGEST_KEPT = 1_900_000  # letters: a form may have 2 MiB


class NotKeptError(Exception):
    """What came back is not what was handed out to this person of late."""


class TooMuchToKeepError(Exception):
    """The file is too large to be handed out and sent back."""


def keep(lines: Sequence[ServiceLine], *, ends_missing: bool, user: User) -> str:
    """Return lines and what becomes of those left out as a text that cannot be changed."""
    kept = signing.dumps([ends_missing, as_json(lines)], salt=f"{SALT}.{user.pk}", compress=True)
    if len(kept) > LARGEST_KEPT:
        raise TooMuchToKeepError
    return kept


def take_out(kept: str, *, user: User) -> tuple[tuple[ServiceLine, ...], bool]:
    """Return what was kept; raise NotKeptError for anything else."""
    try:
        ends_missing, lines = signing.loads(kept, salt=f"{SALT}.{user.pk}", max_age=KEPT_FOR)
    except signing.BadSignature as error:
        raise NotKeptError from error
    return from_json(lines), ends_missing
