"""What a load balancer asks."""

import pytest
from django.db import OperationalError, connection
from django.test import Client


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
