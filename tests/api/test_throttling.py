"""A machine that calls too often is asked to wait, and no other machine with it."""

from datetime import UTC, datetime
from unittest import mock

import pytest
from pytest_django import Settings

from survey.accounts.models import User
from tests.api.desks import URL, Desk

PRESENT = datetime(2026, 3, 2, 9, 0, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def few(settings: Settings) -> None:
    settings.API_CALLS_PER_MINUTE = 3


@pytest.fixture(autouse=True)
def clock() -> object:
    with mock.patch("survey.api.throttling.timezone.now", return_value=PRESENT) as now:
        yield now


class TestTokenThrottle:
    def test_says_how_long_to_wait(self, alice: User) -> None:
        desk = Desk(alice, PRESENT)

        answers = [desk.get(URL) for _ in range(4)]

        assert [one.status_code for one in answers] == [200, 200, 200, 429]
        assert answers[-1].headers["Retry-After"] == "45"
        (error,) = answers[-1].json()["errors"]
        assert error["code"] == "throttled"
        assert "45 seconds" in error["message"]

    def test_counts_by_token_and_not_by_address(self, alice: User, bob: User) -> None:
        for user in (alice, alice, bob):
            assert Desk(user, PRESENT).get(URL).status_code != 429

    def test_leaves_strangers_to_the_door(self, alice: User) -> None:
        desk = Desk(alice, PRESENT)
        desk.headers = {"Authorization": "Token unknown"}

        assert {desk.get(URL).status_code for _ in range(5)} == {401}
