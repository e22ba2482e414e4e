"""Contacts that the sample leaves out are counted once, however often they are reported.

Of each only the digest of its key and the day are kept, for two days, so that a machine may send
again; neither the customer nor the team stands beside them.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from django.db.models import F

from survey.campaigns.models import CountedKey, UnsampledContacts
from survey.core.batches import in_batches

KEPT = timedelta(days=2)
KEYS_AT_ONCE = 500


class LeftOut(NamedTuple):
    """Where and when a contact was made that the sample leaves out."""

    wave_id: int
    team_id: int
    contact_date: date


def count_unsampled(*, contacts: Mapping[str, LeftOut], now: datetime) -> set[str]:
    """Count contacts by their keys, and return the keys that were counted before.

    Raise IntegrityError where somebody reports one of them at the same moment.
    """
    digests = {_digest(key): key for key in contacts}
    known = _known(list(digests))
    fresh = {digest: contacts[key] for digest, key in digests.items() if digest not in known}
    today = now.astimezone(UTC).date()
    CountedKey.objects.bulk_create(
        CountedKey(digest=digest, used_date=today) for digest in sorted(fresh)
    )
    for (wave_id, team_id, day), n in sorted(Counter(fresh.values()).items()):
        counted, _ = UnsampledContacts.objects.get_or_create(
            wave_id=wave_id, team_id=team_id, contact_date=day
        )
        UnsampledContacts.objects.filter(pk=counted.pk).update(n=F("n") + n)
    return {digests[digest] for digest in known}


def forget_counted_keys(*, now: datetime) -> int:
    """Delete the digests of keys that were counted more than two days ago; return how many."""
    last = now.astimezone(UTC).date() - KEPT
    n_forgotten, _ = CountedKey.objects.filter(used_date__lt=last).delete()
    return n_forgotten


def _known(digests: list[str]) -> set[str]:
    known: set[str] = set()
    for batch in in_batches(digests, KEYS_AT_ONCE):
        known.update(CountedKey.objects.filter(digest__in=batch).values_list("digest", flat=True))
    return known


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
