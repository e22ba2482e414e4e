"""A staff survey of two quarters with real figures, and an empty customers' one beside it."""

from survey.campaigns.models import Campaign, Pairing
from tests.cast import Organisation
from tests.dashboards.released import LATER, release_wave
from tests.factories.aggregation import CLOSED, make_campaign, make_instrument
from tests.stages import stage

THEN = {"bakery": [2, 3] * 10, "kitchen": [2, 3] * 10, "garden": [3, 4] * 10}
NOW = {"bakery": [4, 5] * 10, "kitchen": [2, 3] * 10, "garden": [3, 4] * 10}


@stage
def campaign(organisation: Organisation) -> Campaign:
    """Bakery rises from one quarter to the next; Kitchen and Garden stay as they were."""
    campaign = make_campaign(make_instrument(), organisation.company)
    customers = make_campaign(
        make_instrument("CUSTOMER", prefix="cx_"), organisation.company, "care"
    )
    Pairing.objects.create(code="both", name="Both", ex=campaign, cx=customers)
    release_wave(campaign, THEN)
    release_wave(campaign, NOW, closed_at=CLOSED + LATER)
    return campaign
