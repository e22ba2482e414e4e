"""A wave of customers for the tests of what is known of them, and for how long."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from survey.campaigns.models import Wave
from tests.api.machines import make_customer_wave
from tests.cast import Organisation


@pytest.fixture
def wave(organisation: Organisation, now: datetime, settings: Settings, tmp_path: Path) -> Wave:
    """Open a wave that asks the customers of Bakery and Kitchen."""
    settings.KEYS_DIR = tmp_path / "keys"
    return make_customer_wave(scope=organisation.food, now=now - timedelta(days=1))
