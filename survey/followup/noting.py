"""Queue letters about what followed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from survey.accounts.models import User
from survey.followup.models import Callback, Commitment, Notice, NoticeKind, Playback
from survey.letters.models import DeliveryKind, Letter
from survey.letters.selectors import refused_addresses
from survey.letters.services.queueing import Recipient, queue_deliveries

NEWS = (NoticeKind.PLAYBACK, NoticeKind.DIGEST)  # for everybody; the rest is work, or asked for


@transaction.atomic
def queue_notices(
    *,
    letter: Letter,
    kind: str,
    recipients: Sequence[Recipient],
    due_at: datetime,
    languages: Sequence[str] | None = None,
    users: Sequence[User] | None = None,
    callback: Callback | None = None,
    commitment: Commitment | None = None,
    playback: Playback | None = None,
) -> int:
    """Queue a letter of one kind about one thing to several people; return how many.

    users are the accounts behind the recipients, in their order, where they have some. Addresses
    that a mail server has refused for good of late get none, as with every other letter.
    """
    n = len(recipients)
    behind: Sequence[User | None] = users or [None] * n
    everybody = list(zip(recipients, languages or [""] * n, behind, strict=True))
    refused = refused_addresses(addresses=[one.address for one in recipients], now=due_at)
    told = [one for one in everybody if one[0].address not in refused]
    deliveries = queue_deliveries(
        letter=letter,
        kind=DeliveryKind.NEWS if kind in NEWS else DeliveryKind.NOTICE,
        recipients=[recipient for recipient, _, _ in told],
        due_at=due_at,
        languages=[language for _, language, _ in told],
    )
    notices = [
        Notice(
            delivery=delivery,
            kind=kind,
            user=user,
            callback=callback,
            commitment=commitment,
            playback=playback,
        )
        for delivery, (_, _, user) in zip(deliveries, told, strict=True)
    ]
    return len(Notice.objects.bulk_create(notices, batch_size=1000))
