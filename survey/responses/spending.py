"""Use a link up: all that it may give at once, or nothing."""

from collections.abc import Sequence
from contextlib import suppress

from django.db import connection, transaction

from survey.campaigns.models import Credential
from survey.responses.models import Intake

SPEND = "UPDATE campaigns_credential SET is_spent = %s WHERE id = %s AND is_spent = %s"
TRIES = 3


class HeldError(Exception):
    """Somebody else holds credentials of the link at this moment: a seal, or an undone launch."""


def spend_and_store(*, credentials: Sequence[Credential], intakes: Sequence[Intake]) -> bool:
    """Spend the credentials of one link and store its boxes; say whether nobody had before.

    Whoever spends the first credential has all of them, so that a second submit waits there. The
    others are not waited for with the first in hand: whoever holds them may be waiting for it.
    """
    first, others = credentials[0], [one.pk for one in credentials[1:]]
    for _try in range(TRIES):
        with suppress(HeldError), transaction.atomic():
            if not _is_spent_now(first):
                return False
            _spend_others(others)
            Intake.objects.bulk_create(intakes)
            return True
        _wait_for(others)
    raise HeldError


def _is_spent_now(credential: Credential) -> bool:
    """Spend a credential; say whether nobody had."""
    with connection.cursor() as cursor:
        cursor.execute(SPEND, (True, credential.pk, False))
        return bool(cursor.rowcount)


def _spend_others(ids: Sequence[int]) -> None:
    if not ids:
        return
    unspent = Credential.objects.filter(pk__in=ids, is_spent=False)
    free = unspent.select_for_update(skip_locked=True, no_key=True).values("pk")
    if Credential.objects.filter(pk__in=free).update(is_spent=True) != len(ids):
        raise HeldError


def _wait_for(ids: Sequence[int]) -> None:
    """Wait until nobody else holds any of some credentials, with empty hands each time."""
    for pk in ids:
        with transaction.atomic():
            Credential.objects.select_for_update(no_key=True).filter(pk=pk).first()
