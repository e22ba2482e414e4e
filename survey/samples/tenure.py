"""How long the people of the demo organisation have been there: planted to go with nothing.

Nothing is drawn for it, so that whatever else is drawn stays as it was.
"""

from survey.campaigns.models import Campaign
from survey.campaigns.services.redrafting import declare_cuts
from survey.organization.models import Attribute
from survey.organization.services.attributes import declare_attribute

NAME, CODE = "Tenure", "tenure"
LEVELS = ("under 2 years", "2 to 5 years", "over 5 years")
IN_TEN = (0, 0, 0, 1, 1, 1, 1, 2, 2, 2)  # the level of each of ten people
SPREAD = 7919  # a prime: neighbours of a list fall on different levels


def declare_tenure() -> None:
    """Let the staff list say how long somebody has been there, if it does not yet."""
    if not Attribute.objects.filter(code=CODE).exists():
        declare_attribute(name=NAME)


def tenure_of(number: int) -> dict[str, str]:
    """Return what the staff list says of the n-th person, or of the n-th who answers."""
    return {CODE: LEVELS[IN_TEN[number * SPREAD // 10 % len(IN_TEN)]]}


def tell_by_tenure(campaign: Campaign) -> None:
    """Have the next waves of a campaign tell the figures of everybody by tenure."""
    declare_tenure()
    declare_cuts(campaign_id=campaign.pk, codes=[CODE])
    campaign.refresh_from_db()
