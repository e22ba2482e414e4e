"""Setting the rules of a campaign."""

from datetime import time, timedelta

import pytest

from survey.campaigns.customer_rules import Rules, rules_of
from survey.campaigns.models import Campaign
from survey.campaigns.services.contacts import (
    UnknownFactError,
    set_customer_rules,
    set_told_facts,
)
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


class TestSetToldFacts:
    def test_keeps_them_in_order_and_refuses_others(self) -> None:
        campaign = make_campaign(make_teams({"top": None}, {})["top"], Audience.CUSTOMER)

        set_told_facts(campaign_id=campaign.pk, facts={"channel", "date"})
        with pytest.raises(UnknownFactError):
            set_told_facts(campaign_id=campaign.pk, facts=["name"])

        campaign.refresh_from_db()
        assert campaign.told_facts == ["date", "channel"]
