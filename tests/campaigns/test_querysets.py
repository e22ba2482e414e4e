"""Where a wave is in its life."""

from datetime import datetime, timedelta

import pytest

from survey.campaigns.models import Wave
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams
from tests.stages import stage

HOUR = timedelta(hours=1)
LAUNCHED = {
    "launched_at": NOW - HOUR,
    "public_key": b"key",
    "box_size": 1024,
    "draw_seed": None,
}
OPEN = LAUNCHED | {"opened_at": NOW}
CLOSED = OPEN | {"closed_at": NOW}
WITHDRAWN = {"withdrawn_at": NOW, "withdrawn_reason": "a mistake"}


@stage
def wave(db: None) -> Wave:
    """A draft that would open this moment, for an hour."""
    campaign = make_campaign(make_teams({"top": None}, {})["top"])
    return make_draft(campaign, opens_at=NOW, closes_at=NOW + HOUR)


def kept(now: datetime) -> set[str]:
    """Return the names of the stages that keep the one wave there is."""
    waves = Wave.objects
    stages = {
        "launched": waves.launched(),
        "due_to_launch": waves.due_to_launch(),
        "due_to_open": waves.due_to_open(now),
        "open_at": waves.open_at(now),
        "due_to_close": waves.due_to_close(now),
        "closed_and_unsealed": waves.closed_and_unsealed(),
        "sealed": waves.sealed(),
    }
    return {name for name, found in stages.items() if found.exists()}


class TestWaveQuerySet:
    @pytest.mark.parametrize(
        ("fields", "stages"),
        [
            ({}, set()),
            ({"launch_requested_at": NOW}, {"due_to_launch"}),
            (LAUNCHED, {"launched", "due_to_open", "open_at"}),
            (OPEN, {"launched", "open_at"}),
            (LAUNCHED | {"closed_at": NOW}, {"launched", "closed_and_unsealed"}),
            (CLOSED, {"launched", "closed_and_unsealed"}),
            (CLOSED | {"sealed_at": NOW}, {"launched", "sealed"}),
            (OPEN | WITHDRAWN, set()),
            (CLOSED | WITHDRAWN, set()),
        ],
    )
    def test_keeps_a_wave_in_its_stage_and_in_no_other(
        self, wave: Wave, fields: dict[str, object], stages: set[str]
    ) -> None:
        Wave.objects.update(**fields)

        assert kept(NOW) == stages

    @pytest.mark.parametrize(
        ("moment", "stages"),
        [
            (NOW - HOUR / 60, set()),
            (NOW, {"open_at"}),
            (NOW + HOUR - HOUR / 60, {"open_at"}),
            (NOW + HOUR, {"due_to_close"}),
        ],
    )
    def test_takes_answers_from_the_first_moment_up_to_the_last(
        self, wave: Wave, moment: datetime, stages: set[str]
    ) -> None:
        Wave.objects.update(**OPEN)

        assert kept(moment) - {"launched"} == stages
