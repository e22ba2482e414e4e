"""The one row of the timetable."""

from datetime import datetime

from survey.followup.models import Tick
from tests.constraints import assert_refused, constraints_of


class TestTick:
    def test_is_one_row(self, db: None, now: datetime) -> None:
        Tick.objects.create(pk=1, noted_at=now)

        assert_refused("tick_is_one", lambda: Tick.objects.create(pk=2, noted_at=now))
        assert "tick_is_one" in constraints_of("followup")

    def test_is_called_after_its_moment(self, now: datetime) -> None:
        assert str(Tick(noted_at=now)) == "2026-03-02 09:00"
