"""Wrong passwords are counted by account, and nothing else about whoever typed them is kept.

django-axes would store addresses, browsers and what was typed. Here a row holds a digest of the
account's name, how often its password was wrong, and when last. An account that does not exist is
counted like any other, so the door tells nobody who works here.
"""

from datetime import timedelta
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.proxy import AxesHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.crypto import salted_hmac

NO_ADDRESS = "::"
SALT = "survey.accounts.guessing"

Credentials = dict[str, Any]  # and requests are Any: django-axes hangs its findings on them


class GuessCounter(AxesHandler):  # type: ignore[misc]  # django-axes has no types
    """Counts by account for django-axes, until the right password or the end of the wait."""

    def get_failures(self, request: Any, credentials: Credentials | None = None) -> int:
        """Return how often the password of an account was wrong of late."""
        recent = _rows(credentials).filter(attempt_time__gt=get_cool_off_threshold(request))
        return sum(recent.values_list("failures_since_start", flat=True))

    @transaction.atomic
    def user_login_failed(
        self,
        sender: object,
        credentials: Credentials,
        request: Any = None,
        **kwargs: object,
    ) -> None:
        """Count a wrong password; while an account waits, nothing prolongs the wait."""
        if request is None:
            return
        request.axes_credentials = credentials
        if request.axes_locked_out:
            return
        AccessAttempt.objects.filter(attempt_time__lte=get_cool_off_threshold(request)).delete()
        first = AccessAttempt(
            username=digest_name(credentials), ip_address=NO_ADDRESS, failures_since_start=0
        )
        AccessAttempt.objects.bulk_create([first], ignore_conflicts=True)
        _rows(credentials).update(
            failures_since_start=F("failures_since_start") + 1,
            attempt_time=request.axes_attempt_time,
        )
        request.axes_locked_out = self.is_locked(request, credentials)

    def user_logged_in(
        self, sender: object, request: Any, user: AbstractBaseUser, **kwargs: object
    ) -> None:
        """Forget the wrong passwords before the right one."""
        _rows({settings.AXES_USERNAME_FORM_FIELD: user.get_username()}).delete()

    def post_delete_access_attempt(self, instance: AccessAttempt, **kwargs: object) -> None:
        """Do nothing, which django-axes asks of its handlers when a row is gone."""


def waits_for(*, request: Any, credentials: Credentials) -> timedelta:
    """Return how long an account that was guessed at too often still waits."""
    latest = _rows(credentials).values_list("attempt_time", flat=True).first()
    over = get_cool_off_threshold(request)
    left: timedelta = (latest or over) - over
    return max(left, timedelta(0))


def forget_guesses(*, email: str) -> bool:
    """Let an account in again before its wait is over; say whether there was anything to forget."""
    n_rows, _ = _rows({settings.AXES_USERNAME_FORM_FIELD: email}).delete()
    return n_rows > 0


def digest_name(credentials: Credentials | None) -> str:
    """Return by what an account's name is counted: whoever reads the table reads no names."""
    name = str((credentials or {}).get(settings.AXES_USERNAME_FORM_FIELD) or "")
    return salted_hmac(SALT, name.strip().lower(), algorithm="sha256").hexdigest()


def no_address(request: object) -> str:
    """Stand in for the address of whoever asks, which is not looked at."""
    return NO_ADDRESS


def _rows(credentials: Credentials | None) -> QuerySet[AccessAttempt]:
    rows: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(username=digest_name(credentials))
    return rows
