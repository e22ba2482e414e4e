"""Rolling up and releasing, from stored answers to frozen figures."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from survey.aggregation.invariants import broken_invariants
from survey.aggregation.models import Figure, Release, Rollup
from survey.aggregation.selectors import current_releases, released_figures
from survey.aggregation.services import (
    AlreadyReleasedError,
    AlreadySupersededError,
    DifferentRespondentsError,
    make_due_releases,
    make_release,
    refresh_due_rollups,
    supersede_release,
)
from survey.campaigns.models import Wave
from tests.cast import Organisation
from tests.factories.aggregation import (
    answer,
    fair,
    make_campaign,
    make_cell,
    make_instrument,
    make_wave,
    plant,
)
from tests.stages import stage

TREE = {"company": None, "food": "company", "goods": "company"} | {
    "bakery": "food",
    "kitchen": "food",
    "garden": "goods",
}


@stage
def wave(organisation: Organisation) -> Wave:
    """A sealed employee wave without answers."""
    return make_wave(make_campaign(make_instrument(), organisation.company))


def run(now: datetime) -> None:
    refresh_due_rollups(now=now)
    make_due_releases(now=now)


def figure(group: str, metric: str = "fair") -> Figure:
    return Figure.objects.get(release__superseded_by=None, group__code=group, metric=metric)


class TestRefreshDueRollups:
    def test_counts_each_answer_once_however_often_it_runs(self, wave: Wave, now: datetime) -> None:
        groups = plant(wave, TREE)
        answer(groups["bakery"], [fair(4)] * 6)

        assert refresh_due_rollups(now=now) == 1
        assert refresh_due_rollups(now=now) == 0

        rollup = Rollup.objects.get(metric="fair")
        assert (rollup.n, rollup.total, rollup.sum_squares) == (6, 24, 96)
        assert rollup.n_favourable == 6

    def test_leaves_a_wave_alone_that_another_worker_holds(self, wave: Wave, now: datetime) -> None:
        answer(plant(wave, TREE)["bakery"], [fair(4)] * 6)
        Wave.objects.update(lease_until=now.replace(year=2027))

        assert refresh_due_rollups(now=now) == 0
        assert not Rollup.objects.exists()

    def test_gives_the_lease_back(self, wave: Wave, now: datetime) -> None:
        answer(plant(wave, TREE)["bakery"], [fair(4)] * 6)

        refresh_due_rollups(now=now)

        wave.refresh_from_db()
        assert wave.lease_until is None


class TestMakeDueReleases:
    def test_prints_means_over_whole_subtrees(self, wave: Wave, now: datetime) -> None:
        groups = plant(wave, TREE)
        answer(groups["bakery"], [fair(4)] * 6)
        answer(groups["kitchen"], [fair(2)] * 6)

        run(now)

        assert figure("bakery").mean == 75
        assert figure("food").mean == figure("company").mean == 50
        assert figure("company").n == 12

    def test_hides_a_sibling_that_subtraction_would_give_back(
        self, wave: Wave, now: datetime
    ) -> None:
        groups = plant(wave, TREE, n_invited=6)
        answer(groups["bakery"], [fair(4)] * 6)
        answer(groups["food"], [fair(2)] * 3)

        run(now)

        shown = set(Figure.objects.filter(metric="fair").values_list("group__code", flat=True))
        assert shown == {"company", "food"}
        assert Release.objects.get().n_hidden == 3

    def test_says_only_the_mean_of_fewer_than_ten(self, wave: Wave, now: datetime) -> None:
        groups = plant(wave, TREE)
        answer(groups["bakery"], [fair(4), fair(3)] * 3)
        answer(groups["kitchen"], [fair(2), fair(3)] * 5)
        answer(groups["garden"], [fair(4), fair(3)] * 3)

        run(now)

        small, large = figure("bakery"), figure("kitchen")
        assert small.favourable is None
        assert small.detail == {}
        assert small.se is not None
        assert large.favourable == 5  # 5 or less
        assert figure("kitchen", "item:fair_1").detail["shares"]["3"] == 50

    def test_shows_no_shares_that_tell_those_of_fewer_than_ten(
        self, wave: Wave, now: datetime
    ) -> None:
        groups = plant(wave, TREE)
        answer(groups["bakery"], [fair(4), fair(3)] * 3)
        answer(groups["kitchen"], [fair(2), fair(3)] * 5)

        run(now)

        assert figure("company").favourable is not None
        assert figure("kitchen").favourable is None  # the company less the kitchen is the bakery

    def test_waits_until_all_answers_are_counted(self, wave: Wave, now: datetime) -> None:
        answer(plant(wave, TREE)["bakery"], [fair(4)] * 6)

        assert make_due_releases(now=now) == 0

    def test_releases_an_empty_wave_without_figures(self, wave: Wave, now: datetime) -> None:
        plant(wave, TREE)

        assert make_due_releases(now=now) == 1
        assert not Figure.objects.exists()

    def test_costs_three_queries_when_nothing_is_due(
        self, wave: Wave, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        run(now)

        with django_assert_num_queries(3):
            run(now)

    def test_shows_nothing_of_a_withdrawn_wave(self, wave: Wave, now: datetime) -> None:
        answer(plant(wave, TREE)["bakery"], [fair(4)] * 6)
        Wave.objects.update(sealed_at=None, withdrawn_at=now, withdrawn_reason="by mistake")

        run(now)

        assert not Release.objects.exists()

    def test_knows_no_spread_from_published_counts(self, wave: Wave, now: datetime) -> None:
        groups = plant(wave, TREE)
        Wave.objects.update(channel="IMPORT", counts_digest="0" * 64)
        answer(groups["bakery"], [fair(4), fair(3)] * 10)
        answer(groups["kitchen"], [fair(2), fair(3)] * 10)

        run(now)

        assert figure("bakery").mean == 62.5
        assert figure("bakery").se is None
        assert figure("bakery", "item:fair_1").favourable == 50
        said = Release.objects.get().scales["fair"]
        assert said["gate"] is None
        assert said["alpha"] is None
        assert said["reason"] == "not known from counts"


class TestMakeRelease:
    def test_refuses_to_make_a_second_one(self, wave: Wave, now: datetime) -> None:
        make_release(wave_id=wave.pk, now=now)

        with pytest.raises(AlreadyReleasedError):
            make_release(wave_id=wave.pk, now=now)


class TestSupersedeRelease:
    def test_counts_again_and_is_read_instead(self, wave: Wave, now: datetime) -> None:
        answer(plant(wave, TREE)["bakery"], [fair(4)] * 6)
        run(now)
        wrong = Release.objects.get()
        Figure.objects.update(mean=12)

        right = supersede_release(release_id=wrong.pk, reason="counted wrongly", now=now)

        assert current_releases().get() == right
        assert set(released_figures(wave_ids=[wave.pk])["mean"]) == {75.0, 50.0}
        assert wrong.checksum == right.checksum
        assert Release.objects.count() == 2

    def test_shows_the_same_groups_although_more_could_be_shown(
        self, wave: Wave, now: datetime
    ) -> None:
        groups = plant(wave, TREE)
        answer(groups["bakery"], [fair(4)] * 6)
        answer(groups["kitchen"], [fair(4)] * 6)
        run(now)
        old = Release.objects.get()
        Figure.objects.filter(group__code="kitchen").delete()

        new = supersede_release(release_id=old.pk, reason="counted wrongly", now=now)

        assert not new.figures.filter(group__code="kitchen").exists()

    def test_refuses_a_superseded_release(self, wave: Wave, now: datetime) -> None:
        old = make_release(wave_id=wave.pk, now=now)
        supersede_release(release_id=old.pk, reason="counted wrongly", now=now)

        with pytest.raises(AlreadySupersededError):
            supersede_release(release_id=old.pk, reason="once more", now=now)

    def test_refuses_to_count_other_people(self, wave: Wave, now: datetime) -> None:
        groups = plant(wave, TREE)
        answer(groups["bakery"], [fair(4)] * 6)
        run(now)
        answer(groups["bakery"], [fair(4)])

        with pytest.raises(DifferentRespondentsError):
            supersede_release(
                release_id=Release.objects.get().pk, reason="counted wrongly", now=now
            )

        assert Rollup.objects.get(metric="fair").n == 6

    def test_needs_a_reason(self, wave: Wave, now: datetime) -> None:
        old = make_release(wave_id=wave.pk, now=now)

        with pytest.raises(IntegrityError):
            supersede_release(release_id=old.pk, reason="", now=now)


class TestCustomerMonths:
    @pytest.fixture
    def open_wave(self, organisation: Organisation) -> Wave:
        """A customer wave that is still open."""
        campaign = make_campaign(make_instrument("CUSTOMER"), organisation.company, "care")
        return make_wave(campaign, closed_at=datetime(2026, 12, 1, tzinfo=UTC), is_open=True)

    def test_releases_a_month_once_it_is_over(self, open_wave: Wave) -> None:
        group = plant(open_wave, TREE)["bakery"]
        make_cell(group, date(2026, 2, 10), [fair(4)] * 5)

        run(datetime(2026, 3, 1, 0, 30, tzinfo=UTC))
        assert not Release.objects.exists()
        run(datetime(2026, 3, 1, 1, 30, tzinfo=UTC))

        assert Release.objects.get().month_start == date(2026, 2, 1)
        assert figure("bakery").n == 5

    def test_waits_for_the_last_cells_of_a_wave_that_was_closed(self, open_wave: Wave) -> None:
        group = plant(open_wave, TREE)["bakery"]
        make_cell(group, date(2026, 2, 10), [fair(4)] * 5)
        Wave.objects.update(closed_at=datetime(2026, 2, 28, tzinfo=UTC))

        run(datetime(2026, 3, 5, tzinfo=UTC))

        assert not Release.objects.exists()

    def test_carries_too_few_valid_answers_over_to_the_next_month(self, open_wave: Wave) -> None:
        group = plant(open_wave, TREE)["bakery"]
        make_cell(group, date(2026, 2, 10), [fair(4)] * 3 + [{}] * 2)
        make_cell(group, date(2026, 3, 10), [fair(2)] * 5)

        run(datetime(2026, 4, 2, tzinfo=UTC))

        february, march = Release.objects.order_by("month_start")
        assert not february.figures.filter(metric="fair").exists()
        assert february.n_hidden == 1
        assert march.figures.get(group__code="bakery", metric="fair").n == 8

    def test_does_not_join_an_answer_backwards(self, open_wave: Wave) -> None:
        group = plant(open_wave, TREE)["bakery"]
        make_cell(group, date(2026, 2, 10), [fair(4)] * 5)
        make_cell(group, date(2026, 2, 20), [fair(2)] * 4 + [{}])

        run(datetime(2026, 4, 2, tzinfo=UTC))

        assert figure("bakery").n == 5

    def test_releases_the_running_month_when_the_wave_is_sealed(self, open_wave: Wave) -> None:
        group = plant(open_wave, TREE)["bakery"]
        make_cell(group, date(2026, 2, 10), [fair(4)] * 5)
        closed = datetime(2026, 2, 11, tzinfo=UTC)
        Wave.objects.update(closed_at=closed, sealed_at=closed)

        run(closed)

        assert Release.objects.get().month_start == date(2026, 2, 1)
        assert broken_invariants(now=datetime(2026, 2, 11, tzinfo=UTC)) == []
