"""Waves that follow each other by themselves."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from survey.campaigns.models import Campaign, Schedule, Wave
from survey.campaigns.rounds import rounds_ahead
from survey.campaigns.services import (
    ScheduleError,
    cancel_launch,
    close_due_waves,
    discard_draft,
    extend_wave,
    launch_requested_waves,
    open_due_waves,
    plan_due_rounds,
    set_reminders,
    set_schedule,
    stop_schedule,
)
from survey.letters.models import Delivery
from survey.organization.models import Person, Team
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.factories.questionnaires import ItemFactory, make_scale, publish
from tests.stages import stage

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FIRST = date(2026, 3, 10)  # a Tuesday; NOW is the Monday of the week before


@stage
def teams() -> dict[str, Team]:
    return make_teams({"top": None, "a": "top", "b": "top"}, {"a": 9, "b": 6})


@stage
def campaign(teams: dict[str, Team]) -> Campaign:
    return make_campaign(teams["top"])


def repeat(campaign: Campaign, **changes: Any) -> Schedule:
    """Ask every week, for four days, from the tenth of March on, at nine."""
    fields: dict[str, Any] = {
        "rhythm": "WEEK",
        "first_date": FIRST,
        "letters_time": time(9),
        "open_days": 4,
        "now": NOW,
    }
    return set_schedule(campaign=campaign, **fields | changes)


def live(begins: datetime, ends: datetime) -> None:
    """Let the worker do its rounds every three hours."""
    now = begins
    while now <= ends:
        plan_due_rounds(now=now)
        launch_requested_waves(now=now)
        open_due_waves(now=now)
        close_due_waves(now=now)
        now += 3 * HOUR


def planned() -> list[tuple[int, int]]:
    """Return the planned day of March and the day of the letters, of every wave."""
    waves = Wave.objects.filter(planned_date__isnull=False).order_by("number")
    return [
        (one.planned_date.day, one.letters_date.day)
        for one in waves
        if one.planned_date and one.letters_date
    ]


def at(day: int, hour: int = 9, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


class TestPlanDueRounds:
    def test_lets_waves_follow_each_other(self, campaign: Campaign) -> None:
        repeat(campaign)

        live(NOW, at(28))

        assert planned() == [(10, 10), (17, 17), (24, 24)]
        waves = Wave.objects.order_by("number")
        assert [wave.opened_at for wave in waves] == [at(10), at(17), at(24)]
        assert [wave.closed_at for wave in waves] == [at(14), at(21), at(28)]
        assert Delivery.objects.count() == 3 * 15

    def test_launches_a_day_ahead_and_not_before(self, campaign: Campaign) -> None:
        repeat(campaign)

        assert plan_due_rounds(now=at(9, 8)) == 0
        assert plan_due_rounds(now=at(9, 9)) == 1
        wave = Wave.objects.get()
        assert (wave.opens_at, wave.letters_time) == (at(10), time(9))

    def test_plans_a_round_once(self, campaign: Campaign) -> None:
        repeat(campaign)

        assert [plan_due_rounds(now=at(9, hour)) for hour in (9, 9, 10, 23)] == [1, 0, 0, 0]

    def test_asks_once_after_a_long_pause(self, campaign: Campaign) -> None:
        repeat(campaign)

        live(at(25, 12), at(29))  # nothing ran for three rounds

        assert planned() == [(24, 26)]
        assert Delivery.objects.count() == 15

    def test_begins_a_late_round_on_the_next_working_day(self, campaign: Campaign) -> None:
        repeat(campaign)

        live(at(13, 12), at(16, 9))  # a Friday, three days late

        wave = Wave.objects.get(number=1)
        assert planned() == [(10, 16), (17, 17)]
        assert wave.opened_at == at(16)
        assert wave.closes_at == at(17)  # when the next begins

    def test_leaves_out_a_round_that_could_begin_only_with_the_next(
        self, campaign: Campaign
    ) -> None:
        repeat(campaign)

        live(at(16, 12), at(18))

        assert planned() == [(17, 17)]

    def test_does_not_mind_a_few_minutes(self, campaign: Campaign) -> None:
        repeat(campaign)

        plan_due_rounds(now=at(10) + timedelta(minutes=50))

        assert planned() == [(10, 10)]

    def test_waits_until_the_wave_before_has_closed(self, campaign: Campaign) -> None:
        repeat(campaign)
        live(NOW, at(13))
        first = Wave.objects.get()
        extend_wave(wave_id=first.pk, closes_at=at(18), now=at(13))

        live(at(13), at(24, 8))

        assert planned() == [(10, 10), (17, 18), (24, 24)]
        second = Wave.objects.get(number=2)
        assert first.closes_at <= at(18) <= second.opens_at

    def test_minds_waves_that_were_launched_by_hand(self, campaign: Campaign) -> None:
        make_open_wave(campaign, closes_at=at(11))
        repeat(campaign)

        live(at(9), at(12))

        assert planned() == [(10, 11)]

    def test_opens_with_the_easternmost_and_closes_with_the_westernmost(
        self, campaign: Campaign
    ) -> None:
        some = list(Person.objects.order_by("pk")[:2])
        Person.objects.filter(pk=some[0].pk).update(time_zone="Asia/Tokyo")
        Person.objects.filter(pk=some[1].pk).update(time_zone="America/New_York")
        repeat(campaign)

        live(NOW, at(15))

        wave = Wave.objects.get()
        assert (wave.opened_at, wave.closes_at) == (at(10, 0), at(14, 13))

    def test_keeps_what_forbids_a_round_on_its_draft(
        self, campaign: Campaign, caplog: pytest.LogCaptureFixture
    ) -> None:
        campaign.letter = None
        campaign.save()
        repeat(campaign)

        live(NOW, at(11))

        wave = Wave.objects.get()
        assert "no letter" in wave.launch_problem
        assert wave.launched_at is None
        assert len(caplog.records) == 1  # told once, not at every tick

    def test_plans_no_round_again_that_was_taken_back_or_discarded(
        self, campaign: Campaign
    ) -> None:
        repeat(campaign)
        live(NOW, at(9, 10))
        wave = Wave.objects.get()

        cancel_launch(wave_id=wave.pk, now=at(9, 11))
        live(at(9, 11), at(9, 14))
        wave.refresh_from_db()
        assert wave.launched_at is None

        discard_draft(wave_id=wave.pk)
        live(at(9, 14), at(11))
        assert not Wave.objects.exists()

    def test_stops(self, campaign: Campaign) -> None:
        repeat(campaign)
        stop_schedule(campaign=campaign)

        assert plan_due_rounds(now=at(9)) == 0

    def test_never_lowers_the_threshold(self, campaign: Campaign) -> None:
        make_open_wave(campaign, closes_at=at(3), threshold=7)
        repeat(campaign)

        live(NOW, at(9))

        assert Wave.objects.get(number=2).threshold == 7

    def test_reminds_as_the_wave_before(self, campaign: Campaign) -> None:
        first = make_open_wave(campaign, closes_at=at(6))
        set_reminders(wave_id=first.pk, reminders=[(date(2026, 3, 4), None)], now=NOW)
        repeat(campaign)

        live(NOW, at(9))

        reminder = Wave.objects.get(number=2).reminders.get()
        assert reminder.due_date == date(2026, 3, 12)


class TestRotation:
    def test_lets_scales_take_turns(self, teams: dict[str, Team]) -> None:
        campaign = make_campaign(teams["top"], questionnaire=three_scales())
        schedule = repeat(campaign, scales_per_round=2, fixed_scales=["one"])

        ahead = rounds_ahead(schedule=schedule, today=NOW.date(), n=3)
        live(NOW, at(28))

        asked = [tuple(wave.scale_codes) for wave in Wave.objects.order_by("number")]
        assert asked == [("one", "two"), ("one", "three"), ("one", "two")]
        assert [one.scale_codes for one in ahead.rounds] == asked
        assert ahead.n_rounds_for_all == 2


class TestSetSchedule:
    def test_can_be_changed(self, campaign: Campaign) -> None:
        repeat(campaign)
        changed = repeat(campaign, open_days=3, skip_dates=[date(2026, 3, 17)])

        assert Schedule.objects.get() == changed
        assert (changed.open_days, changed.skip_dates) == (3, ["2026-03-17"])

    def test_may_keep_a_first_day_that_has_passed(self, campaign: Campaign) -> None:
        repeat(campaign)

        repeat(campaign, open_days=3, now=at(20))

    @pytest.mark.parametrize("changes", [{"rhythm": "MONTH"}, {"every": 2}])
    def test_refuses_to_begin_in_the_past(
        self, campaign: Campaign, changes: dict[str, Any]
    ) -> None:
        repeat(campaign)

        with pytest.raises(ScheduleError, match="past"):
            repeat(campaign, **changes, now=at(20))

    def test_refuses_to_begin_again_in_the_past(self, campaign: Campaign) -> None:
        repeat(campaign)
        stop_schedule(campaign=campaign)

        with pytest.raises(ScheduleError, match="past"):
            repeat(campaign, now=at(20))

    def test_refuses_rounds_that_would_overlap(self, campaign: Campaign) -> None:
        with pytest.raises(ScheduleError, match="6 days or fewer"):
            repeat(campaign, open_days=7)

    def test_refuses_to_repeat_a_survey_of_customers(self, teams: dict[str, Team]) -> None:
        with pytest.raises(ScheduleError, match="customers"):
            repeat(make_campaign(teams["top"], Audience.CUSTOMER))


def three_scales() -> Any:
    scales = {code: [ItemFactory(code=f"{code}_1"), ItemFactory(code=f"{code}_2")]
              for code in ("one", "two", "three")}  # fmt: skip
    for code, items in scales.items():
        make_scale(code, items)
    return publish([item for items in scales.values() for item in items], code="three")
