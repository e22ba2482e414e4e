"""No token calls more often than so many times in a minute, on however many processes."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from survey.accounts.models import ApiToken
from survey.accounts.services import count_call

SECONDS = 60


class TokenThrottle(BaseThrottle):
    """Counts the calls of each token; strangers are refused elsewhere, and signed hooks pass."""

    asked_at: datetime

    def allow_request(self, request: Request, view: object) -> bool:
        """Count a call, and say whether it may go on."""
        token = request.auth
        if not isinstance(token, ApiToken):
            return True
        self.asked_at = timezone.now()
        most: int = settings.API_CALLS_PER_MINUTE
        return count_call(token_id=token.pk, now=self.asked_at, most=most)

    def wait(self) -> float:
        """Return after how many seconds the next minute begins."""
        return SECONDS - self.asked_at.second
