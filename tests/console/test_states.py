"""Where a wave is, in one word."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.campaigns.models import Wave
from survey.console.states import WaveState, state_of

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


class TestStateOf:
    @pytest.mark.parametrize(
        ("fields", "state"),
        [
            ({}, WaveState.DRAFT),
            ({"launch_requested_at": NOW}, WaveState.PREPARING),
            ({"launched_at": NOW}, WaveState.OPEN),
            ({"launched_at": NOW, "opens_at": NOW + HOUR}, WaveState.SCHEDULED),
            ({"launched_at": NOW, "closes_at": NOW}, WaveState.CLOSED),
            ({"launched_at": NOW, "closed_at": NOW}, WaveState.CLOSED),
            ({"launched_at": NOW, "closed_at": NOW, "sealed_at": NOW}, WaveState.SEALED),
            ({"launched_at": NOW, "withdrawn_at": NOW}, WaveState.WITHDRAWN),
        ],
    )
    def test_follows_the_wave_through_its_life(
        self, fields: dict[str, datetime], state: WaveState
    ) -> None:
        window = {"opens_at": NOW - HOUR, "closes_at": NOW + 2 * HOUR}

        assert state_of(Wave(**(window | fields)), NOW) is state
