"""Nothing a machine can send to /api/v1/interactions/ is answered with an error of ours."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from survey.accounts.models import Role
from survey.campaigns.models import Interaction, Wave
from tests.api.machines import Machine, errors_of, make_body, make_customer_wave
from tests.cast import Organisation, make_user


@pytest.fixture
def now() -> datetime:
    """The API reads the clock, so its tests are in the present."""
    return datetime.now(tz=UTC)


@pytest.fixture
def body(now: datetime) -> dict[str, Any]:
    return make_body(now)


@pytest.fixture
def till(now: datetime) -> Machine:
    return Machine(make_user("carmen", Role.CX_MANAGER), now=now)


@pytest.fixture(autouse=True)
def customer_wave(organisation: Organisation, now: datetime) -> Wave:
    return make_customer_wave(scope=organisation.food, now=now)


def damaged(body: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Bodies with one thing wrong, and the field that is."""
    for name in ("customer", "team", "occurred_at"):
        yield {key: value for key, value in body.items() if key != name}, name
    for value in (None, [], {}, True, "", "x" * 81, "a\0b", "\ud800"):
        yield body | {"team": value}, "team"
    for value in (None, "", "yesterday", 5, [], "2026-02-30T10:00:00Z", True, "NaN"):
        yield body | {"occurred_at": value}, "occurred_at"
    dates = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1970-01-01T00:00:00Z")
    for value in (*dates, "2999-01-01T00:00:00Z"):
        yield body | {"occurred_at": value}, "occurred_at"
    for value in (None, 5, "Casey", [], [{}]):
        yield body | {"customer": value}, "customer"
    customer = body["customer"]
    for name, value in (
        *(("id", wrong) for wrong in ("", None, {}, "x" * 81, "a\nb", "\ud800")),
        *(("name", wrong) for wrong in (None, [], "x" * 201, "Casey\r\nBcc: x@example.com", "\0")),
        *(("email", wrong) for wrong in (None, "nobody", "a@b@c", "a\n@example.com", "x" * 300)),
        *(("language", wrong) for wrong in (None, "", "english!", "e", {})),
    ):
        yield body | {"customer": customer | {name: value}}, f"customer.{name}"


class TestBadInput:
    def test_names_the_field_that_is_wrong(self, till: Machine, body: Any) -> None:
        for number, (wrong, field) in enumerate(damaged(body)):
            response = till.post(wrong, key=f"key-{number}")

            assert response.status_code == 400, wrong
            found = {
                name.split(".")[0] + name[len(name.split(".")[0]) :]
                for name, _ in errors_of(response)
            }
            assert any(name == field or name.startswith(f"{field}.") for name in found), wrong
        assert not Interaction.objects.exists()

    @pytest.mark.parametrize("key", [None, "", " ", "two words", "x" * 121, "schlüssel"])
    def test_wants_an_idempotency_key(self, till: Machine, body: Any, key: str | None) -> None:
        response = till.post(body, key=key)

        assert response.status_code == 400
        assert errors_of(response) == [("Idempotency-Key", "required")]

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"{",
            b"[]",
            b"null",
            b'"x"',
            b"NaN",
            b'{"team": Infinity}',
            b"\xff\xfe{}",
            b"\x00",
            b"[" * 50_000,
            b'{"a":' * 10_000,
            b"1" * 10_000,
        ],
        ids=range(12),
    )
    def test_refuses_what_is_not_an_object(self, till: Machine, data: bytes) -> None:
        response = till.post(data)

        assert response.status_code == 400
        assert errors_of(response)

    @pytest.mark.parametrize("megabytes", [0.1, 2, 4])
    def test_refuses_large_bodies(self, till: Machine, body: Any, megabytes: float) -> None:
        customer = body["customer"] | {"name": "x" * int(megabytes * 1_000_000)}

        response = till.post(body | {"customer": customer})

        assert response.status_code == 413
        assert errors_of(response) == [("", "too_large")]

    @pytest.mark.parametrize(
        ("content_type", "status"),
        [
            ("text/plain", 415),
            ("multipart/form-data; boundary=x", 415),
            ("application/x-www-form-urlencoded", 415),
            ("application/json; charset=rot13", 202),
            ("application/json; charset=utf-16", 202),
            ("nonsense", 415),
        ],
    )
    def test_takes_json_only_and_always_as_utf_8(
        self, till: Machine, body: Any, content_type: str, status: int
    ) -> None:
        response = till.post(body, content_type=content_type)

        assert response.status_code == status

    def test_takes_an_hour_of_clock_skew(self, till: Machine, body: Any, now: Any) -> None:
        body["occurred_at"] = (now + timedelta(minutes=50)).isoformat()

        assert till.post(body).status_code == 202
