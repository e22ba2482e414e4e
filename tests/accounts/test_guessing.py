"""Whoever guesses passwords waits, whatever their address; nothing of them is kept."""

from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.test import Client
from django.utils import timezone

from survey.accounts.models import User
from tests.cast import PASSWORD

WRONG = "salt, pepper and ash"
MOST = settings.AXES_FAILURE_LIMIT


def log_in(email: str, password: str = WRONG, **headers: str) -> int:
    typed = {"username": email, "password": password}
    return Client().post("/login/", typed, headers=headers).status_code


def guess(email: str, times: int, **headers: str) -> list[int]:
    return [log_in(email, **headers) for _ in range(times)]


@pytest.fixture
def later() -> Iterator[None]:
    """A quarter of an hour and a second from now."""
    then = timezone.now() + settings.AXES_COOLOFF_TIME + timedelta(seconds=1)
    with mock.patch("axes.handlers.proxy.now", return_value=then):
        yield


class TestGuessCounter:
    def test_counts_an_address_once_however_its_letters_are_typed(self, alice: User) -> None:
        guess(alice.email.upper(), MOST)

        assert log_in(alice.email, PASSWORD) == 429

    def test_lets_nobody_in_after_ten_wrong_passwords(self, alice: User) -> None:
        assert guess(alice.email, MOST) == [200] * (MOST - 1) + [429]

        assert log_in(alice.email, PASSWORD) == 429

    def test_is_not_led_astray_by_addresses_and_browsers(self, alice: User) -> None:
        for number in range(MOST):
            agent = {"User-Agent": f"Browser {number}", "X-Forwarded-For": f"10.0.0.{number}"}
            log_in(alice.email, **agent)

        assert log_in(alice.email, PASSWORD) == 429

    def test_keeps_others_at_the_same_address_going(self, alice: User, bob: User) -> None:
        guess(alice.email, MOST)

        assert log_in(bob.email, PASSWORD) == 302

    def test_treats_an_account_that_is_not_there_alike(self, alice: User) -> None:
        assert guess("nobody@example.org", MOST + 1) == guess(alice.email, MOST + 1)

    def test_treats_a_closed_account_alike(self, alice: User, bob: User) -> None:
        User.objects.filter(pk=bob.pk).update(is_active=False)

        assert guess(bob.email, MOST + 1) == guess(alice.email, MOST + 1)

    def test_forgets_wrong_passwords_before_the_right_one(self, alice: User) -> None:
        guess(alice.email, MOST - 1)

        assert log_in(alice.email, PASSWORD) == 302
        assert not AccessAttempt.objects.exists()
        assert guess(alice.email, 1) == [200]

    def test_ends_the_wait_although_guessing_went_on(
        self, alice: User, request: pytest.FixtureRequest
    ) -> None:
        guess(alice.email, MOST + 5)
        assert AccessAttempt.objects.get().failures_since_start == MOST

        request.getfixturevalue("later")

        assert log_in(alice.email, PASSWORD) == 302

    def test_deletes_the_rows_of_those_who_gave_up(
        self, alice: User, request: pytest.FixtureRequest
    ) -> None:
        guess(alice.email, 3)
        request.getfixturevalue("later")

        guess("nobody@example.org", 1)

        assert AccessAttempt.objects.get().failures_since_start == 1

    def test_keeps_nothing_of_whoever_guesses(self, alice: User) -> None:
        guess(alice.email, 2, **{"User-Agent": "Netscape 4", "X-Forwarded-For": "10.1.2.3"})

        (kept,) = AccessAttempt.objects.values()
        told = " ".join(str(value) for name, value in kept.items() if name != "attempt_time")
        for trace in (alice.email, "alice", "Netscape", "10.1.2.3", "127.0.0.1", WRONG):
            assert trace not in told
        assert kept["failures_since_start"] == 2
        assert not AccessLog.objects.exists()
        assert not AccessFailureLog.objects.exists()

    def test_counts_nothing_that_no_request_brought(self, db: None) -> None:
        AxesProxyHandler.get_implementation().user_login_failed(None, {"username": "a"})

        assert not AccessAttempt.objects.exists()
