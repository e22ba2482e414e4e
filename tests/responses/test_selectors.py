"""What the other parts ask about answers on their way in."""

import pytest

from survey.responses.selectors import count_waiting_boxes
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams
from tests.factories.responses import answer_wave, close_and_seal


@pytest.mark.django_db
class TestCountWaitingBoxes:
    def test_counts_those_of_all_waves_until_their_seal(self) -> None:
        scope = make_teams({"top": None}, {"top": 9})["top"]
        waves = [make_open_wave(make_campaign(scope, code=code)) for code in ("one", "two")]
        for wave in waves:
            answer_wave(wave, wave.groups.get(), [1, 2, 3, 1, 2])
        assert count_waiting_boxes() == 10

        close_and_seal(waves[0])

        assert count_waiting_boxes() == 5
