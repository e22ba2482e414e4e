"""Writing letters and their translations."""

import pytest

from survey.letters.services import LetterError, create_letter, translate_letter
from survey.letters.words import letter_words
from tests.factories.letters import LetterFactory

pytestmark = pytest.mark.django_db


class TestCreateLetter:
    def test_refuses_a_letter_without_a_signer_or_an_address_that_is_read(self) -> None:
        for wrong in ({"signer_name": ""}, {"reply_to": "nobody"}, {"subject": "s" * 200}):
            fields = {"subject": "S", "body": "B", "signer_name": "P", "reply_to": "p@example.org"}
            with pytest.raises(LetterError):
                create_letter(**(fields | wrong))


class TestTranslateLetter:
    def test_keeps_one_translation_for_each_language(self) -> None:
        letter = LetterFactory()
        for body in ("Hallo", "Guten Tag"):
            translate_letter(letter=letter, language="de", subject="Eine Frage", body=body)

        assert letter.translations.count() == 1
        assert letter_words(letter=letter, language="de").body == "Guten Tag"

    def test_refuses_the_letters_own_language_and_an_empty_text(self) -> None:
        for language, body in (("en", "Hello"), ("de", "")):
            with pytest.raises(LetterError):
                translate_letter(letter=LetterFactory(), language=language, subject="S", body=body)
