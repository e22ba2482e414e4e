"""A company of forty branches whose parts each have a comparison of their own."""

from collections.abc import Callable

import pytest

from survey.campaigns.models import Pairing
from survey.dashboards.linkage import drawn
from survey.linkage.printed import PrintedUnit
from survey.organization.models import Team
from tests.cast import Organisation
from tests.dashboards.studies import make_pairing, make_units
from tests.stages import stage

UNITS_PER_PART = 20


@stage
def both_sides(organisation: Organisation) -> Pairing:
    """Staff and customers of the whole company, joined; nothing is released yet."""
    return make_pairing(organisation.company)


@stage
def branches(organisation: Organisation) -> list[Team]:
    """Forty more teams, twenty below each department."""
    return [
        Team.objects.create(code=f"{part.code}-{number}", name=f"{part.name} {number}", parent=part)
        for part in (organisation.food, organisation.goods)
        for number in range(1, UNITS_PER_PART + 1)
    ]


@pytest.fixture
def branch_figures(
    branches: list[Team], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[PrintedUnit]]:
    """Released figures of every branch, in place of a whole pipeline."""

    def paired_units(*, scope: Team, **asked: object) -> list[PrintedUnit]:
        is_whole = scope.parent_id is None
        return make_units([team for team in branches if is_whole or team.parent_id == scope.pk])

    monkeypatch.setattr(drawn, "paired_units", paired_units)
    return paired_units
