"""Addresses that name nothing."""

import pytest
from django.test import Client

from survey.accounts.models import User


@pytest.mark.parametrize(
    "address", ["/dashboards/teams/%00/", "/dashboards/teams/a%00b/words/", "/%00", "/r/%00/"]
)
class TestAddressMiddleware:
    def test_finds_nothing_at_a_nul(self, client: Client, alice: User, address: str) -> None:
        client.force_login(alice)

        assert client.get(address).status_code == 404
