"""What people are written."""

from datetime import datetime
from typing import Any

import pytest

from survey.console.pulse.wording import (
    MessageForm,
    language_name,
    letter_initial,
    shown_languages,
)
from tests.cast import Organisation
from tests.console.waves import WORDS

GIVEN = {
    "subject": "S",
    "body": "B",
    "signer_name": "Alice",
    "reply_to": "alice@example.org",
    "language": "en",
    "subject_de": "Betreff",
    "body_de": "Worte",
    "subject_reminder_1": "R",
    "body_reminder_1": "Once more",
}


def form(**changes: Any) -> MessageForm:
    return MessageForm(GIVEN | changes, languages=["de"], reminders=[1])


class TestMessageForm:
    def test_holds_a_letter_in_two_languages(self) -> None:
        given = form(has_first_item="on")

        assert given.is_valid(), given.errors
        words = given.words()
        (german,) = words.translations
        assert (german.language, german.subject, german.body) == ("de", "Betreff", "Worte")
        assert words.has_first_item
        assert given.reminder_words(1) == ("R", "Once more")

    def test_leaves_out_a_translation_that_is_empty(self) -> None:
        given = form(subject_de="", body_de="")

        assert given.is_valid(), given.errors
        assert given.words().translations == ()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"subject_de": ""}, "subject_de"),
            ({"body_de": ""}, "body_de"),
            ({"subject_reminder_1": ""}, "subject_reminder_1"),
            ({"body_reminder_1": ""}, "body_reminder_1"),
            ({"language": "de"}, "language"),
            ({"language": "tlh"}, "language"),
            ({"subject_de": "s" * 151}, "subject_de"),
            ({"body": ""}, "body"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, changes: dict[str, str], field: str) -> None:
        assert set(form(**changes).errors) == {field}

    def test_groups_what_belongs_together(self) -> None:
        given = form()

        assert [group.title for group in given.translation_groups()] == ["Deutsch"]
        assert [group.title for group in given.reminder_groups()] == ["First reminder"]
        assert [field.name for field in given.letter_fields()][-1] == "language"


class TestLetterInitial:
    @pytest.mark.usefixtures("bank")
    def test_says_what_the_letter_says(self, organisation: Organisation, now: datetime) -> None:
        given = form()
        assert given.is_valid()
        initial = letter_initial(given.words().save())

        assert (initial["subject"], initial["subject_de"]) == ("S", "Betreff")
        assert initial["has_first_item"] is False
        assert shown_languages(initial) == ["de"]
        assert letter_initial(None) == {}
        assert WORDS.has_first_item


class TestShownLanguages:
    def test_adds_one_that_is_asked_for(self) -> None:
        assert shown_languages({"language": "en"}, added="fr") == ["fr"]
        assert shown_languages({"language": "fr"}, added="fr") == []
        assert shown_languages({}, added="tlh") == []


class TestLanguageName:
    def test_is_in_the_language_itself(self) -> None:
        assert language_name("pl") == "polski"
