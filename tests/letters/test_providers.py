"""Which provider carries the letters."""

import pytest
from anymail.backends.base import BasePayload
from django.utils.module_loading import import_string
from pytest_django import Settings

from survey.letters.outcomes import build_message
from survey.letters.providers import PROVIDERS, WATCHERS, can_forgo_tracking, mail_provider
from tests.factories.letters import DeliveryFactory
from tests.letters.test_outcomes import COMPOSED

POSTMARK = "anymail.backends.postmark.EmailBackend"


class TestMailProvider:
    def test_is_named_by_the_way_of_sending(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND = POSTMARK
        assert mail_provider() == "postmark"

        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        assert mail_provider() == ""


class TestCanForgoTracking:
    @pytest.mark.parametrize("name", sorted(WATCHERS))
    def test_is_true_of_those_that_anymail_can_tell(self, name: str) -> None:
        module = import_string(f"{PROVIDERS}{name}.EmailBackend").__module__
        payloads = [
            value
            for value in vars(__import__(module, fromlist=["*"])).values()
            if isinstance(value, type) and issubclass(value, BasePayload)
        ]

        assert any(each.set_track_opens is not BasePayload.set_track_opens for each in payloads)

    def test_is_asked_for_in_every_letter(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND = POSTMARK
        delivery = DeliveryFactory.build()
        message = build_message(delivery, COMPOSED)

        assert can_forgo_tracking()
        assert vars(message)["track_opens"] is vars(message)["track_clicks"] is False
        assert vars(message)["metadata"] == {"delivery": str(delivery.key)}
