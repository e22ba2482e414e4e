"""POST /api/v1/hooks/<source>/."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from survey.campaigns.hooks import secret_of, sign
from survey.campaigns.models import ContactSource, Interaction
from tests.api.machines import errors_of, make_body, make_customer_wave
from tests.cast import Organisation

URL = "/api/v1/hooks/till/"


@pytest.fixture
def now() -> datetime:
    """The API reads the clock, so its tests are in the present."""
    return datetime.now(tz=UTC)


@pytest.fixture
def source(organisation: Organisation, now: datetime) -> ContactSource:
    make_customer_wave(scope=organisation.food, now=now)
    return ContactSource.objects.create(code="till", name="Till")


def post(
    source: ContactSource, body: object, *, now: datetime, url: str = URL, **changes: Any
) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = str(int(now.timestamp()))
    headers = {
        "X-Hearthline-Timestamp": stamp,
        "X-Hearthline-Signature": sign(secret=secret_of(source), timestamp=stamp, body=data),
    }
    return Client(enforce_csrf_checks=True).generic(
        "POST", url, data, content_type="application/json", headers=headers | changes
    )


class TestHooksView:
    def test_takes_what_is_signed_without_any_other_log_in(
        self, source: ContactSource, now: datetime
    ) -> None:
        first, again = (post(source, make_body(now), now=now) for _ in range(2))

        (receipt,) = first.json()["receipts"]
        assert (first.status_code, again.json()) == (202, first.json())
        assert (receipt["row"], receipt["reason"]) == (1, "asked")
        assert Interaction.objects.count() == 1

    @pytest.mark.parametrize(
        "changes",
        [
            {"X-Hearthline-Signature": ""},
            {"X-Hearthline-Signature": "v1=" + "0" * 64},
            {"X-Hearthline-Signature": "v1=ü"},
            {"X-Hearthline-Timestamp": "1"},
            {"X-Hearthline-Timestamp": "x"},
            {"Authorization": "Token wrong", "X-Hearthline-Signature": ""},
        ],
    )
    def test_refuses_strangers(
        self, source: ContactSource, now: datetime, changes: dict[str, str]
    ) -> None:
        response = post(source, make_body(now), now=now, **changes)

        assert response.status_code == 401
        assert errors_of(response) == [("", "not_authenticated")]
        assert not Interaction.objects.exists()

    def test_does_not_tell_unknown_sources_from_wrong_signatures(
        self, source: ContactSource, now: datetime
    ) -> None:
        unknown = post(source, {}, now=now, url="/api/v1/hooks/nobody/")

        assert unknown.status_code == 401
        assert unknown.json() == json.loads(
            post(source, {}, now=now, **{"X-Hearthline-Signature": "x"}).text.replace(
                "till", "nobody"
            )
        )

    def test_names_rows_that_are_wrong(self, source: ContactSource, now: datetime) -> None:
        response = post(source, [make_body(now), {"team": "cellar"}], now=now)

        assert response.status_code == 202
        assert [error["row"] for error in response.json()["errors"]] == [2, 2]
        assert post(source, {}, now=now).status_code == 422

    @pytest.mark.parametrize(
        ("body", "status"), [(b"{", 400), (b"[]", 400), (b"x" * 1_100_000, 413)]
    )
    def test_answers_every_signed_body(
        self, source: ContactSource, now: datetime, body: bytes, status: int
    ) -> None:
        assert post(source, body, now=now).status_code == status

    @pytest.mark.parametrize("verb", ["get", "put", "patch", "delete"])
    def test_knows_no_other_verb(self, client: Client, verb: str) -> None:
        assert getattr(client, verb)(URL).status_code == 405
