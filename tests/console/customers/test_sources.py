"""Connecting a system that reports contacts."""

import json
import re
from datetime import datetime

import pytest
from django.test import Client

from survey.campaigns.hooks import sample_row
from survey.campaigns.models import Campaign, ContactSource, Interaction, Wave

BASE = "/console/customers/sources/"
SECRET = re.compile(r"hs_[\w-]{32}")


@pytest.fixture
def source(customer_wave: Wave) -> ContactSource:
    fields = {"customer.id": "client.ref", "team": "=bakery"}
    return ContactSource.objects.create(code="till", name="Till", fields=fields)


class TestNewSource:
    def test_shows_the_secret_once(self, carmen: Client, customer_wave: Wave) -> None:
        answer = carmen.post(
            f"{BASE}new/",
            {"name": "Till 4", "place_customer_id": "client.ref", "place_team": "team"},
        )

        made = ContactSource.objects.get()
        (secret,) = set(SECRET.findall(answer.text))
        assert (made.code, made.fields) == ("till-4", {"customer.id": "client.ref"})
        assert "no-store" in answer.headers["Cache-Control"]
        assert secret not in carmen.get(f"{BASE}till-4/").text
        assert secret not in str(list(ContactSource.objects.values()))

    def test_finds_a_free_code(self, carmen: Client, source: ContactSource) -> None:
        carmen.post(f"{BASE}new/", {"name": "Till"})

        assert set(ContactSource.objects.values_list("code", flat=True)) == {"till", "till-2"}

    def test_wants_a_name(self, carmen: Client) -> None:
        assert carmen.post(f"{BASE}new/", {"name": ""}).status_code == 422


class TestTryIt:
    def test_goes_all_the_way_and_keeps_nothing(
        self, carmen: Client, source: ContactSource
    ) -> None:
        page = carmen.get(f"{BASE}till/")
        sample = page.context["form"]["sample"].value()
        assert json.loads(sample)["client"] == {"ref": "SAMPLE-1"}

        tried = carmen.post(f"{BASE}till/try/", {"sample": sample})

        assert "Understood. Such customers will be asked." in tried.text
        assert not Interaction.objects.exists()
        source.refresh_from_db()
        assert source.received_at is None

    def test_says_what_would_be_refused(self, carmen: Client, source: ContactSource) -> None:
        sample = json.dumps({"client": {"ref": ""}, "occurred_at": "yesterday"})

        page = carmen.post(f"{BASE}till/try/", {"sample": sample}).text

        assert "customer.id: This must not be empty." in page
        assert "occurred_at: This is no moment" in page

    @pytest.mark.parametrize("sample", ["", "{", "[]"])
    def test_names_the_field_where_nothing_can_be_tried(
        self, carmen: Client, source: ContactSource, sample: str
    ) -> None:
        assert carmen.post(f"{BASE}till/try/", {"sample": sample}).status_code == 422

    def test_says_that_a_system_is_switched_off(
        self, carmen: Client, source: ContactSource
    ) -> None:
        carmen.post(f"{BASE}till/switch/")

        page = carmen.post(f"{BASE}till/try/", {"sample": "{}"}).text

        assert "This system is switched off" in page

    @pytest.mark.parametrize("is_allowed", [True, False])
    def test_says_that_a_name_is_not_kept(
        self, carmen: Client, source: ContactSource, present: datetime, is_allowed: bool
    ) -> None:
        if is_allowed:
            Campaign.objects.update(told_facts=["served_by"])
        row = sample_row(source, team_code="bakery", now=present) | {"served_by": "Petra"}

        page = carmen.post(f"{BASE}till/try/", {"sample": json.dumps(row)}).text

        assert "Understood." in page
        assert ("The name of who served them is not kept" in page) is not is_allowed


class TestRotate:
    def test_replaces_the_secret(self, carmen: Client, source: ContactSource) -> None:
        first, second = (
            SECRET.findall(carmen.post(f"{BASE}till/rotate/").text)[0] for _ in range(2)
        )

        assert first != second


class TestSwitch:
    def test_goes_off_and_on(self, carmen: Client, source: ContactSource) -> None:
        assert "Switched off" in carmen.post(f"{BASE}till/switch/", follow=True).text
        assert "Switched on" in carmen.post(f"{BASE}till/switch/", follow=True).text
