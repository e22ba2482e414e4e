"""The stages of the timetable that belong to aggregation."""

from survey.aggregation import tasks
from survey.aggregation.models import Release, Rollup
from tests.cast import Organisation
from tests.factories.aggregation import (
    answer,
    fair,
    make_campaign,
    make_instrument,
    make_wave,
    plant,
)


class TestStages:
    def test_roll_up_and_then_release(self, organisation: Organisation) -> None:
        wave = make_wave(make_campaign(make_instrument(), organisation.company))
        answer(plant(wave, {"company": None, "bakery": "company"})["bakery"], [fair(4)] * 6)

        tasks.make_releases()
        assert not Release.objects.exists(), "nothing has been counted yet"

        tasks.refresh_rollups()
        assert Rollup.objects.filter(metric="fair").get().n == 6

        tasks.make_releases()
        assert Release.objects.get().wave == wave
