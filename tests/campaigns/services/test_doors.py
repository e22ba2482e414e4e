from datetime import UTC, datetime, timedelta

import pytest

from survey.campaigns.models import Door, UsedNonce, Wave
from survey.campaigns.services import close_door, forget_nonces
from survey.responses.invariants import broken_invariants
from tests.factories.campaigns import NOW, make_open_wave
from tests.factories.collectors import answer_openly, link_of, make_links, make_shops

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def wave() -> Wave:
    wave = make_links(closes_at=NOW + 100 * DAY)
    answer_openly(link_of(wave, "north"), [1, 2, 3])
    return wave


def counted(wave: Wave) -> int | None:
    wave.refresh_from_db()
    return wave.n_counted


class TestCloseDoor:
    def test_counts_who_came_and_lets_nobody_in_any_more(self, wave: Wave) -> None:
        close_door(wave_id=wave.pk)

        assert counted(wave) == 3
        assert not UsedNonce.objects.exists()
        assert not Door.objects.exists()

    def test_does_nothing_twice(self, wave: Wave) -> None:
        for _ in range(2):
            close_door(wave_id=wave.pk)

        assert counted(wave) == 3

    def test_leaves_a_personal_wave_alone(self) -> None:
        personal = make_open_wave(make_shops())

        close_door(wave_id=personal.pk)

        assert counted(personal) is None


class TestForgetNonces:
    def test_keeps_them_longer_than_a_page_can_be_sent(self, wave: Wave) -> None:
        last_moment = datetime(2026, 3, 3, 23, 59, 59, tzinfo=UTC)

        assert forget_nonces(now=last_moment) == 0
        assert forget_nonces(now=last_moment + timedelta(seconds=1)) == 3
        assert not UsedNonce.objects.exists()

    def test_keeps_the_count_right_at_every_moment(self, wave: Wave) -> None:
        answer_openly(link_of(wave, "south"), [1, 2], now=NOW + DAY)
        assert broken_invariants(now=NOW) == []

        assert forget_nonces(now=NOW + 2 * DAY) == 3
        assert (counted(wave), UsedNonce.objects.count()) == (3, 2)
        assert broken_invariants(now=NOW) == []

        assert forget_nonces(now=NOW + 3 * DAY) == 2
        assert forget_nonces(now=NOW + 9 * DAY) == 0
        assert counted(wave) == 5
        assert broken_invariants(now=NOW) == []

    def test_forgets_those_of_every_wave(self, wave: Wave) -> None:
        other = make_links(wave.campaign)
        answer_openly(link_of(other, "south"), [1])

        assert forget_nonces(now=NOW + 2 * DAY) == 4
        assert (counted(wave), counted(other)) == (3, 1)
