"""Which campaigns ask in a reader's parts of the organisation."""

from survey.campaigns.models import Campaign
from survey.dashboards.access import Reader
from survey.dashboards.trees import TeamTree


def reached_campaigns(*, reader: Reader, tree: TeamTree) -> list[Campaign]:
    """Return the campaigns that ask in or above a reader's teams, by name."""
    campaigns = list(Campaign.objects.select_related("scope").order_by("name", "pk"))
    if reader.team_ids is None:
        return campaigns
    above = {team for own in reader.team_ids for team in tree.path(own)}
    return [campaign for campaign in campaigns if campaign.scope_id in above]
