"""The stages of the organisation, and how long they may take."""

import pytest

from config.celery import STAGES
from survey.organization import tasks
from survey.organization.models import Person
from survey.organization.services import take_roster, working
from tests.organization.arrivals import NOW, confirm, csv_of, take_in

STAGES_OF_ROSTERS = (tasks.pick_up_rosters, tasks.read_rosters, tasks.apply_rosters)


class TestStages:
    def test_stand_first_in_the_timetable(self) -> None:
        assert STAGES[:3] == tuple(task.name for task in STAGES_OF_ROSTERS)

    def test_end_before_their_lease(self) -> None:
        for task in (tasks.read_rosters, tasks.apply_rosters):
            assert task.soft_time_limit < task.time_limit < working.LEASE_SECONDS

    @pytest.mark.django_db
    def test_lead_a_roster_to_its_end(self) -> None:
        take_in(csv_of("1,Ana,,bakery,Bakery,,"))
        both = csv_of("1,Ana,,bakery,Bakery,,", "2,Ben,,bakery,,,")
        roster = take_roster(name="a.csv", source="upload", content=both, by="", now=NOW)
        tasks.pick_up_rosters()
        tasks.read_rosters()
        roster.refresh_from_db()
        confirm(roster)
        tasks.apply_rosters()

        assert Person.objects.count() == 2
