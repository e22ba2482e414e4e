"""What a mail provider reports, in Postmark's own format."""

from base64 import b64encode
from typing import Any
from uuid import uuid4

import pytest
from anymail.signals import AnymailTrackingEvent, EventType
from django.test import Client
from pytest_django import Settings

from survey.api.v1.bounces import read_key, read_meaning
from survey.letters.models import Delivery
from survey.letters.selectors import stopped_addresses
from survey.letters.services import MailEvent
from survey.letters.states import DeliveryState
from tests.factories.letters import DeliveryFactory

URL = "/api/v1/mail-events/"
SECRET = "postmark:a long secret"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def provider(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "t", "WEBHOOK_SECRET": SECRET}


@pytest.fixture
def sent() -> Delivery:
    return DeliveryFactory(state=DeliveryState.SENT, attempts=1)


def report(body: Any, *, secret: str = SECRET) -> int:
    header = "Basic " + b64encode(secret.encode()).decode()
    response = Client(raise_request_exception=True).post(
        URL, body, content_type="application/json", headers={"authorization": header}
    )
    return response.status_code


def bounce(delivery: Delivery, **fields: object) -> dict[str, object]:
    about = {"RecordType": "Bounce", "Type": "HardBounce", "ID": 1, "Email": delivery.address}
    return about | {"Metadata": {"delivery": str(delivery.key)}} | fields


class TestMailEvents:
    def test_mark_a_letter_that_came_back(self, sent: Delivery) -> None:
        assert report(bounce(sent)) == 200

        sent.refresh_from_db()
        assert (sent.state, sent.reason) == ("BOUNCED", "address refused: came back")

    def test_stop_letters_to_whoever_complains(self, sent: Delivery) -> None:
        assert report(bounce(sent, RecordType="SpamComplaint", Type="SpamComplaint")) == 200

        assert stopped_addresses(addresses=[sent.address]) == {sent.address}

    def test_stop_letters_to_whoever_complains_of_a_reminder(self) -> None:
        unrecorded = DeliveryFactory.build(address="ana@example.org", key=uuid4())

        assert report(bounce(unrecorded, RecordType="SpamComplaint", Type="SpamComplaint")) == 200
        assert stopped_addresses(addresses=["ana@example.org"]) == {"ana@example.org"}

    @pytest.mark.parametrize("kind", ["Open", "Click", "Delivery"])
    def test_pass_over_who_reads_what(self, sent: Delivery, kind: str) -> None:
        assert report(bounce(sent, RecordType=kind)) == 200

        sent.refresh_from_db()
        assert sent.state == DeliveryState.SENT

    @pytest.mark.parametrize("metadata", [{}, {"delivery": "x"}, {"delivery": str(uuid4())}])
    def test_pass_over_letters_that_are_not_ours(
        self, sent: Delivery, metadata: dict[str, str]
    ) -> None:
        assert report(bounce(sent, Metadata=metadata)) == 200

        sent.refresh_from_db()
        assert sent.state == DeliveryState.SENT

    def test_are_taken_from_the_provider_alone(self, sent: Delivery) -> None:
        assert report(bounce(sent), secret="postmark:guess") == 401
        assert Client().post(URL, "{}", content_type="application/json").status_code == 401

        sent.refresh_from_db()
        assert sent.state == DeliveryState.SENT

    @pytest.mark.parametrize("body", ["", "[]", "null", "{", '"x"', "\ud800"])
    def test_answer_nonsense_politely(self, body: str) -> None:
        assert report(body.encode("utf-8", "surrogatepass")) in (200, 400)

    def test_answer_to_a_try_of_the_address(self) -> None:
        assert Client().head(URL).status_code == 200
        assert Client().get(URL).status_code == 405

    def test_have_no_address_without_a_secret_or_a_provider(self, settings: Settings) -> None:
        settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "t"}
        assert report({}) == 404

        settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        assert report({}) == 404


class TestReadMeaning:
    @pytest.mark.parametrize(
        ("event_type", "reject_reason", "meaning"),
        [
            (EventType.BOUNCED, "bounced", MailEvent.BOUNCED),
            (EventType.REJECTED, "invalid", MailEvent.BOUNCED),
            (EventType.BOUNCED, "blocked", MailEvent.BLOCKED),
            (EventType.REJECTED, "spam", MailEvent.COMPLAINED),
            (EventType.UNSUBSCRIBED, None, MailEvent.COMPLAINED),
            (EventType.FAILED, None, MailEvent.DROPPED),
            (EventType.DEFERRED, None, None),
            (EventType.OPENED, None, None),
        ],
    )
    def test_tells_trouble_from_all_else(
        self, event_type: str, reject_reason: str | None, meaning: MailEvent | None
    ) -> None:
        event = AnymailTrackingEvent(event_type=event_type, reject_reason=reject_reason)

        assert read_meaning(event) is meaning
        assert read_key(event) is None
