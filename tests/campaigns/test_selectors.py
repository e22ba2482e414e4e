from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.models import Wave
from survey.campaigns.selectors import (
    ClosedLinkError,
    NotYetOpenError,
    UnknownLinkError,
    get_link,
    last_day,
    list_waves,
)
from survey.campaigns.services import close_wave, launch_wave
from tests.factories.campaigns import (
    NOW,
    TWO_WEEKS,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
    tokens_of,
)
from tests.factories.responses import close_and_seal
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))


class TestGetLink:
    def test_returns_what_the_page_needs_in_one_query_of_a_wave_that_is_known(
        self, wave: Wave, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        other, token = tokens_of(wave)[:2]
        with django_assert_num_queries(2):
            get_link(token=other, now=NOW)

        with django_assert_num_queries(1):
            link = get_link(token=token, now=NOW)
            assert link.campaign.scope.code == "top"
            assert link.letter is not None
            assert link.group.code == "top"
        assert not link.is_spent

    def test_knows_no_made_up_links(self, wave: Wave) -> None:
        with pytest.raises(UnknownLinkError):
            get_link(token="made-up", now=NOW)

    def test_says_when_the_wave_is_not_open_yet(self, wave: Wave) -> None:
        later = make_draft(wave.campaign, opens_at=NOW + TWO_WEEKS)
        launch_wave(wave_id=later.pk, now=NOW)

        with pytest.raises(NotYetOpenError):
            get_link(token=tokens_of(later)[0], now=NOW)

    def test_says_when_the_wave_has_closed_and_when_the_next_one_opens(self, wave: Wave) -> None:
        token = tokens_of(wave)[0]
        later = make_draft(wave.campaign, opens_at=NOW + 2 * TWO_WEEKS)
        launch_wave(wave_id=later.pk, now=NOW)

        with pytest.raises(ClosedLinkError) as caught:
            get_link(token=token, now=NOW + TWO_WEEKS)
        assert caught.value.next_opens_at == later.opens_at

    def test_says_so_when_the_wave_was_closed_early(self, wave: Wave) -> None:
        close_wave(wave_id=wave.pk, now=NOW)

        with pytest.raises(ClosedLinkError):
            get_link(token=tokens_of(wave)[0], now=NOW)

    def test_still_knows_the_wave_when_the_credentials_are_gone(self, wave: Wave) -> None:
        token = tokens_of(wave)[0]
        close_and_seal(wave)

        with pytest.raises(ClosedLinkError) as caught:
            get_link(token=token, now=NOW)
        assert caught.value.wave == wave
        assert caught.value.next_opens_at is None


class TestLastDay:
    def test_counts_a_wave_that_closes_at_midnight_to_the_day_before(self) -> None:
        midnight = datetime(2026, 4, 1, tzinfo=UTC)
        wave = Wave(closes_at=midnight, closed_at=midnight + timedelta(seconds=5))

        assert f"{last_day(wave=wave, now=midnight + timedelta(hours=3))}" == "2026-03-31"

    def test_counts_an_early_close(self) -> None:
        wave = Wave(closes_at=NOW + TWO_WEEKS, closed_at=NOW)

        assert last_day(wave=wave, now=NOW + timedelta(days=3)) == NOW.date()


class TestListWaves:
    def test_shows_the_newest_first_in_one_query(
        self, wave: Wave, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        later = make_draft(wave.campaign, opens_at=NOW + TWO_WEEKS)

        with django_assert_num_queries(1):
            assert [row.campaign.scope.code for row in list_waves()] == ["top", "top"]
        assert list(list_waves()) == [later, wave]
