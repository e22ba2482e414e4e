"""Queue letters to people; a worker sends each when it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from survey.letters.models import Delivery, DeliveryChannel, Letter


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a letter goes to."""

    name: str
    address: str
    channel: str = DeliveryChannel.EMAIL


def queue_deliveries(
    *,
    letter: Letter,
    kind: str,
    recipients: Sequence[Recipient],
    due_at: datetime | Sequence[datetime],
    languages: Sequence[str] | None = None,
) -> list[Delivery]:
    """Queue a letter to several people, in their order, at one moment or each at their own.

    languages are the recipients'; without any, everybody gets the letter's own.
    """
    moments = [due_at] * len(recipients) if isinstance(due_at, datetime) else due_at
    tags = [""] * len(recipients) if languages is None else languages
    return Delivery.objects.bulk_create(
        [
            Delivery(
                letter=letter,
                kind=kind,
                channel=recipient.channel,
                recipient_name=recipient.name,
                address=recipient.address,
                due_at=moment,
                language=tag,
            )
            for recipient, moment, tag in zip(recipients, moments, tags, strict=True)
        ],
        batch_size=1000,
    )
