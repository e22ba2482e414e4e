"""What waits for each stage, and since when."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from config.celery import STAGES
from survey.campaigns.models import CountedKey, Wave
from survey.campaigns.services import close_wave, destroy_due_keys, launch_wave, request_launch
from survey.followup.due import LOOKS, Due, find_oldest, list_due
from survey.letters.models import Delivery, DeliveryChannel, DeliveryState
from survey.organization.models import RosterFeed, RosterImport, RosterState
from survey.responses.services import seal_wave
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_open_wave, make_teams
from tests.factories.letters import DeliveryFactory
from tests.factories.responses import answer_wave

HOUR = timedelta(hours=1)
WITHOUT_MOMENTS = {  # what makes them due is worked out by the stage itself
    "campaigns.plan_rounds": "the calendar",
    "aggregation.update_standings": "the checksums of releases",
    "linkage.update_linkage": "the checksums of releases",
    "followup.note_tick": "the clock",
}


def due_in(stage: str, now: datetime = NOW) -> tuple[int, datetime | None]:
    found = {due.stage: due for due in list_due(now=now)}[stage]
    return found.n, found.since


def make_wave(draft: Callable[..., Wave] = make_open_wave) -> Wave:
    return draft(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))


class TestListDue:
    def test_looks_at_every_stage_in_the_order_of_the_timetable(self) -> None:
        assert list(LOOKS) == [stage for stage in STAGES if stage not in WITHOUT_MOMENTS]

    def test_finds_nothing_in_an_empty_product(self, db: None) -> None:
        assert [due for due in list_due(now=NOW) if due.n or due.since] == []

    def test_finds_launches_and_openings(self, db: None) -> None:
        wave = make_wave(make_draft)
        request_launch(wave_id=wave.pk, now=NOW - HOUR)
        assert due_in("campaigns.launch_waves") == (1, NOW - HOUR)

        launch_wave(wave_id=wave.pk, now=NOW)

        assert due_in("campaigns.launch_waves") == (0, None)
        assert due_in("campaigns.open_waves") == (1, NOW)

    def test_follows_a_wave_from_its_close_to_its_keys(self, db: None) -> None:
        wave = make_wave()
        answer_wave(wave, wave.groups.get(), [1, 2, 3, 1, 2, 3])
        assert due_in("campaigns.close_waves", wave.closes_at + HOUR) == (1, wave.closes_at)
        assert due_in("responses.seal_waves") == (0, None)

        close_wave(wave_id=wave.pk, now=NOW - HOUR)
        assert due_in("responses.seal_waves") == (1, NOW - HOUR)

        seal_wave(wave_id=wave.pk, now=NOW)
        assert due_in("responses.seal_waves") == (0, None)
        for stage in ("aggregation.refresh_rollups", "campaigns.destroy_keys"):
            assert due_in(stage) == (1, NOW)

        destroy_due_keys(now=NOW)
        assert due_in("campaigns.destroy_keys") == (0, None)

    def test_counts_letters_by_their_way_and_those_whose_worker_vanished(self, db: None) -> None:
        DeliveryFactory(due_at=NOW - HOUR)
        DeliveryFactory(due_at=NOW + HOUR)
        DeliveryFactory(due_at=NOW, channel=DeliveryChannel.SMS, address="+447700900123")
        DeliveryFactory(state=DeliveryState.SENDING, due_at=NOW, lease_until=NOW - 2 * HOUR)
        DeliveryFactory(state=DeliveryState.SENDING, due_at=NOW, lease_until=NOW + HOUR)

        assert due_in("campaigns.send_letters") == (2, NOW - 2 * HOUR)
        assert due_in("campaigns.send_texts") == (1, NOW)

    def test_counts_all_letters_about_what_followed(self, db: None) -> None:
        DeliveryFactory(kind="NOTICE", due_at=NOW)
        DeliveryFactory(kind="NEWS", due_at=NOW - HOUR)

        assert due_in("followup.send_notices") == (2, NOW - HOUR)
        assert due_in("campaigns.send_letters") == (0, None)

    def test_finds_files_that_came_in_and_feeds(self, db: None) -> None:
        RosterImport.objects.create(
            name="a", source="upload", state=RosterState.WAITING, content=b"x", created_at=NOW
        )
        RosterFeed.objects.create(name="b", location="lists", at=time(1))

        assert due_in("organization.read_rosters") == (1, NOW)
        assert due_in("organization.pick_up_rosters") == (1, None)

    def test_counts_participation_from_the_morning_on(self, db: None) -> None:
        wave = make_wave()
        assert due_in("campaigns.refresh_participation") == (1, NOW)

        tomorrow = wave.opens_at + timedelta(days=1)

        midnight = datetime.combine(tomorrow.date(), time.min, UTC)
        assert due_in("campaigns.refresh_participation", tomorrow) == (1, midnight)

    def test_tells_no_number_of_nonces_and_keys(self, db: None) -> None:
        for digest in "abc":
            CountedKey.objects.create(digest=digest, used_date=date(2026, 2, 28))

        assert due_in("campaigns.forget_nonces", NOW - timedelta(days=1)) == (0, None)
        assert due_in("campaigns.forget_nonces") == (1, datetime(2026, 3, 2, tzinfo=UTC))


class TestFindOldest:
    def test_finds_what_has_waited_longest(self) -> None:
        due = [Due("a", 1, NOW), Due("b", 1, NOW - HOUR), Due("c", 9, None)]

        assert find_oldest(due) == due[1]
        assert due[1].age_at(NOW) == 3600
        assert due[0].age_at(NOW - HOUR) == 0

    def test_finds_nothing_where_nothing_waits(self) -> None:
        assert find_oldest([Due("c", 9, None)]) is None


class TestDelivery:
    def test_is_due_no_more_once_sent(self, db: None) -> None:
        DeliveryFactory(due_at=NOW - HOUR)
        Delivery.objects.update(state=DeliveryState.SENT)

        assert due_in("campaigns.send_letters") == (0, None)
