"""One number over all that a release says."""

from uuid import UUID

import pytest

from survey.aggregation.checksums import compute_checksum
from survey.aggregation.models import Figure, Release
from survey.campaigns.models import Wave

FIGURES = [("a", Figure(metric="s", n=5, mean=50.0)), ("b", Figure(metric="s", n=6, mean=51.0))]


def release(**changes: object) -> Release:
    wave = Wave(key=UUID(int=1))
    return Release(wave=wave, **{"scales": {"s": {"icc1": 0.1}}, "n_hidden": 1} | changes)


class TestComputeChecksum:
    def test_does_not_depend_on_the_order_of_figures(self) -> None:
        assert compute_checksum(release(), FIGURES) == compute_checksum(release(), FIGURES[::-1])

    @pytest.mark.parametrize("changes", [{"scales": {}}, {"n_hidden": 2}])
    def test_changes_with_the_release(self, changes: dict[str, object]) -> None:
        assert compute_checksum(release(**changes), FIGURES) != compute_checksum(release(), FIGURES)

    def test_changes_with_a_figure(self) -> None:
        others = [FIGURES[0], ("c", FIGURES[1][1])]
        assert compute_checksum(release(), others) != compute_checksum(release(), FIGURES)
