"""Customers' cuts, month by month."""

from datetime import date, datetime, timedelta

import pytest

from survey.aggregation.cut_counting import list_uncounted_months
from survey.aggregation.invariants import broken_invariants
from survey.aggregation.models import CutFigure, CutReason, CutRollup, Release
from survey.aggregation.services import make_due_releases, make_release, refresh_due_rollups
from survey.campaigns.keys import KeysMissingError, destroy_keys
from survey.campaigns.models import Wave
from survey.campaigns.services import close_wave
from survey.responses.models import CutBox
from survey.responses.services import seal_due_waves, seal_wave
from tests.factories.campaigns import NOW
from tests.factories.cuts import (
    CHANNELS,
    TEAMS,
    draw_customers,
    make_customer_wave,
    put_customers,
)

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
IN_APRIL, IN_MAY = NOW + timedelta(days=31), NOW + timedelta(days=62)


@pytest.fixture
def wave() -> Wave:
    return make_customer_wave()


def answer(wave: Wave, n_each: int = 3, *, now: datetime = NOW) -> None:
    """Let customers of all teams answer, and seal what is full."""
    for seed, code in enumerate(TEAMS):
        put_customers(wave, code, draw_customers(n_each, seed))
    seal_due_waves(now=now)


def release_due(now: datetime) -> None:
    refresh_due_rollups(now=now)
    make_due_releases(now=now)


def release_of(wave: Wave, month: date) -> Release:
    return Release.objects.get(wave=wave, month_start=month)


def told(wave: Wave) -> list[int]:
    """Return how many customers March and April are told of by channel."""
    rows = CutFigure.objects.filter(release__wave=wave)
    return [
        sum(rows.filter(release__month_start=month).values_list("n", flat=True))
        for month in (MARCH, APRIL)
    ]


class TestCountWaitingMonth:
    def test_tells_a_month_of_an_open_wave_by_channel(self, wave: Wave) -> None:
        answer(wave)
        release_due(NOW)
        assert not CutRollup.objects.exists()

        release_due(IN_APRIL)

        made = release_of(wave, MARCH)
        figures = list(made.cut_figures.order_by("place"))
        assert [one.levels for one in figures] == [[channel] for channel in CHANNELS]
        assert [one.n for one in figures] == [12, 12, 12]
        assert made.cuts[0]["left_out"] == {}
        assert not CutBox.objects.exists()
        assert broken_invariants(now=IN_APRIL) == []

    def test_counts_each_month_by_itself(self, wave: Wave) -> None:
        answer(wave)
        release_due(IN_APRIL)
        answer(wave, 4, now=IN_APRIL)
        release_due(IN_MAY)

        assert told(wave) == [36, 48]
        assert broken_invariants(now=IN_MAY) == []

    def test_counts_what_was_left_over_in_the_month_in_which_it_is_opened(self, wave: Wave) -> None:
        put_customers(wave, "a", draw_customers(1))
        answer(wave)
        put_customers(wave, "a", draw_customers(1))
        seal_due_waves(now=NOW)
        release_due(IN_APRIL)
        answer(wave, now=IN_APRIL)
        release_due(IN_MAY)

        assert told(wave) == [39, 39]

    def test_keeps_what_a_family_has_not_counted_yet(self, wave: Wave) -> None:
        """All customers of team a skip the questions in March: their cell belongs to April."""
        for code in TEAMS[1:]:
            put_customers(wave, code, draw_customers(3))
        put_customers(wave, "a", [(channel, None) for channel in CHANNELS * 3])
        seal_due_waves(now=NOW)
        release_due(IN_APRIL)
        assert CutBox.objects.count() == 9

        answer(wave, now=IN_APRIL)
        release_due(IN_MAY)

        assert told(wave) == [27, 36]
        assert not CutBox.objects.exists()

    def test_leaves_out_what_gives_a_few_away(self, wave: Wave) -> None:
        for code in TEAMS:
            put_customers(wave, code, [("till", 3)] * 3 + [("phone", 1)] * 3 + [("web", 1)] * 3)
        seal_due_waves(now=NOW)
        release_due(IN_APRIL)

        assert CutRollup.objects.get().reason == CutReason.TELLS
        assert set(release_of(wave, MARCH).cuts[0]["left_out"].values()) == {"TELLS"}

    def test_says_that_what_it_was_told_by_is_lost(self, wave: Wave) -> None:
        answer(wave)
        CutBox.objects.filter(pk=CutBox.objects.values("pk")[:1]).update(box=b"damaged")
        release_due(IN_APRIL)

        assert CutRollup.objects.get().reason == CutReason.LOST
        assert not release_of(wave, MARCH).cut_figures.exists()

    def test_waits_three_days_for_keys_and_releases_without(self, wave: Wave) -> None:
        answer(wave)
        refresh_due_rollups(now=NOW)
        destroy_keys(wave=wave)

        with pytest.raises(KeysMissingError):
            make_release(wave_id=wave.pk, month_start=MARCH, now=IN_APRIL)
        made = make_release(wave_id=wave.pk, month_start=MARCH, now=IN_APRIL + timedelta(days=3))

        assert set(made.cuts[0]["left_out"].values()) == {"LOST"}
        assert made.figures.exists()


class TestLastSeal:
    def test_counts_all_months_that_are_left_and_keeps_no_box(self, wave: Wave) -> None:
        answer(wave)
        answer(wave, 2, now=IN_APRIL)
        close_wave(wave_id=wave.pk, now=IN_APRIL)
        put_customers(wave, "a", draw_customers(2))

        seal_wave(wave_id=wave.pk, now=IN_APRIL)

        assert not CutBox.objects.exists()
        wave.refresh_from_db()
        assert list_uncounted_months(wave=wave) == []
        release_due(IN_MAY)
        assert told(wave) == [36, 30]
        assert broken_invariants(now=IN_MAY) == []
