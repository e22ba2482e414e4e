"""GET /api/v1/releases/."""

from datetime import datetime

import pytest

from survey.accounts.models import Role, User
from survey.aggregation.models import Figure, Release
from survey.aggregation.services import make_release, refresh_rollups, supersede_release
from tests.api.machines import Machine, errors_of
from tests.cast import make_user
from tests.factories.campaigns import NOW
from tests.factories.cuts import LEVELS, seal_answered
from tests.stages import stage

URL = "/api/v1/releases/"


@stage
def release(db: None) -> Release:
    """A wave of staff, told by tenure."""
    wave = seal_answered()
    refresh_rollups(wave_id=wave.pk)
    return make_release(wave_id=wave.pk, now=NOW)


class TestReleasesView:
    def test_hands_out_figures_and_cuts_as_printed(self, release: Release, now: datetime) -> None:
        machine = Machine(make_user("somebody", Role.ANALYST), now=now)
        code = release.wave.campaign.code

        (said,) = machine.get(f"{URL}?campaign={code}").json()["releases"]

        assert said["checksum"] == release.checksum
        assert len(said["figures"]) == Figure.objects.filter(release=release).count()
        assert said["figures"][0]["mean"] == Figure.objects.get(
            release=release, group__code=said["figures"][0]["group_code"],
            metric=said["figures"][0]["metric"],
        ).mean  # fmt: skip
        (cut,) = said["cuts"]
        assert [one["levels"] for one in cut["figures"]] == [[level] for level in LEVELS]
        assert (cut["name"], cut["left_out"]) == ("Tenure", {})

    def test_hands_out_what_counts_alone(self, release: Release, now: datetime) -> None:
        newer = supersede_release(release_id=release.pk, reason="tried", now=NOW)
        machine = Machine(make_user("somebody", Role.HR), now=now)

        found = machine.get(f"{URL}?campaign={release.wave.campaign.code}&wave=1").json()

        assert len(found["releases"]) == 1
        assert found["releases"][0]["checksum"] == newer.checksum
        assert len(found["releases"][0]["cuts"][0]["figures"]) == len(LEVELS)

    @pytest.mark.parametrize(
        ("query", "field"), [("campaign=none", "campaign"), ("campaign={}&wave=9", "wave")]
    )
    def test_says_what_is_not_there(
        self, release: Release, now: datetime, query: str, field: str
    ) -> None:
        machine = Machine(make_user("somebody", Role.HR), now=now)

        response = machine.get(f"{URL}?{query.format(release.wave.campaign.code)}")

        assert response.status_code == 404
        assert [one for one, _ in errors_of(response)] == [field]

    def test_shows_a_leader_nothing(self, release: Release, now: datetime, charlie: User) -> None:
        assert Machine(charlie, now=now).get(f"{URL}?campaign=x").status_code == 403
