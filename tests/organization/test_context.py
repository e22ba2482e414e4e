"""What every template may name."""

from django.template import engines
from django.test import RequestFactory
from pytest_django import Settings


class TestProduct:
    def test_reaches_every_template(self, rf: RequestFactory, settings: Settings) -> None:
        settings.ORGANISATION_NAME, settings.CONTACT_EMAIL = "Hearth & Co", "help@example.org"
        template = engines["django"].from_string("{{ organisation_name }}: {{ contact_email }}")

        assert template.render({}, rf.get("/")) == "Hearth &amp; Co: help@example.org"
