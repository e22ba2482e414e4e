"""A released comment of Bakery's staff whose writer kept the link."""

import pytest

from survey.campaigns.models import Group, Pairing
from tests.dashboards.team.staging import everywhere, release
from tests.followup.talking import Kept, keep


@pytest.fixture
def groups(team_sides: Pairing) -> dict[str, Group]:
    """What staff of all teams said was released once."""
    return release(team_sides.ex, everywhere("fair", 70.0))


@pytest.fixture
def kept(groups: dict[str, Group]) -> Kept:
    """A released comment of Bakery's."""
    return keep(groups["bakery"])
