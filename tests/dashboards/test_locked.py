"""The page of whoever typed too many wrong passwords."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from survey.accounts.models import User

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def guess(email: str, **headers: str) -> Any:
    typed = {"username": email, "password": "salt and pepper"}
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = Client().post("/login/", typed, headers=headers)
    return response


class TestLocked:
    def test_says_when_to_come_back(self, alice: User) -> None:
        page = guess(alice.email)

        assert page.status_code == 429
        assert page.headers["Retry-After"] == "900"
        assert page.headers["Cache-Control"] == "no-store"
        assert "You can try again in 15 minutes." in page.text
        assert "mailto:" in page.text

    @pytest.mark.django_db
    def test_is_the_same_for_an_account_that_is_not_there(self, alice: User) -> None:
        strange, known = guess("nobody@example.org"), guess(alice.email)

        assert TOKEN.sub("", strange.text) == TOKEN.sub("", known.text)

    def test_opens_nothing_to_other_sites(self, alice: User) -> None:
        page = guess(alice.email, **{"X-Requested-With": "XMLHttpRequest"})

        assert page.headers["Content-Type"].startswith("text/html")
        assert "Access-Control-Allow-Origin" not in page.headers
