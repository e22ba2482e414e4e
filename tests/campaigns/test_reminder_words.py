import pytest

from survey.campaigns.reminder_words import (
    DEFAULT_WORDS,
    WHY_REMINDED,
    default_words,
    why_reminded,
)
from survey.letters.phrases import LANGUAGES
from survey.letters.voice import lint_letter

SCOLDING = ("last chance", "urgent", "!", "hurry", "remember to")


class TestDefaultWords:
    def test_are_there_twice_in_every_language_each_time_different(self) -> None:
        assert set(DEFAULT_WORDS) == set(LANGUAGES)
        for first, second in DEFAULT_WORDS.values():
            assert first.subject != second.subject
            assert first.body != second.body

    @pytest.mark.parametrize(
        ("language", "expected"), [("de-AT", "de"), ("pt-BR", "pt"), ("EN", "en"), ("fi", "en")]
    )
    def test_are_found_by_the_language_or_in_english(self, language: str, expected: str) -> None:
        assert default_words(language=language, number=2) == DEFAULT_WORDS[expected][1]

    @pytest.mark.parametrize("language", sorted(DEFAULT_WORDS))
    def test_are_in_a_human_voice(self, language: str) -> None:
        for words in DEFAULT_WORDS[language]:
            findings = lint_letter(
                subject=words.subject,
                body=words.body,
                signer_name="Priya Nair",
                reply_to="priya@example.org",
                language=language,
            )
            assert findings == ()
            assert not any(scold in words.body.lower() for scold in SCOLDING)


class TestWhyReminded:
    def test_says_how_we_know_and_who_does_not_see(self) -> None:
        assert set(WHY_REMINDED) == set(DEFAULT_WORDS)
        assert "has not been used yet" in why_reminded(language="en-GB")
        assert "Neither I nor your manager see" in why_reminded(language="fi")
        assert "Weder ich noch Ihre Führungskraft" in why_reminded(language="de-CH")
