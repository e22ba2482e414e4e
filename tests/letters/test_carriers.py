"""The connection on which letters travel."""

import pytest
from pytest_django import Settings

from survey.letters.carriers import open_mail
from survey.letters.outcomes import Fate
from tests.factories.letters import DeliveryFactory
from tests.letters.mail_server import MailServer
from tests.letters.test_outcomes import COMPOSED


@pytest.mark.django_db
class TestOpenMail:
    def test_carries_one_letter_after_another(self, mail_server: MailServer) -> None:
        with open_mail() as carry:
            assert carry is not None
            outcomes = [carry(DeliveryFactory(), COMPOSED) for _ in range(3)]

        assert {outcome.fate for outcome in outcomes} == {Fate.SENT}
        assert len(mail_server.taken) == 3

    def test_is_nothing_without_a_server(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

        with open_mail() as carry:
            assert carry is None
