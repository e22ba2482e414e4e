"""What a contact may say; what it must not is tried at the API's door too."""

from typing import Any

import pytest

from survey.campaigns.contacts import BadContactError, Contact, is_key, read_contact
from tests.factories.campaigns import NOW


def said(**changes: Any) -> dict[str, Any]:
    customer = {"id": "C-1"} | changes.pop("customer", {})
    return {"customer": customer, "team": "shop", "occurred_at": NOW.isoformat()} | changes


def read(data: object) -> Contact:
    return read_contact(data, key="k", now=NOW)


def faults(data: object) -> list[tuple[str, str]]:
    with pytest.raises(BadContactError) as caught:
        read(data)
    return [(problem.field, problem.code) for problem in caught.value.problems]


class TestReadContact:
    def test_fills_in_what_is_optional(self) -> None:
        contact = read(said())

        assert (contact.customer.email, contact.customer.language) == ("", "en")
        assert contact.occurred_at == NOW

    def test_takes_numbers_for_names(self) -> None:
        assert read(said(customer={"id": 4711})).customer.external_id == "4711"

    @pytest.mark.parametrize(
        "phone", ["+44 113 496 0000", "0044-113-496-0000", "+44 (113) 496/0000"]
    )
    def test_writes_telephone_numbers_in_one_way(self, phone: str) -> None:
        assert read(said(customer={"phone": phone})).customer.phone == "+441134960000"

    def test_knows_nobody_by_who_served_them(self) -> None:
        named, unnamed = read(said(served_by=" Petra O’Neill ")), read(said())

        assert (named.served_by, unnamed.served_by) == ("Petra O’Neill", "")
        assert named.request_digest == unnamed.request_digest

    @pytest.mark.parametrize("name", ["<b>Petra</b>", "{{item:a}}", "petra@example.com"])
    def test_takes_a_name_only(self, name: str) -> None:
        assert faults(said(served_by=name)) == [("served_by", "invalid")]
        assert faults(said(served_by="x" * 101)) == [("served_by", "max_length")]

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (None, [("", "required")]),
            ([], [("", "invalid")]),
            ({}, [("customer", "required"), ("team", "required"), ("occurred_at", "required")]),
            (said(customer={"id": True}), [("customer.id", "invalid")]),
            (said(customer={"id": " "}), [("customer.id", "blank")]),
            (said(customer={"phone": "0113 496 0000"}), [("customer.phone", "invalid")]),
            (said(customer={"phone": "+0113"}), [("customer.phone", "invalid")]),
            (said(customer={"time_zone": "../etc/passwd"}), [("customer.time_zone", "invalid")]),
            (said(customer={"time_zone": "Mars/Base"}), [("customer.time_zone", "invalid")]),
            (said(team=None), [("team", "invalid")]),
            (said(occurred_at="9999-12-31T23:59:59-12:00"), [("occurred_at", "invalid")]),
        ],
    )
    def test_names_every_field_that_is_wrong(
        self, data: object, expected: list[tuple[str, str]]
    ) -> None:
        assert faults(data) == expected

    def test_knows_the_same_words_however_they_are_written(self) -> None:
        again = said(occurred_at="2026-03-02T10:00:00+01:00", customer={"email": ""})

        assert read(said()).request_digest == read(again).request_digest
        assert read(said(team="depot")).request_digest != read(said()).request_digest


class TestIsKey:
    @pytest.mark.parametrize(
        ("key", "is_good"),
        [("a" * 120, True), ("a" * 121, False), ("", False), ("a b", False), (7, False)],
    )
    def test_wants_visible_characters(self, key: object, is_good: bool) -> None:
        assert is_key(key) is is_good
