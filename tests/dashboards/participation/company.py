"""A survey of the whole company: one wave closed and released, the next one open."""

from datetime import datetime

from survey.campaigns.models import Campaign, Wave
from tests.cast import Organisation
from tests.dashboards.participation.rounds import make_waves
from tests.factories.aggregation import make_campaign, make_instrument
from tests.stages import stage


@stage
def pulse_campaign(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


@stage
def waves(pulse_campaign: Campaign, now: datetime) -> tuple[Wave, Wave]:
    return make_waves(pulse_campaign, now)
