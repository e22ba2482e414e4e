"""The timetable in the foreground."""

import signal
from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest
from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from celery.schedules import crontab
from django.core.management import CommandError, call_command

from survey.core.stages import run_each
from survey.followup.management.commands.tick import limited, read_stages
from survey.letters.claiming import LEASE
from survey.organization.models import Team

Stage = Callable[[], None]
Timetable = Callable[..., None]


@pytest.fixture
def timetable() -> Iterator[Timetable]:
    """Put stages of the test's own into the timetable, in order."""
    names: list[str] = []
    real_schedule = current_app.conf.beat_schedule

    def write(*stages: Stage) -> None:
        for stage in stages:
            name = f"tests.{stage.__name__}"
            current_app.task(name=name, shared=False)(stage)
            names.append(name)
        current_app.conf.beat_schedule = {name: {"task": name, "schedule": 1.0} for name in names}

    yield write
    current_app.conf.beat_schedule = real_schedule
    for name in names:
        current_app.tasks.unregister(name)


class TestTick:
    def test_knows_every_stage_of_the_real_timetable(self) -> None:
        current_app.loader.import_default_modules()

        assert [
            entry["task"]
            for entry in current_app.conf.beat_schedule.values()
            if entry["task"] not in current_app.tasks
        ] == []

    def test_runs_the_stages_in_order(self, db: None, timetable: Timetable) -> None:
        ran = []

        def second() -> None:
            ran.append("second")

        def first() -> None:
            ran.append("first")

        timetable(first, second)

        call_command("tick")

        assert ran == ["first", "second"]

    def test_leaves_out_what_has_its_time_of_day(self, db: None, timetable: Timetable) -> None:
        ran = []

        def stage() -> None:
            ran.append("stage")

        def daily() -> None:
            ran.append("daily")

        timetable(stage, daily)
        current_app.conf.beat_schedule["tests.daily"]["schedule"] = crontab(hour=4, minute=0)

        call_command("tick")

        assert ran == ["stage"]

    def test_runs_the_others_when_one_fails_and_says_so(
        self, db: None, timetable: Timetable
    ) -> None:
        ran = []

        def failing() -> None:
            raise ZeroDivisionError

        def after() -> None:
            ran.append("after")

        timetable(failing, after)

        with pytest.raises(CommandError, match=r"failed .*: tests\.failing"):
            call_command("tick")
        assert ran == ["after"]

    def test_names_a_unit_that_failed_inside_a_stage_and_does_the_others(
        self, db: None, timetable: Timetable
    ) -> None:
        done: list[object] = []

        def seal(wave_id: int) -> int:
            done.append(63 // wave_id)
            return 1

        def sealing() -> None:
            run_each([7, 0, 9], seal, name="Sealing wave")

        def after() -> None:
            done.append("after")

        timetable(sealing, after)

        with pytest.raises(CommandError, match=r"failed .*: Sealing wave 0$"):
            call_command("tick")
        assert done == [9, 7, "after"]

    def test_goes_round_until_a_round_changes_nothing(self, db: None, timetable: Timetable) -> None:
        rounds = []

        def make_three_teams() -> None:
            rounds.append(Team.objects.count())
            if len(rounds) <= 3:
                Team.objects.create(code=f"team-{len(rounds)}", name="Team")

        timetable(make_three_teams)

        call_command("tick", "--until-idle")

        assert rounds == [0, 1, 2, 3]

    def test_does_not_go_round_for_ever(self, db: None, timetable: Timetable) -> None:
        def restless() -> None:
            Team.objects.update_or_create(code="team", defaults={"name": "Team"})

        timetable(restless)

        with pytest.raises(CommandError, match="after 3 rounds"):
            call_command("tick", "--until-idle", "--at-most", "3")

    def test_does_handed_on_work_itself(self, db: None, timetable: Timetable) -> None:
        done = []

        def work() -> None:
            done.append(current_app.conf.task_always_eager)

        def hand_on() -> None:
            current_app.tasks["tests.work"].delay()

        timetable(hand_on, work)

        call_command("tick")

        assert done == [True, True]
        assert not current_app.conf.task_always_eager


class TestLimited:
    def test_cuts_a_stage_short_before_its_leases_run_out(self) -> None:
        began = monotonic()
        with pytest.raises(SoftTimeLimitExceeded), limited(0.05):
            sleep(20)

        assert monotonic() - began < 10

    @pytest.mark.parametrize("seconds", [None, LEASE.total_seconds(), 240])
    def test_lets_other_stages_run_to_their_end(self, seconds: float | None) -> None:
        before = signal.getsignal(signal.SIGALRM)
        with limited(seconds):
            assert signal.getsignal(signal.SIGALRM) is before

    def test_leaves_the_alarm_of_others_as_it_was(self) -> None:
        left, every = signal.setitimer(signal.ITIMER_REAL, 250)
        try:
            with limited(30):
                assert signal.getitimer(signal.ITIMER_REAL)[0] <= 30
            assert 200 < signal.getitimer(signal.ITIMER_REAL)[0] <= 250
        finally:
            signal.setitimer(signal.ITIMER_REAL, left, every)

    def test_holds_for_every_stage_that_sends_letters(self) -> None:
        current_app.loader.import_default_modules()
        for stage in ("campaigns.send_letters", "campaigns.send_texts", "followup.send_notices"):
            assert stage in read_stages()
            assert current_app.tasks[stage].soft_time_limit < LEASE.total_seconds()
