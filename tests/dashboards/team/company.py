"""A company of five teams whose staff and customers were asked."""

from survey.campaigns.models import Pairing
from tests.cast import Organisation
from tests.dashboards.team.staging import QUARTER, everywhere, make_both_sides, release
from tests.factories.aggregation import CLOSED
from tests.stages import stage


@stage
def team_sides(organisation: Organisation) -> Pairing:
    """Two questionnaires and two campaigns of the whole company; nothing is released yet."""
    return make_both_sides(organisation.company)


@stage
def two_quarters(team_sides: Pairing) -> Pairing:
    """Two quarters on both sides; Bakery's staff fell by twenty, its customers did not move."""
    for campaign, metric, last in ((team_sides.ex, "fair", 50.0), (team_sides.cx, "treat", 71.0)):
        release(campaign, everywhere(metric, 70.0))
        release(campaign, everywhere(metric, 70.0, bakery=last), closed_at=CLOSED + QUARTER)
    return team_sides
