"""How well scales measured, in words."""

import pytest

from survey.accounts.models import User
from survey.aggregation.models import Figure, Release
from survey.campaigns.models import Wave
from survey.campaigns.shares import Share
from survey.dashboards.access import find_reader
from survey.dashboards.participation.health import GATES, ScaleHealth, read_health
from survey.statistics.agreement import Level
from tests.stages import stage

pytest_plugins = ["tests.dashboards.participation.company"]

HALF = Share(50, 55)


@stage
def release(waves: tuple[Wave, Wave]) -> Release:
    return Release.objects.select_related("wave").get(wave=waves[0])


def health(user: User, release: Release, share: Share | None = None) -> dict[str, ScaleHealth]:
    found = read_health(reader=find_reader(user=user), release=release, share=share)
    return {one.measure.code: one for one in found}


class TestReadHealth:
    def test_prints_what_the_release_says(self, alice: User, release: Release) -> None:
        fair, said = health(alice, release)["fair"], release.scales["fair"]

        assert (fair.gate, fair.chip) == ("GREEN", "tells teams apart")
        assert (fair.alpha, fair.alpha_low) == (said["alpha"], said["alpha_low"])
        assert (fair.reliability, fair.n_groups) == (said["median_reliability"], 3)
        assert fair.shift is None

    def test_bounds_the_silence_by_the_stored_spread(self, alice: User, release: Release) -> None:
        sd = release.scales["fair"]["pooled_sd"]

        assert health(alice, release, HALF)["fair"].shift == round(sd / 4, 1)

    @pytest.mark.parametrize("level", list(Level))
    def test_has_words_for_every_gate(self, level: Level) -> None:
        assert all(GATES[level][at] for at in (0, 2))

    def test_gives_the_reason_where_nothing_is_known(self, alice: User, release: Release) -> None:
        release.scales["fair"] |= {"gate": None, "reason": "too few groups are shown"}

        fair = health(alice, release)["fair"]

        assert (fair.chip, fair.reasons) == ("not known", ("too few groups are shown",))

    def test_counts_divided_groups_that_the_reader_may_see(
        self, alice: User, bob: User, charlie: User, release: Release
    ) -> None:
        Figure.objects.filter(group__code__in=["bakery", "kitchen"], metric="care").update(
            detail={"divided": True}
        )

        assert health(alice, release)["care"].n_divided == 2
        assert health(bob, release)["care"].n_divided == 1
        assert health(charlie, release)["care"].n_divided == 0
        assert health(alice, release)["fair"].n_divided == 0
