import pytest

from survey.aggregation.cut_printing import adds_up
from survey.aggregation.invariants import broken_invariants
from survey.aggregation.models import CutFigure, CutReason, CutRollup, Figure, Release
from survey.aggregation.services import make_release, refresh_rollups, supersede_release
from survey.campaigns.models import Wave
from tests.factories.campaigns import NOW
from tests.factories.cuts import LEVELS, TENURE, root_of, seal_answered

pytestmark = pytest.mark.django_db


def release(wave: Wave) -> Release:
    refresh_rollups(wave_id=wave.pk)
    return make_release(wave_id=wave.pk, now=NOW)


class TestPrintCuts:
    def test_prints_a_mean_per_level_that_adds_up(self) -> None:
        wave = seal_answered()
        made = release(wave)

        figures = list(made.cut_figures.order_by("place"))
        metric = figures[0].metric
        whole = Figure.objects.get(release=made, group=root_of(wave), metric=metric)
        assert [one.levels for one in figures] == [[level] for level in LEVELS]
        assert adds_up([(one.n, one.mean) for one in figures], n=whole.n, mean=whole.mean)
        assert all(one.low < one.mean < one.high for one in figures)
        assert made.cuts == [{"code": TENURE, "name": "Tenure", "left_out": {}}]
        assert broken_invariants(now=NOW) == []

    def test_says_why_a_cut_is_left_out(self) -> None:
        wave = seal_answered()
        CutRollup.objects.update(levels=[], reason=CutReason.TELLS)

        made = release(wave)

        assert not made.cut_figures.exists()
        (said,) = made.cuts
        assert set(said["left_out"].values()) == {"TELLS"}

    def test_leaves_out_what_does_not_add_up_any_more(self) -> None:
        wave = seal_answered()
        rollup = CutRollup.objects.get()
        rollup.levels[0]["n"] += 1
        rollup.save()

        made = release(wave)

        assert not made.cut_figures.exists()
        assert set(made.cuts[0]["left_out"].values()) == {"RECOUNTED"}

    def test_says_the_same_when_the_release_is_made_anew(self) -> None:
        old = release(seal_answered())

        new = supersede_release(release_id=old.pk, reason="tried", now=NOW)

        said = [
            list(made.cut_figures.order_by("place").values_list("levels", "n", "mean"))
            for made in (old, new)
        ]
        assert said[0] == said[1]
        assert old.checksum == new.checksum

    @pytest.mark.parametrize(
        ("change", "told"),
        [({"mean": 12.3}, "checksum"), ({"n": 3}, "add up"), ({"n": 3}, "too few")],
    )
    def test_verify_finds_what_was_changed(self, change: dict[str, float], told: str) -> None:
        made = release(seal_answered())
        CutFigure.objects.filter(release=made, place=0).update(**change)

        assert any(told in line for line in broken_invariants(now=NOW))


class TestAddsUp:
    def test_allows_for_rounding_alone(self) -> None:
        assert adds_up([(10, 50.0), (20, 60.0)], n=30, mean=56.7)
        assert not adds_up([(10, 50.0), (20, 60.0)], n=30, mean=56.9)
        assert not adds_up([(10, 50.0), (19, 60.0)], n=30, mean=56.6)
