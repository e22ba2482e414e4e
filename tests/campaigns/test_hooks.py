"""Signatures, and fields under other names."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from survey.campaigns.contacts import is_key, read_contact
from survey.campaigns.hooks import (
    is_signed,
    report_key,
    sample_row,
    secret_of,
    sign,
    translate,
)
from survey.campaigns.models import ContactSource
from tests.factories.campaigns import NOW

BODY = b'{"a": 1}'
STAMP = str(int(NOW.timestamp()))


def source(version: int = 1, **fields: str) -> ContactSource:
    return ContactSource(code="till", name="Till", fields=fields, secret_version=version)


def accepts(signature: str, *, stamp: str = STAMP, body: bytes = BODY, seconds: int = 0) -> bool:
    now = NOW + timedelta(seconds=seconds)
    return is_signed(source=source(), timestamp=stamp, signature=signature, body=body, now=now)


class TestSecretOf:
    def test_is_the_same_until_it_is_rotated(self, settings: Settings) -> None:
        first = secret_of(source())

        assert secret_of(source()) == first
        assert secret_of(source(version=2)) != first
        assert secret_of(ContactSource(code="other")) != first
        settings.SECRET_KEY = "another"
        assert secret_of(source()) != first


class TestIsSigned:
    def test_takes_what_the_source_signed_within_five_minutes(self) -> None:
        signature = sign(secret=secret_of(source()), timestamp=STAMP, body=BODY)

        assert accepts(signature)
        assert accepts(signature, seconds=300)
        assert accepts(signature, seconds=-300)
        assert not accepts(signature, seconds=301)
        assert not accepts(signature, seconds=-301)

    def test_refuses_whatever_was_changed(self) -> None:
        signature = sign(secret=secret_of(source()), timestamp=STAMP, body=BODY)

        assert not accepts(signature, body=BODY + b" ")
        assert not accepts(signature, stamp=str(int(STAMP) + 1))
        assert not accepts(signature.upper())
        assert not accepts(signature.removeprefix("v1="))
        assert not accepts(sign(secret=secret_of(source(2)), timestamp=STAMP, body=BODY))

    @pytest.mark.parametrize("stamp", ["", "now", "-5", "1e9", "٣", "9" * 400])
    def test_takes_no_timestamp_that_is_none(self, stamp: str) -> None:
        signature = sign(secret=secret_of(source()), timestamp=stamp, body=BODY)

        assert not accepts(signature, stamp=stamp)

    def test_takes_no_signature_that_is_none(self) -> None:
        assert not accepts("")
        assert not accepts("v1=ü")


class TestTranslate:
    def test_finds_fields_where_the_source_keeps_them(self) -> None:
        till = source(**{"customer.id": "client.ref", "team": "visits.0.shop"})
        row = {
            "client": {"ref": 7},
            "visits": [{"shop": "s1"}],
            "customer": {"email": "a@b.example"},
        }

        assert translate(till, row) == {"customer": {"id": 7, "email": "a@b.example"}, "team": "s1"}

    def test_takes_a_value_that_is_always_the_same(self) -> None:
        assert translate(source(team="=shop"), {})["team"] == "shop"

    @pytest.mark.parametrize("row", [None, [], "x", 5, {"customer": []}, {"customer": {"id": {}}}])
    def test_survives_every_kind_of_row(self, row: object) -> None:
        assert isinstance(translate(source(), row), dict)


class TestReportKey:
    def test_is_the_source_s_own_where_it_names_one(self) -> None:
        assert report_key(source(), {}, {"idempotency_key": 17}) == "hook/till/17"

    @pytest.mark.parametrize("own", [None, "two words", "x" * 120, True, []])
    def test_is_made_of_the_row_otherwise(self, own: object) -> None:
        said = {"idempotency_key": own}
        first, second = (report_key(source(), {"n": n}, said) for n in (1, 2))

        assert is_key(first)
        assert first != second
        assert first == report_key(source(), {"n": 1}, said)

    @pytest.mark.parametrize("place", ["served_by", "staff.name", "visits.0", "visits.0.who"])
    def test_knows_nobody_by_who_served_them(self, place: str) -> None:
        till = source(**{"served_by": place})

        def row(name: str) -> dict[str, object]:
            visit = {"who": name} if place.endswith("who") else name
            return {"served_by": name, "staff": {"name": name, "till": 2}, "visits": [visit, 7]}

        rows = [row(name) for name in ("Petra", "Paul")]
        for one in rows:
            for other in {"served_by", "staff", "visits"} - {place.split(".")[0]}:
                del one[other]
        first, second = (report_key(till, one, {}) for one in rows)

        assert first == second
        assert report_key(source(), {"n": 1}, {}) != report_key(source(), {"n": 2}, {})


class TestSampleRow:
    def test_is_understood_as_the_source_s_own(self) -> None:
        till = source(**{"customer.id": "client.ref", "team": "=shop", "occurred_at": "at"})
        row = sample_row(till, team_code="bakery", now=NOW)

        contact = read_contact(translate(till, row), key="k", now=NOW)

        assert contact.customer.external_id == "SAMPLE-1"
        assert contact.team_code == "shop"
