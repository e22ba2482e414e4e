"""Which language a page speaks, and how the next one comes to know."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from survey.answering.speaking import (
    asked_language,
    browser_language,
    next_address,
    own_languages,
)
from survey.letters.models import Letter

GERMAN = Letter(language="de")


class TestAskedLanguage:
    def test_is_what_the_address_says_then_the_letters_then_the_browsers(self) -> None:
        plain, spanish = RequestFactory().get("/"), RequestFactory().get("/?lang=es")

        assert asked_language(spanish, letter=GERMAN) == "es"
        assert asked_language(plain, letter=GERMAN) == "de"
        with override("ar"):
            assert asked_language(plain, letter=None) == "ar"


class TestBrowserLanguage:
    @pytest.mark.parametrize(
        ("told", "found"),
        [
            ("pt-BR,en;q=0.5", "pt"),
            ("fr,en;q=0.5", "en"),
            ("fr", ""),
            ("", ""),
            ("*", ""),
            ("x" * 3000, ""),
        ],
    )
    def test_is_the_first_that_is_offered(self, told: str, found: str) -> None:
        request = RequestFactory().get("/", headers={"Accept-Language": told})

        assert browser_language(request, ["en", "pt"]) == found


class TestNextAddress:
    @pytest.mark.parametrize(
        ("query", "language", "rest"),
        [
            ("", "de", ""),
            ("?lang=ar", "de", ""),
            ("?lang=ar", "ar", "?lang=ar"),
            ("?shared=1", "de", "?shared=1"),
            ("?site=https://a.example", "de", "?site=https%3A%2F%2Fa.example"),
        ],
    )
    def test_names_a_language_that_is_not_the_letters(
        self, query: str, language: str, rest: str
    ) -> None:
        request = RequestFactory().get(f"/{query}")

        address = next_address(request, "answering:open_thanks", "abc", language, GERMAN)

        assert address == f"/o/abc/thanks/{rest}"


class TestOwnLanguages:
    def test_names_each_in_itself_whichever_is_spoken(self) -> None:
        with override("ar"):
            told = {one.code: (one.name, one.direction) for one in own_languages()}

        assert told["en-gb"] == ("English", "ltr")
        assert told["ar"][1] == "rtl"
