"""A link that is sent to faster than hands can rests for the minute, and no other with it."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.test import Client

from survey.answering import pacing
from survey.answering.pacing import is_too_fast

NOW = datetime(2026, 3, 2, 9, 0, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "MOST_A_MINUTE", 3)


def send(address: str, times: int, now: datetime = NOW) -> list[bool]:
    return [is_too_fast(address=address, now=now) for _ in range(times)]


class TestIsTooFast:
    def test_counts_each_link_by_itself(self) -> None:
        assert send("/r/one/", 5) == [False] * 3 + [True] * 2
        assert send("/r/two/", 1) == [False]

    def test_begins_anew_with_the_minute(self) -> None:
        send("/r/one/", 9)

        assert send("/r/one/", 1, NOW + timedelta(seconds=44)) == [True]
        assert send("/r/one/", 1, NOW + timedelta(seconds=45)) == [False]

    def test_keeps_no_link_and_not_too_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pacing, "MOST_LINKS", 10)
        for number in range(99):
            send(f"/r/secret-{number}/", 1)

        assert len(pacing._counts) <= 10
        assert "secret" not in str(pacing._counts)


@pytest.mark.django_db
class TestPages:
    def test_ask_for_patience_and_say_when(self, client: Client) -> None:
        with mock.patch("survey.answering.respondents.timezone.now", return_value=NOW):
            answers = [client.post("/r/unknown/") for _ in range(4)]

        assert [one.status_code for one in answers] == [404, 404, 404, 429]
        assert answers[-1].headers["Retry-After"] == "60"
        assert "in a minute" in answers[-1].text

    def test_are_read_as_often_as_one_likes(self, client: Client) -> None:
        assert {client.get("/r/unknown/").status_code for _ in range(9)} == {404}
