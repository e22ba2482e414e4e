from datetime import timedelta

import pytest

from survey.campaigns.models import Campaign, Invitation, Wave
from survey.campaigns.selectors import get_participation
from survey.campaigns.services import (
    close_due_waves,
    close_wave,
    launch_wave,
    open_due_waves,
    refresh_due_participation,
)
from survey.letters.models import Delivery, StopEntry
from survey.letters.services import stop_address
from survey.organization.models import Person
from tests.factories.campaigns import (
    NOW,
    TWO_WEEKS,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
)
from tests.factories.responses import answer_wave

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def campaign() -> Campaign:
    teams = make_teams({"top": None, "a": "top", "b": "top"}, {"a": 30, "b": 25})
    return make_campaign(teams["top"])


class TestOpenDueWaves:
    def test_waits_for_the_opening_time(self, campaign: Campaign) -> None:
        launch_wave(wave_id=make_draft(campaign, opens_at=NOW + HOUR).pk, now=NOW)

        assert open_due_waves(now=NOW) == 0
        assert not Delivery.objects.exists()
        assert open_due_waves(now=NOW + HOUR) == 1

    def test_queues_one_letter_for_everybody_once(self, campaign: Campaign) -> None:
        make_open_wave(campaign)

        assert open_due_waves(now=NOW + HOUR) == 0
        assert Delivery.objects.count() == 55
        assert not Invitation.objects.filter(delivery=None).exists()

    def test_sends_each_letter_to_the_person_invited(self, campaign: Campaign) -> None:
        make_open_wave(campaign)

        for invitation in Invitation.objects.select_related("person", "delivery"):
            assert invitation.person is not None
            assert invitation.delivery is not None
            assert invitation.delivery.address == invitation.person.email

    def test_writes_to_nobody_without_an_address_or_who_stopped(self, campaign: Campaign) -> None:
        silent, stopped = Person.objects.order_by("pk")[:2]
        Person.objects.filter(pk=silent.pk).update(email="")
        stop_address(address=stopped.email, today=NOW.date())

        make_open_wave(campaign)

        assert Delivery.objects.count() == 53
        assert StopEntry.objects.count() == 1


class TestCloseDueWaves:
    def test_closes_at_the_closing_time(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)

        assert close_due_waves(now=NOW + HOUR) == 0
        assert close_due_waves(now=NOW + TWO_WEEKS) == 1
        wave.refresh_from_db()
        assert wave.closed_at == NOW + TWO_WEEKS

    def test_closes_once(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)

        assert close_wave(wave_id=wave.pk, now=NOW + HOUR)
        assert not close_wave(wave_id=wave.pk, now=NOW + 2 * HOUR)
        wave.refresh_from_db()
        assert wave.closed_at == NOW + HOUR

    def test_does_not_close_a_draft(self, campaign: Campaign) -> None:
        assert not close_wave(wave_id=make_draft(campaign).pk, now=NOW)


class TestRefreshDueParticipation:
    def test_counts_once_a_day(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)
        refresh_due_participation(now=NOW)
        answer_wave(wave, wave.groups.get(code="a"), [1] * 20)

        refresh_due_participation(now=NOW + HOUR)
        today = shares(wave)
        refresh_due_participation(now=NOW + timedelta(days=1))

        assert today == {"top": "under 10 %", "a": "under 17 %", "b": "under 20 %"}
        assert shares(wave) == {"top": "30 %", "a": "51 %", "b": "under 20 %"}

    def test_counts_a_last_time_at_the_close(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)
        answer_wave(wave, wave.groups.get(code="a"), [1] * 20)

        close_wave(wave_id=wave.pk, now=NOW)

        assert shares(wave)["top"] == "30 %"

    def test_is_empty_before_the_first_count(self, campaign: Campaign) -> None:
        participation = get_participation(wave=make_draft(campaign))

        assert (participation.counted_date, participation.rows) == (None, ())


def shares(wave: Wave) -> dict[str, str]:
    wave.refresh_from_db()
    return {row.code: row.share for row in get_participation(wave=wave).rows}
