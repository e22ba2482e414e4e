"""Setting the rules of a campaign."""

from datetime import time, timedelta
from typing import Any

import pytest

from survey.campaigns.customer_rules import Rules, rules_of
from survey.campaigns.models import Campaign, Interaction
from survey.campaigns.services.contacts import UnknownFactError, set_customer_rules
from survey.questionnaires.models import Audience
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams
from tests.factories.customers import make_customer

pytestmark = pytest.mark.django_db


def change(campaign: Campaign, **changes: Any) -> None:
    usual = {"rules": Rules(), "quiet_hours": None, "told_facts": []}
    set_customer_rules(campaign_id=campaign.pk, minimum_interval_days=45, **usual | changes)


class TestSetCustomerRules:
    @pytest.mark.parametrize("quiet", [None, (time(21), time(8))])
    def test_keeps_them_and_replaces_those_before(self, quiet: tuple[time, time] | None) -> None:
        campaign = make_campaign(make_teams({"top": None}, {})["top"], Audience.CUSTOMER)
        wanted = Rules(timedelta(minutes=30), 40, timedelta(days=9), True, True)

        for rules, hours in ((Rules(), (time(1), time(2))), (wanted, quiet)):
            change(campaign, rules=rules, quiet_hours=hours)

        found = Campaign.objects.get(pk=campaign.pk)
        assert rules_of(found) == wanted
        assert (found.quiet_from, found.quiet_until) == (quiet or (None, None))
        assert found.minimum_interval_days == 45

    def test_keeps_told_facts_in_order(self) -> None:
        campaign = make_campaign(make_teams({"top": None}, {})["top"], Audience.CUSTOMER)

        change(campaign, told_facts={"channel", "date"})

        campaign.refresh_from_db()
        assert campaign.told_facts == ["date", "channel"]

    def test_forgets_who_served_once_it_may_not_be_told(self) -> None:
        teams = make_teams({"top": None, "shop": "top"}, {})
        wave = make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))
        make_customer(wave=wave, team=teams["shop"])
        Interaction.objects.update(served_by="Petra")

        change(wave.campaign, told_facts=["served_by"])
        assert Interaction.objects.get().served_by == "Petra"
        change(wave.campaign, told_facts=["team"])
        assert Interaction.objects.get().served_by == ""

    def test_keeps_nothing_at_all_where_it_refuses_a_fact(self) -> None:
        campaign = make_campaign(make_teams({"top": None}, {})["top"], Audience.CUSTOMER)

        with pytest.raises(UnknownFactError):
            change(campaign, rules=Rules(sample_percent=40), told_facts=["name"])

        found = Campaign.objects.get(pk=campaign.pk)
        assert rules_of(found) == Rules()
        assert found.minimum_interval_days == campaign.minimum_interval_days != 45
