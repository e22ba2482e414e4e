"""A letter's words in a language."""

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.letters.models import Letter, LetterTranslation
from survey.letters.words import letter_words, primary_tag
from tests.factories.letters import LetterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> Letter:
    letter: Letter = LetterFactory(language="en")
    LetterTranslation.objects.bulk_create(
        LetterTranslation(letter=letter, language=tag, subject=tag, body=tag)
        for tag in ("de", "pt-BR", "fr-CA", "fr")
    )
    return letter


class TestLetterWords:
    @pytest.mark.parametrize(
        ("wanted", "got"),
        [
            ("de", "de"),
            ("DE-at", "de"),
            ("pt", "pt-BR"),
            ("pt-PT", "pt-BR"),
            ("fr-CA", "fr-CA"),
            ("fr-CH", "fr"),
            ("en-GB", "en"),
            ("pl", "en"),
            ("", "en"),
        ],
    )
    def test_are_in_that_language_or_its_kin_or_the_letters_own(
        self, letter: Letter, wanted: str, got: str
    ) -> None:
        assert letter_words(letter=letter, language=wanted).language == got

    def test_are_read_with_the_letters_where_these_are_read_at_once(
        self, letter: Letter, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        (read,) = Letter.objects.prefetch_related("translations")

        with django_assert_num_queries(0):
            assert letter_words(letter=read, language="de").body == "de"


class TestPrimaryTag:
    def test_leaves_out_region_and_script(self) -> None:
        assert primary_tag("zh-Hant-TW") == "zh"
