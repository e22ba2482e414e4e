"""Machines sign in with a token; only its digest is stored."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from survey.accounts.models import ApiToken, User
from survey.accounts.services import find_api_token

KEYWORDS = (b"token", b"bearer")


class ApiTokenAuthentication(BaseAuthentication):
    """Reads "Authorization: Token ..." or "Authorization: Bearer ..."."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the token's user and the token; None when the request brings no token at all."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() not in KEYWORDS:
            return None
        if len(words) != 2 or not words[1].isascii():
            raise AuthenticationFailed("The Authorization header holds no token.")
        token = find_api_token(token=words[1].decode("ascii"))
        if token is None:
            raise AuthenticationFailed("This token is unknown or was revoked.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Tell a client without a token how to sign in, with status 401."""
        return "Token"
