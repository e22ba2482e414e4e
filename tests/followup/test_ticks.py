"""The note that the timetable goes round."""

from datetime import datetime, timedelta

import pytest

from survey.followup.models import Tick
from survey.followup.tasks import note_tick as task
from survey.followup.ticks import last_tick, note_tick

pytestmark = pytest.mark.django_db


class TestNoteTick:
    def test_is_renewed_once_a_minute_in_the_one_row(self, now: datetime) -> None:
        assert last_tick() is None

        noted = []
        for seconds in (0, 59, 60):
            note_tick(now=now + timedelta(seconds=seconds))
            noted.append(last_tick())

        assert noted == [now, now, now + timedelta(seconds=60)]
        assert Tick.objects.count() == 1

    def test_is_what_the_stage_does(self) -> None:
        task()

        assert last_tick() is not None
