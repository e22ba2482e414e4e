"""What a load balancer asks."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.urls import resolve, reverse
from pytest_django import Settings

from survey.answering.health import CHECKS
from survey.followup import wellbeing


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(wellbeing, "is_broker_reachable", lambda: True)
    cache.delete("health")
    yield
    cache.delete("health")


class TestLive:
    def test_answers_without_a_database(self, client: Client) -> None:
        assert client.get("/health/live").status_code == 200


class TestReady:
    @pytest.mark.django_db
    def test_is_ready_with_a_database(self, client: Client) -> None:
        reply = client.get("/health/ready")

        assert reply.status_code == 200
        assert reply.json()["status"] == "ready"
        assert reply.json()["problems"] == []

    @pytest.mark.django_db
    def test_serves_people_without_the_broker_and_says_that_it_is_away(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(wellbeing, "is_broker_reachable", lambda: False)

        reply = client.get("/health/ready")

        assert (reply.status_code, reply.json()["status"]) == (200, "degraded")
        assert "broker" in reply.json()["problems"][0]

    @pytest.mark.django_db
    def test_looks_around_once_in_a_few_seconds(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.get("/health/ready")
        monkeypatch.setattr(wellbeing, "is_broker_reachable", lambda: False)
        assert client.get("/health/ready").json()["status"] == "ready"

        cache.delete("health")

        assert client.get("/health/ready").json()["status"] == "degraded"

    @pytest.mark.django_db
    def test_says_that_the_due_work_could_not_be_counted(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*, now: datetime) -> None:
            raise OperationalError("canceling statement due to statement timeout")

        monkeypatch.setattr(wellbeing, "list_due", fail)

        reply = client.get("/health/ready")

        assert (reply.status_code, reply.json()["status"]) == (200, "degraded")
        assert "could not be counted" in reply.json()["problems"][0]

    def test_is_not_ready_without_one(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> None:
            raise OperationalError("gone")

        monkeypatch.setattr(connection, "cursor", fail)

        reply = client.get("/health/ready")

        assert reply.status_code == 503
        assert reply.json()["database"] == "unreachable"


class TestHealthFirstMiddleware:
    @pytest.fixture
    def production(self, settings: Settings) -> None:
        settings.ALLOWED_HOSTS = ["feedback.example.org"]
        settings.SECURE_SSL_REDIRECT = True

    @pytest.mark.parametrize("host", ["127.0.0.1:8000", "not a host", ""])
    def test_answers_whatever_host_is_named(
        self, client: Client, production: None, host: str
    ) -> None:
        assert client.get("/health/live", HTTP_HOST=host).content == b"alive\n"

    @pytest.mark.django_db
    def test_says_so_when_ready_too(self, client: Client, production: None) -> None:
        assert client.get("/health/ready", HTTP_HOST="10.0.0.7").json()["status"] == "ready"

    @pytest.mark.parametrize(("host", "status"), [("10.0.0.7", 400), ("feedback.example.org", 301)])
    def test_leaves_every_other_page_to_its_host_and_to_https(
        self, client: Client, production: None, host: str, status: int
    ) -> None:
        assert client.get("/privacy/", HTTP_HOST=host).status_code == status

    def test_takes_no_post(self, client: Client) -> None:
        assert client.post("/health/live").status_code == 405

    def test_answers_at_the_addresses_of_the_named_pages(self) -> None:
        routes = {reverse(f"answering:{name}") for name in ("live", "ready", "metrics")}

        assert routes == set(CHECKS)
        assert all(resolve(route).func is CHECKS[route] for route in routes)
