"""What the database refuses to keep of letters."""

import pytest

from survey.letters.models import LetterTranslation, StopEntry
from tests.constraints import Write, assert_refused, constraints_of
from tests.factories.letters import DeliveryFactory, LetterFactory

REFUSED: dict[str, Write] = {
    "delivery_state_is_known": lambda: DeliveryFactory(state="LOST"),
    "delivery_channel_is_known": lambda: DeliveryFactory(channel="DOVE"),
    "delivery_failed_has_a_reason": lambda: DeliveryFactory(state="BOUNCED"),
    "delivery_being_sent_has_a_lease": lambda: DeliveryFactory(state="SENDING"),
    "letter_translated_once_per_language": lambda: LetterTranslation.objects.bulk_create(
        LetterTranslation(letter=letter, language="de") for letter in [LetterFactory()] * 2
    ),
}


@pytest.mark.django_db
class TestConstraints:
    @pytest.mark.parametrize("name", REFUSED)
    def test_are_held_by_the_database(self, name: str) -> None:
        assert_refused(name, REFUSED[name])

    def test_are_all_tried_here(self) -> None:
        assert set(REFUSED) == constraints_of("letters")


class TestStopEntry:
    def test_is_called_by_the_start_of_its_digest(self) -> None:
        assert str(StopEntry(address_digest="0123456789abcdef")) == "0123456789ab"
