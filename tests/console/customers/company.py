"""A company whose customers are being asked in the present."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from survey.accounts.models import Role
from survey.campaigns.models import Wave
from tests.api.machines import make_customer_wave
from tests.cast import Organisation, make_user


@pytest.fixture
def customer_wave(
    organisation: Organisation, present: datetime, settings: Settings, tmp_path: Path
) -> Wave:
    settings.KEYS_DIR = tmp_path / "keys"
    return make_customer_wave(scope=organisation.food, now=present)


@pytest.fixture
def carmen(client: Client, db: None) -> Client:
    """Customer experience."""
    client.force_login(make_user("carmen", Role.CX_MANAGER))
    return client


@pytest.fixture
def rows(present: datetime) -> str:
    """Five contacts of an hour ago."""
    at = (present - timedelta(hours=1)).isoformat()
    lines = (f"C{n},c{n}@example.com,{('bakery', 'kitchen')[n % 2]},{at}\n" for n in range(5))
    return "customer_id,email,team,occurred_at\n" + "".join(lines)
