"""Until when somebody is called back, in words."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from survey.followup.due_words import Length, say_due

ELEVEN_AT_NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)


class TestSayDue:
    @pytest.mark.parametrize(
        ("zone", "sentence", "line"),
        [
            ("UTC", "Monday, 23 November, 23:00", "23 Nov, 23:00"),
            ("Europe/Berlin", "the end of Monday, 23 November", "the end of 23 Nov"),
            ("Asia/Kolkata", "Tuesday, 24 November, 04:30", "24 Nov, 04:30"),
        ],
    )
    def test_ends_a_day_at_its_midnight_where_the_organisation_lives(
        self, zone: str, sentence: str, line: str
    ) -> None:
        with timezone.override(zone):
            assert say_due(ELEVEN_AT_NIGHT, Length.SENTENCE) == sentence
            assert say_due(ELEVEN_AT_NIGHT) == line
