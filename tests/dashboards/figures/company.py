"""Two waves of staff and the people who read them."""

from survey.aggregation.models import Release
from tests.cast import Organisation
from tests.dashboards.released import LATER, release_wave
from tests.factories.aggregation import CLOSED, make_campaign, make_instrument
from tests.stages import stage

TEAMS = {"bakery": [4, 5] * 6, "kitchen": [2, 3] * 6, "garden": [3, 4] * 6}


@stage
def both_waves(organisation: Organisation) -> list[Release]:
    """Every team answers two waves of one campaign; the newer one stands first."""
    campaign = make_campaign(make_instrument(), organisation.company)
    older = release_wave(campaign, TEAMS)
    return [release_wave(campaign, TEAMS, closed_at=CLOSED + LATER), older]
