"""Signing in with a token."""

from datetime import datetime

import pytest
from django.test import RequestFactory
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from survey.accounts.models import ApiToken, User
from survey.accounts.services import create_api_token
from survey.api.authentication import ApiTokenAuthentication


@pytest.fixture
def token(alice: User, now: datetime) -> str:
    return create_api_token(user=alice, name="till", now=now)


def sign_in(header: str | None) -> tuple[User, ApiToken] | None:
    headers = {} if header is None else {"Authorization": header}
    request = Request(RequestFactory().get("/", headers=headers))
    return ApiTokenAuthentication().authenticate(request)


class TestAuthenticate:
    @pytest.mark.parametrize("keyword", ["Token", "Bearer", "token", "BEARER"])
    def test_knows_whose_token_it_is(self, alice: User, token: str, keyword: str) -> None:
        assert sign_in(f"{keyword} {token}") == (alice, ApiToken.objects.get())

    @pytest.mark.parametrize("header", [None, "", "Basic YWxpY2U6eA=="])
    def test_leaves_requests_without_a_token_to_others(self, header: str | None) -> None:
        assert sign_in(header) is None

    @pytest.mark.parametrize("header", ["Token", "Token two words", "Token \xfcber"])
    def test_refuses_what_holds_no_token(self, header: str) -> None:
        with pytest.raises(AuthenticationFailed, match="holds no token"):
            sign_in(header)

    def test_refuses_a_token_nobody_has(self, token: str) -> None:
        with pytest.raises(AuthenticationFailed, match="unknown or was revoked"):
            sign_in(f"Token {token}x")

    def test_refuses_a_revoked_token(self, token: str, now: datetime) -> None:
        ApiToken.objects.update(revoked_at=now)

        with pytest.raises(AuthenticationFailed, match="unknown or was revoked"):
            sign_in(f"Token {token}")

    def test_refuses_the_token_of_a_closed_account(self, token: str, alice: User) -> None:
        User.objects.filter(pk=alice.pk).update(is_active=False)

        with pytest.raises(AuthenticationFailed, match="unknown or was revoked"):
            sign_in(f"Token {token}")

    def test_refuses_the_digest_that_the_database_holds(self, token: str) -> None:
        with pytest.raises(AuthenticationFailed, match="unknown or was revoked"):
            sign_in(f"Token {ApiToken.objects.get().digest}")
