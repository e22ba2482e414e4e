"""Work that nobody took over."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from survey.aggregation.services import refresh_due_rollups
from survey.campaigns.models import ContactFile, ContactFileState, Wave
from survey.core.leases import Leased
from survey.followup.abandoned import broken_invariants
from survey.organization.models import RosterFeed, RosterImport, RosterState
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.factories.responses import answer_wave, close_and_seal

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def roster(state: str = RosterState.WAITING) -> Leased:
    return RosterImport.objects.create(
        name="staff.csv", source="upload", state=state, content=b"x", created_at=NOW
    )


def feed(at: time = time(1)) -> Leased:
    return RosterFeed.objects.create(name="nightly", location="lists", at=at)


def file(state: str = ContactFileState.CONFIRMED) -> Leased:
    return ContactFile.objects.create(name="calls.csv", state=state, content=b"x", created_at=NOW)


def sealed() -> Wave:
    wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))
    answer_wave(wave, wave.groups.get(), [1, 2, 3, 1, 2, 3])
    close_and_seal(wave)
    return wave


def counted() -> Wave:
    wave = sealed()
    refresh_due_rollups(now=NOW)
    return wave


def broken_with(row: Leased, lease_until: datetime | None) -> list[str]:
    type(row)._base_manager.filter(pk=row.pk).update(lease_until=lease_until)
    return broken_invariants(now=NOW)


class TestBrokenInvariants:
    @pytest.mark.parametrize(
        ("make", "what"),
        [
            (roster, "staff list"),
            (feed, "pick-up"),
            (file, "file of contacts"),
            (sealed, "counting wave"),
            (counted, "releasing wave"),
        ],
    )
    def test_names_due_work_whose_lease_ran_out_a_minute_ago(
        self, make: Callable[[], Leased], what: str
    ) -> None:
        row = make()

        (line,) = broken_with(row, NOW - 61 * SECOND)

        assert line.startswith(f"{what} {row.pk} (")
        for fine in (None, NOW - 59 * SECOND, NOW + SECOND):
            assert broken_with(row, fine) == []

    @pytest.mark.parametrize(
        ("make", "how"),
        [
            (roster, {"state": RosterState.READY}),
            (feed, {"at": time(23)}),
            (file, {"state": ContactFileState.READY}),
        ],
    )
    def test_forgives_a_lease_where_nothing_is_left_to_do(
        self, make: Callable[..., Leased], how: dict[str, Any]
    ) -> None:
        assert broken_with(make(**how), NOW - 61 * SECOND) == []
