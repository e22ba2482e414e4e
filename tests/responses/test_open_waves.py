"""Open links from the answer to the release, beside the letters of the same campaign."""

from datetime import datetime, timedelta

import pytest

from survey.aggregation.models import Figure, Release
from survey.aggregation.services import make_due_releases, refresh_due_rollups
from survey.campaigns.invariants import broken_invariants as broken_waves
from survey.campaigns.models import Door, UsedNonce, Wave
from survey.campaigns.services import close_due_waves, destroy_due_keys, withdraw_wave
from survey.responses.invariants import broken_invariants
from survey.responses.models import Cell, Intake, Response
from survey.responses.services import clear_withdrawn_waves, seal_due_waves
from tests.factories.campaigns import NOW, make_open_wave
from tests.factories.collectors import answer_openly, link_of, make_kiosks, make_links, make_shops
from tests.factories.responses import put_boxes
from tests.stages import stage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
APRIL = datetime(2026, 4, 2, 9, tzinfo=NOW.tzinfo)
OVER = NOW + 90 * DAY


@stage
def wave() -> Wave:
    return make_links(closes_at=OVER)


def run(now: datetime) -> None:
    seal_due_waves(now=now)
    refresh_due_rollups(now=now)
    make_due_releases(now=now)


def sound(now: datetime = NOW) -> bool:
    return broken_invariants(now=now) == broken_waves(now=now) == []


class TestAnOpenWave:
    def test_seals_wall_and_tablet_of_a_team_together(self, wave: Wave) -> None:
        make_kiosks(wave)
        answer_openly(link_of(wave, "north"), [1, 2, 3])
        answer_openly(link_of(wave, "north", "KIOSK"), [3, 3])
        answer_openly(link_of(wave, "south"), [1] * 4)

        seal_due_waves(now=NOW)

        assert [cell.group.code for cell in Cell.objects.all()] == ["north"]
        assert (Response.objects.count(), Intake.objects.count()) == (5, 4)
        assert sound()

    def test_is_released_by_month_and_ends_with_its_keys(self, wave: Wave) -> None:
        answer_openly(link_of(wave, "north"), [1, 2, 3, 3, 3])
        run(NOW)
        assert not Release.objects.exists()

        run(APRIL)
        release = Release.objects.get()
        assert (release.wave, release.month_start.month) == (wave, 3)
        assert Figure.objects.filter(group__code="north").exists()
        assert sound(APRIL)

        answer_openly(link_of(wave, "south"), [1] * 3, now=APRIL)
        close_due_waves(now=OVER)
        run(OVER)
        destroy_due_keys(now=OVER)
        wave.refresh_from_db()

        assert (wave.n_counted, wave.n_discarded, wave.n_spent) == (8, 3, None)
        assert not Door.objects.exists()
        assert not UsedNonce.objects.exists()
        assert wave.keys_destroyed_at == OVER
        assert sound(OVER)

    def test_has_figures_of_its_own_beside_the_letters(self, wave: Wave) -> None:
        letters = make_open_wave(wave.campaign, closes_at=OVER)
        put_boxes(letters, letters.groups.get(code="north"), [1] * 5)
        answer_openly(link_of(wave, "north"), [3] * 6)

        run(NOW)
        run(APRIL)

        found = Figure.objects.filter(group__code="north", metric="customer_shops")
        rows = dict(found.values_list("release__wave", "n"))
        assert rows == {letters.pk: 5, wave.pk: 6}
        assert len(set(found.values_list("mean", flat=True))) == 2

    def test_counts_on_while_nonces_are_forgotten_and_cells_sealed(self, wave: Wave) -> None:
        day = NOW
        for number in range(8):
            answer_openly(link_of(wave, "north"), [1 + number % 3] * 2, now=day)
            seal_due_waves(now=day)
            assert sound(day), day
            day += DAY

    def test_leaves_nothing_when_it_is_withdrawn(self, wave: Wave) -> None:
        answer_openly(link_of(wave, "north"), [1] * 6)
        seal_due_waves(now=NOW)

        withdraw_wave(wave_id=wave.pk, reason="by mistake", now=NOW)
        clear_withdrawn_waves()
        destroy_due_keys(now=NOW)

        assert not UsedNonce.objects.exists()
        assert not Response.objects.exists()
        assert sound(NOW + DAY)


class TestBrokenInvariants:
    @pytest.fixture
    def answered(self, wave: Wave) -> Wave:
        answer_openly(link_of(wave, "north"), [1, 2, 3])
        return wave

    def test_finds_a_lost_box(self, answered: Wave) -> None:
        Intake.objects.order_by("pk")[:1].get().delete()

        (sentence,) = broken_invariants(now=NOW)
        assert "2 boxes, 0 responses and 0 discarded do not make the 3" in sentence

    def test_finds_an_answer_that_nobody_sent(self, answered: Wave) -> None:
        put_boxes(answered, answered.groups.get(code="north"), [1])

        assert len(broken_invariants(now=NOW)) == 1

    def test_finds_a_nonce_that_vanished_uncounted(self, answered: Wave) -> None:
        UsedNonce.objects.order_by("pk")[:1].get().delete()

        assert len(broken_invariants(now=NOW)) == 1

    def test_finds_a_door_that_is_missing_or_left_open(self, answered: Wave) -> None:
        UsedNonce.objects.all().delete()
        door = Door.objects.get()
        door.delete()
        assert "no door" in broken_waves(now=NOW)[0]

        Door.objects.create(wave=answered)
        Wave.objects.update(closed_at=NOW, sealed_at=NOW, keys_destroyed_at=NOW)
        assert any("could still come in" in line for line in broken_waves(now=NOW + DAY))

    def test_finds_a_door_where_nothing_is_open(self) -> None:
        letters = make_open_wave(make_shops())
        Door.objects.create(wave=letters)

        assert any("no open links" in line for line in broken_waves(now=NOW))
