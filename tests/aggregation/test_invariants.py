"""Each invariant is seen to break."""

from dataclasses import replace
from datetime import datetime

import pytest

from survey.aggregation import invariants
from survey.aggregation.checksums import compute_checksum
from survey.aggregation.invariants import broken_invariants
from survey.aggregation.metrics import Metric
from survey.aggregation.models import Figure, Release, Rollup
from survey.aggregation.services import make_due_releases, refresh_due_rollups
from survey.campaigns.models import Group, Wave
from survey.questionnaires.content import ProfileContent
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

TREE = {"company": None, "food": "company", "bakery": "food", "kitchen": "food"}


@stage
def groups(organisation: Organisation, now: datetime) -> dict[str, Group]:
    """A released wave."""
    wave = make_wave(make_campaign(make_instrument(), organisation.company))
    groups = plant(wave, TREE)
    answer(groups["bakery"], [fair(4)] * 12)
    answer(groups["kitchen"], [fair(2), fair(3)] * 6)
    refresh_due_rollups(now=now)
    make_due_releases(now=now)
    return groups


def sign() -> None:
    """Make the checksum fit again, as a forger would."""
    release = Release.objects.get()
    figures = release.figures.select_related("group")
    release.checksum = compute_checksum(release, ((one.group.code, one) for one in figures))
    release.save()


class TestBrokenInvariants:
    @pytest.fixture(autouse=True)
    def starts_whole(self, groups: dict[str, Group], now: datetime) -> None:
        assert broken_invariants(now=now) == []

    def test_finds_a_rollup_that_is_no_recount(self, now: datetime) -> None:
        Rollup.objects.filter(group__code="bakery", metric="fair").update(total=1)
        (line,) = broken_invariants(now=now)
        assert "no recount" in line

    def test_finds_a_rollup_without_answers(self, groups: dict[str, Group], now: datetime) -> None:
        groups["bakery"].responses.all().delete()
        assert "no answers behind it" in broken_invariants(now=now)[0]

    def test_finds_a_missing_rollup(self, now: datetime) -> None:
        Rollup.objects.filter(group__code="bakery", metric="fair").delete()
        assert "no recount" in broken_invariants(now=now)[0]

    @pytest.mark.parametrize(
        "change", [{"mean": 1.0}, {"n": 13}, {"detail": {"end": "high"}}, {"se": None}]
    )
    def test_finds_a_changed_figure(self, change: dict[str, object], now: datetime) -> None:
        Figure.objects.filter(group__code="bakery", metric="fair").update(**change)
        assert any("checksum" in line for line in broken_invariants(now=now))

    def test_finds_a_changed_statement_about_a_scale(self, now: datetime) -> None:
        Release.objects.update(scales={})
        assert "checksum" in broken_invariants(now=now)[0]

    def test_finds_figures_that_isolate_somebody(self, now: datetime) -> None:
        Figure.objects.filter(group__code="bakery", metric__contains="fair").update(n=9)
        sign()
        (line,) = broken_invariants(now=now)
        assert "family fair isolates 3 people in food" in line

    def test_finds_metrics_of_a_family_that_count_different_people(self, now: datetime) -> None:
        Figure.objects.filter(group__code="bakery", metric="item:fair_1").delete()
        sign()
        assert any("count different people" in line for line in broken_invariants(now=now))

    def test_finds_profiles_that_tell_of_fewer_than_ten(
        self, groups: dict[str, Group], now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        others = (ProfileContent("others", "Others", "everybody", {}, {}),)
        real = invariants.read_metrics

        def with_profiles(wave: Wave) -> dict[str, tuple[Metric, ...]]:
            found = real(wave)
            profile = replace(found["fair"][0], code="profile:fair", profiles=others)
            return found | {"fair": (*found["fair"], profile)}

        monkeypatch.setattr(invariants, "read_metrics", with_profiles)
        self.show_profiles(groups, food=24, bakery=12)
        assert self.told(now) == []
        Figure.objects.filter(metric="profile:fair").delete()
        Figure.objects.filter(group__code__in=["food", "company"]).update(n=19)
        Figure.objects.filter(group__code="kitchen").update(n=7)
        self.show_profiles(groups, food=19, bakery=12)

        (line,) = self.told(now)
        assert "family fair isolates 7 people in food" in line

        Figure.objects.filter(metric="profile:fair", group__code="food").update(n=18)
        assert any("count different people" in one for one in self.told(now))

    def told(self, now: datetime) -> list[str]:
        """Return what is broken beside what planting figures breaks anyhow."""
        planted = ("checksum", "recount", "no answers behind")
        return [one for one in broken_invariants(now=now) if not any(p in one for p in planted)]

    def show_profiles(self, groups: dict[str, Group], **people: int) -> None:
        for code, n in people.items():
            Figure.objects.create(
                release=Release.objects.get(),
                group=groups[code],
                metric="profile:fair",
                n=n,
                mean=20,
            )

    def test_forgives_answers_sealed_a_moment_ago(self, now: datetime) -> None:
        Rollup.objects.all().delete()
        assert broken_invariants(now=now) == []
        assert Wave.objects.count() == 1
