"""The page of the rules."""

import re
from datetime import time, timedelta

from django.test import Client

from survey.campaigns.customer_rules import Rules, rules_of
from survey.campaigns.models import Campaign, Wave

GOOD = {
    "delay": "2",
    "unit": "60",
    "sample_percent": "30",
    "uses_email": "on",
    "uses_sms": "on",
    "quiet_from": "21:00",
    "quiet_until": "08:00",
    "expires_days": "14",
    "minimum_interval_days": "60",
    "told_facts": ["channel", "team"],
}


def url(wave: Wave) -> str:
    return f"/console/customers/rules/{wave.campaign.code}/"


class TestChangeRules:
    def test_saves_all_of_them(self, carmen: Client, customer_wave: Wave) -> None:
        page = carmen.post(url(customer_wave), GOOD, follow=True).text

        campaign = Campaign.objects.get()
        assert rules_of(campaign) == Rules(timedelta(hours=2), 30, timedelta(days=14), True, True)
        assert (campaign.quiet_from, campaign.quiet_until) == (time(21), time(8))
        assert campaign.minimum_interval_days == 60
        assert campaign.told_facts == ["team", "channel"]
        assert "30 % of contacts, 2 hours later, by e-mail, else by text message" in page

    def test_warns_before_employees_are_named(self, carmen: Client, customer_wave: Wave) -> None:
        page = carmen.get(url(customer_wave)).text
        assert "talk to your works council before you tick that" in page
        box = re.search(r'<input[^>]*value="served_by"[^>]*>', page)
        assert box is not None
        assert "checked" not in box[0]

        carmen.post(url(customer_wave), GOOD | {"told_facts": ["served_by"]})
        assert Campaign.objects.get().told_facts == ["served_by"]

    def test_shows_what_they_make_of_a_contact(self, carmen: Client, customer_wave: Wave) -> None:
        carmen.post(url(customer_wave), GOOD)

        page = carmen.get(url(customer_wave)).text

        assert "12:15" in page  # two hours after a quarter past ten
        assert "08:00" in page  # the end of quiet hours, after a quarter past ten in the evening

    def test_names_the_field_that_is_wrong(self, carmen: Client, customer_wave: Wave) -> None:
        for changes, words in (
            ({"uses_email": "", "uses_sms": ""}, "Choose e-mail, text messages, or both."),
            ({"quiet_until": ""}, "Give both ends of the quiet hours"),
            ({"delay": "20", "unit": "1440"}, "The link would be dead before"),
            ({"delay": "61", "unit": "1440", "expires_days": ""}, "Write within 60 days"),
            ({"told_facts": ["name"]}, "name is not one of the available choices"),
            ({"sample_percent": "0"}, "greater than or equal to 1"),
        ):
            response = carmen.post(url(customer_wave), GOOD | changes)

            assert response.status_code == 422
            assert words in response.text
        assert rules_of(Campaign.objects.get()) == Rules()

    def test_knows_campaigns_of_customers_only(self, carmen: Client, customer_wave: Wave) -> None:
        assert carmen.get("/console/customers/rules/nobody/").status_code == 404
