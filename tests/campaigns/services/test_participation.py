"""How many links have been used, once a day."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.campaigns.models import Campaign, Wave
from survey.campaigns.selectors import get_participation
from survey.campaigns.services import close_wave, refresh_due_participation, withdraw_wave
from survey.campaigns.services.participation import refresh_participation
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
    tokens_of,
)
from tests.factories.colleagues import make_colleagues, rate_all, serve
from tests.factories.responses import answer_wave, close_and_seal

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def withdraw(wave: Wave) -> None:
    withdraw_wave(wave_id=wave.pk, reason="Wrong letter", now=NOW)


@pytest.fixture
def among_colleagues() -> Wave:
    """Thirty people are asked about two teams each; the smallest step is that of five of them."""
    teams = make_teams({"top": None, "ops": "top", "it": "top", "hr": "top"}, {"ops": 30})
    serve(teams, "it>ops", "hr>ops")
    return make_open_wave(make_colleagues(teams["top"], arrows_per_person=2))


class TestRatings:
    def test_are_counted_all_together_and_in_steps_of_k_people(
        self, among_colleagues: Wave
    ) -> None:
        rate_all(among_colleagues, lambda provider: 3, tokens_of(among_colleagues)[:15])

        refresh_due_participation(now=NOW)

        (row,) = get_participation(wave=Wave.objects.get(pk=among_colleagues.pk)).rows
        assert (row.code, row.n_invited, row.share) == ("top", 60, "34 %")  # 30 of 60: not "50 %"

    def test_are_not_told_where_too_few_are_asked_for(self, among_colleagues: Wave) -> None:
        Wave.objects.filter(pk=among_colleagues.pk).update(threshold=20)

        refresh_due_participation(now=NOW)

        assert get_participation(wave=Wave.objects.get(pk=among_colleagues.pk)).rows == ()


@pytest.fixture
def campaign() -> Campaign:
    teams = make_teams({"top": None, "a": "top", "b": "top"}, {"a": 30, "b": 25})
    return make_campaign(teams["top"])


class TestRefreshDueParticipation:
    def test_counts_once_a_day(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)
        refresh_due_participation(now=NOW)
        answer_wave(wave, wave.groups.get(code="a"), [1] * 20)

        refresh_due_participation(now=NOW + HOUR)
        today = shares(wave)
        refresh_due_participation(now=NOW + timedelta(days=1))

        assert today == {"top": "under 20 %", "a": "under 20 %", "b": "under 20 %"}
        assert shares(wave) == {"top": "20 %", "a": "60 %", "b": "under 20 %"}

    def test_keeps_what_was_shown_on_each_day_and_nothing_finer(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)
        refresh_due_participation(now=NOW)
        answer_wave(wave, wave.groups.get(code="a"), [1] * 20)
        refresh_due_participation(now=NOW + timedelta(days=1))
        close_wave(wave_id=wave.pk, now=NOW + timedelta(days=1, hours=2))

        few = "under 20 %"
        assert Wave.objects.get(pk=wave.pk).participation["days"] == [
            {"date": "2026-03-02", "shares": {"top": few, "a": few, "b": few}},
            {"date": "2026-03-03", "shares": {"top": "20 %", "a": "60 %", "b": few}},
        ]

    def test_counts_a_last_time_at_the_close(self, campaign: Campaign) -> None:
        wave = make_open_wave(campaign)
        answer_wave(wave, wave.groups.get(code="a"), [1] * 20)

        close_wave(wave_id=wave.pk, now=NOW)

        assert shares(wave)["top"] == "20 %"

    @pytest.mark.parametrize("end", [close_and_seal, withdraw])
    def test_is_not_counted_again_once_the_links_are_gone(
        self, campaign: Campaign, end: Callable[[Wave], None]
    ) -> None:
        wave = make_open_wave(campaign)
        answer_wave(wave, wave.groups.get(code="a"), [1] * 20)
        refresh_due_participation(now=NOW)
        begun_before = Wave.objects.get(pk=wave.pk)
        end(wave)

        refresh_participation(wave=begun_before, now=NOW + HOUR)

        assert shares(wave)["a"] == "60 %"

    def test_is_empty_before_the_first_count(self, campaign: Campaign) -> None:
        participation = get_participation(wave=make_draft(campaign))

        assert (participation.counted_date, participation.rows) == (None, ())


def shares(wave: Wave) -> dict[str, str]:
    wave.refresh_from_db()
    return {row.code: row.share for row in get_participation(wave=wave).rows}
