"""What a load balancer asks."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import resolve, reverse
from pytest_django import Settings

from survey.answering.health import CHECKS


class TestLive:
    def test_answers_without_a_database(self, client: Client) -> None:
        assert client.get("/health/live").status_code == 200


class TestReady:
    @pytest.mark.django_db
    def test_is_ready_with_a_database(self, client: Client) -> None:
        assert client.get("/health/ready").content == b"ready\n"

    def test_is_not_ready_without_one(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> None:
            raise OperationalError("gone")

        monkeypatch.setattr(connection, "cursor", fail)

        assert client.get("/health/ready").status_code == 503


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
        assert client.get("/health/ready", HTTP_HOST="10.0.0.7").content == b"ready\n"

    @pytest.mark.parametrize(("host", "status"), [("10.0.0.7", 400), ("feedback.example.org", 301)])
    def test_leaves_every_other_page_to_its_host_and_to_https(
        self, client: Client, production: None, host: str, status: int
    ) -> None:
        assert client.get("/privacy/", HTTP_HOST=host).status_code == status

    def test_takes_no_post(self, client: Client) -> None:
        assert client.post("/health/live").status_code == 405

    def test_answers_at_the_addresses_of_the_named_pages(self) -> None:
        routes = {reverse(f"answering:{name}") for name in ("live", "ready")}

        assert routes == set(CHECKS)
        assert all(resolve(route).func is CHECKS[route] for route in routes)
