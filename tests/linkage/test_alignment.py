"""Which releases belong to one period."""

from datetime import UTC, date, datetime

from survey.aggregation.models import Release
from survey.campaigns.models import Wave
from survey.linkage.alignment import Aligned

CLOSES = datetime(2026, 4, 1, 18, tzinfo=UTC)


def release(**fields: object) -> Release:
    return Release(wave=Wave(closes_at=CLOSES, **fields), checksum="c")


class TestAligned:
    def test_has_a_checksum_over_its_releases_and_the_period_before(self) -> None:
        aligned = Aligned(date(2026, 1, 1), release(), (release(), Release(checksum="d")))
        turned = Aligned(date(2026, 1, 1), release(), aligned.cx[::-1])
        assert aligned.checksum("") == turned.checksum("") != aligned.checksum("before")
