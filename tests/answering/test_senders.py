"""The person who asks."""

import pytest

from survey.answering.senders import read_sender
from survey.letters.models import Letter
from survey.letters.services import translate_letter
from tests.factories.letters import LetterFactory


class TestReadSender:
    @pytest.mark.parametrize(
        ("name", "first_name", "initials"),
        [("Ruth Anne Okafor", "Ruth", "RO"), ("Ruth", "Ruth", "R"), ("", "", "")],
    )
    def test_shortens_the_name(self, name: str, first_name: str, initials: str) -> None:
        sender = read_sender(Letter(signer_name=name))

        assert sender is not None
        assert (sender.first_name, sender.initials) == (first_name, initials)

    def test_parts_the_letter_at_empty_lines(self) -> None:
        sender = read_sender(
            Letter(signer_name="Ruth", body="One.\r\n\r\nTwo,\r\nstill two.\n\n\n")
        )

        assert sender is not None
        assert sender.paragraphs == ("One.", "Two,\nstill two.")

    @pytest.mark.django_db
    def test_speaks_the_readers_language_where_the_letter_was_translated(self) -> None:
        letter = LetterFactory(signer_role="People team")
        translate_letter(
            letter=letter, language="de", subject="S", body="Guten Tag.", signer_role="Personal"
        )
        sender = read_sender(letter, "de")

        assert sender is not None
        assert (sender.language, sender.role, sender.paragraphs) == (
            "de",
            "Personal",
            ("Guten Tag.",),
        )

    def test_is_nobody_without_a_letter(self) -> None:
        assert read_sender(None) is None
