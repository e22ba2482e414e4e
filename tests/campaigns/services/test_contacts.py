"""Setting the rules of a campaign."""

from datetime import time, timedelta

import pytest

from survey.campaigns.customer_rules import Rules, rules_of
from survey.campaigns.models import Campaign
from survey.campaigns.services.contacts import set_customer_rules
from survey.questionnaires.models import Audience
from tests.factories.campaigns import make_campaign, make_teams

pytestmark = pytest.mark.django_db


class TestSetCustomerRules:
    @pytest.mark.parametrize("quiet", [None, (time(21), time(8))])
    def test_keeps_them_and_replaces_those_before(self, quiet: tuple[time, time] | None) -> None:
        campaign = make_campaign(make_teams({"top": None}, {})["top"], Audience.CUSTOMER)
        wanted = Rules(timedelta(minutes=30), 40, timedelta(days=9), True, True)

        for rules, hours in ((Rules(), (time(1), time(2))), (wanted, quiet)):
            set_customer_rules(
                campaign_id=campaign.pk, rules=rules, minimum_interval_days=45, quiet_hours=hours
            )

        found = Campaign.objects.get(pk=campaign.pk)
        assert rules_of(found) == wanted
        assert (found.quiet_from, found.quiet_until) == (quiet or (None, None))
        assert found.minimum_interval_days == 45
