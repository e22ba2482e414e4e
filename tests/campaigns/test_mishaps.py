"""Reasons are kept in English and told in the reader's language."""

import pytest
from django.utils import translation

from survey.campaigns.mishaps import REASONS, say_reason
from survey.letters.outcomes import ADDRESS_REFUSED
from survey.letters.services.returns import MailEvent


class TestSayReason:
    @pytest.mark.parametrize("reason", [*REASONS, "refused with 550", "put off with an error"])
    def test_says_in_english_what_was_kept(self, reason: str) -> None:
        assert say_reason(reason) == reason

    def test_leaves_what_it_does_not_know(self) -> None:
        assert say_reason("eaten by a dog with 4 legs") == "eaten by a dog with 4 legs"

    def test_knows_every_report_of_a_provider_that_is_kept(self) -> None:
        kept = {event.value for event in MailEvent} - {MailEvent.COMPLAINED.value}
        assert kept <= REASONS.keys()

    def test_keeps_the_code_of_the_mail_server(self) -> None:
        with translation.override("ar"):
            assert say_reason(f"{ADDRESS_REFUSED} with 550").count("550") == 1
