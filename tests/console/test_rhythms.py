"""How often a campaign asks, in words."""

from datetime import date, time

import pytest

from survey.campaigns.models import Rhythm, Schedule
from survey.console.rhythms import say_rhythm, say_rotation


class TestSayRhythm:
    @pytest.mark.parametrize(
        ("rhythm", "every", "said"),
        [
            (Rhythm.WEEK, 1, "Every week from 9 March 2026 on, letters at 09:00"),
            (Rhythm.WEEK, 2, "Every 2 weeks from 9 March 2026 on, letters at 09:00"),
            (Rhythm.QUARTER, 1, "Every quarter from 9 March 2026 on, letters at 09:00"),
        ],
    )
    def test_reads_as_people_speak(self, rhythm: str, every: int, said: str) -> None:
        schedule = Schedule(
            rhythm=rhythm, every=every, first_date=date(2026, 3, 9), letters_time=time(9)
        )

        assert say_rhythm(schedule) == said


class TestSayRotation:
    def test_says_when_everybody_has_seen_everything(self) -> None:
        assert say_rotation(1) == "Each person sees all items in every round."
        assert say_rotation(3) == "Each person sees all items every 3 rounds."
