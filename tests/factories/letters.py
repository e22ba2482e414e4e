"""Letters and their deliveries."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from survey.letters.models import Delivery, DeliveryKind, Letter


class LetterFactory(DjangoModelFactory[Letter]):
    class Meta:
        model = Letter

    subject = "One minute about being treated fairly"
    body = "In autumn you told us rotas felt unfair.\n\nI would like to know if it got better."
    signer_name = "Priya Nair"
    signer_role = "People team"
    reply_to = "priya@example.org"


class DeliveryFactory(DjangoModelFactory[Delivery]):
    class Meta:
        model = Delivery

    letter = factory.SubFactory(LetterFactory)
    kind = DeliveryKind.INVITATION
    recipient_name = factory.Sequence(lambda n: f"Reader {n}")
    address = factory.Sequence(lambda n: f"reader{n}@example.org")
    due_at = datetime(2026, 1, 1, tzinfo=UTC)
