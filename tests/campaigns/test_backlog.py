from datetime import timedelta

import pytest

from survey.campaigns.backlog import count_ledger, list_backlogs
from survey.campaigns.models import Invitation, Wave
from survey.campaigns.services import snooze_address, withdraw_wave
from survey.letters.services import stop_address
from tests.campaigns.services.test_ledger import make_next_wave
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.stages import stage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = NOW.date()


@stage
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 7})["top"]))


class TestListBacklogs:
    def test_is_empty_where_everybody_was_asked_as_planned(self, wave: Wave) -> None:
        assert list_backlogs(now=NOW) == ()

    def test_counts_by_wave_and_day_who_waits_and_who_is_left_out(self, wave: Wave) -> None:
        following = make_next_wave(wave, days=1)
        first = Invitation.objects.filter(wave=following).earliest("pk")
        Invitation.objects.filter(pk=first.pk).update(
            delivery=None, deferred_until=TODAY + 90 * DAY
        )

        soon, late = list_backlogs(now=NOW + DAY)

        assert (soon.wave_id, soon.until_date) == (following.pk, TODAY + 3 * DAY)
        assert (soon.n_waiting, soon.n_asked, soon.n_unasked) == (6, 0, 0)
        assert (late.n_waiting, late.n_asked, late.n_unasked) == (0, 0, 1)
        assert [row.n_asked for row in list_backlogs(now=NOW + 9 * DAY)] == [6, 0]

    def test_counts_whose_rest_lasts_longer_than_the_survey_as_left_out(self, wave: Wave) -> None:
        following = make_next_wave(wave, days=1, closes=10)
        person = Invitation.objects.filter(wave=following).earliest("pk").person
        assert person is not None
        snooze_address(address=person.email, until_date=TODAY + 90 * DAY, today=TODAY + DAY)

        rows = list_backlogs(now=NOW + DAY)
        soon, late = (row for row in rows if row.wave_id == following.pk)

        assert (soon.n_waiting, soon.n_unasked) == (6, 0)
        assert (late.until_date, late.n_waiting, late.n_unasked) == (TODAY + 90 * DAY, 0, 1)

    def test_leaves_out_what_is_long_over_or_was_taken_back(self, wave: Wave) -> None:
        following = make_next_wave(wave, days=1)
        Wave.objects.filter(pk=following.pk).update(closed_at=NOW + 10 * DAY)

        assert list_backlogs(now=NOW + 11 * DAY)
        assert not list_backlogs(now=NOW + 50 * DAY)
        withdraw_wave(wave_id=following.pk, reason="a mistake", now=NOW + 11 * DAY)
        assert not list_backlogs(now=NOW + 11 * DAY)


class TestCountLedger:
    def test_counts_letters_rests_and_stops(self, wave: Wave) -> None:
        snooze_address(address="a@example.org", until_date=TODAY + 40 * DAY, today=TODAY)
        snooze_address(address="b@example.org", until_date=TODAY + DAY, today=TODAY)
        stop_address(address="c@example.org", today=TODAY)

        counts = count_ledger(today=TODAY + 35 * DAY)

        assert (counts.n_letters_of_month, counts.n_letters_of_year) == (0, 7)
        assert (counts.n_resting, counts.n_stopped) == (1, 1)
