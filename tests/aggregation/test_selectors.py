"""The door to figures."""

from datetime import datetime

from pytest_django import DjangoAssertNumQueries

from survey.aggregation.models import Release
from survey.aggregation.selectors import current_releases, released_figures
from survey.aggregation.services import (
    make_due_releases,
    refresh_due_rollups,
    supersede_release,
)
from survey.aggregation.tasks import make_releases, refresh_rollups
from survey.campaigns.models import Wave
from tests.cast import Organisation
from tests.factories.aggregation import (
    answer,
    fair,
    make_campaign,
    make_instrument,
    make_wave,
    plant,
)
from tests.stages import stage


@stage
def wave(organisation: Organisation) -> Wave:
    """A sealed wave in which two teams answered."""
    wave = make_wave(make_campaign(make_instrument(), organisation.company))
    groups = plant(wave, {"company": None, "bakery": "company", "garden": "company"})
    answer(groups["bakery"], [fair(4)] * 12)
    answer(groups["garden"], [fair(2)] * 3)
    return wave


@stage
def released(wave: Wave, now: datetime) -> Wave:
    refresh_due_rollups(now=now)
    make_due_releases(now=now)
    return wave


class TestReleasedFigures:
    def test_has_a_row_per_group_and_metric(self, released: Wave) -> None:
        frame = released_figures(wave_ids=[released.pk], metrics=["fair"])
        assert frame[["group_code", "group_kind", "n", "mean"]].to_numpy().tolist() == [
            ["company", "NODE", 15, 65.0],
        ]

    def test_has_its_columns_when_there_is_nothing(self, db: None) -> None:
        frame = released_figures(wave_ids=[])
        assert frame.empty
        assert {"wave_id", "month_start", "group_kind", "favourable"} <= set(frame.columns)

    def test_asks_once(
        self, released: Wave, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            released_figures(wave_ids=[released.pk])

    def test_knows_nothing_of_a_superseded_release(self, released: Wave, now: datetime) -> None:
        old = Release.objects.get()
        supersede_release(release_id=old.pk, reason="counted wrongly", now=now)
        assert len(released_figures(wave_ids=[released.pk], metrics=["fair"])) == 1


class TestCurrentReleases:
    def test_leaves_superseded_ones_and_other_campaigns_out(
        self, released: Wave, now: datetime
    ) -> None:
        old = Release.objects.get()
        new = supersede_release(release_id=old.pk, reason="counted wrongly", now=now)
        assert list(current_releases(campaigns=[released.campaign])) == [new]
        assert not current_releases(campaigns=[]).exists()


class TestTasks:
    def test_do_what_is_due(self, wave: Wave) -> None:
        refresh_rollups()
        make_releases()
        assert current_releases(campaigns=[wave.campaign]).get().wave == wave
