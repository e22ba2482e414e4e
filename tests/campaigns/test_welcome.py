"""Whether a customer is asked after a contact; the ledger's part is tried with the ledger."""

from datetime import timedelta

import pytest

from survey.campaigns.models import CustomerRules, Wave
from survey.campaigns.welcome import Welcome
from survey.letters.services import stop_address
from survey.organization.models import Customer, Team
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def wave() -> Wave:
    teams = make_teams({"top": None}, {})
    return make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))


def decide(wave: Wave, *, days_ago: int = 0, **who: str) -> str:
    customer = Customer.objects.create(external_id=f"c{Customer.objects.count()}", **who)
    wave = Wave.objects.select_related("campaign__customer_rules").get(pk=wave.pk)
    welcome = Welcome([customer], NOW)
    team_id = Team.objects.get().pk
    at = NOW - days_ago * DAY
    return welcome.decide(customer=customer, team_id=team_id, wave=wave, occurred_at=at).reason


class TestWelcome:
    def test_asks_by_the_channels_of_the_campaign_only(self, wave: Wave) -> None:
        assert decide(wave, phone="+441134960000") == "no_address"
        CustomerRules.objects.create(campaign=wave.campaign, uses_sms=True)

        assert decide(wave, phone="+441134960000") == "asked"

    def test_asks_by_the_other_channel_where_one_was_stopped(self, wave: Wave) -> None:
        CustomerRules.objects.create(campaign=wave.campaign, uses_sms=True)
        stop_address(address="a@example.org", today=NOW.date())
        assert decide(wave, email="a@example.org", phone="+441134960000") == "asked"

        stop_address(address="+441134960000", today=NOW.date())
        assert decide(wave, email="a@example.org", phone="+441134960000") == "stopped"

    def test_does_not_ask_about_what_is_too_long_ago(self, wave: Wave) -> None:
        CustomerRules.objects.create(campaign=wave.campaign, expires_days=5)

        assert decide(wave, email="a@example.org", days_ago=4) == "asked"
        assert decide(wave, email="b@example.org", days_ago=5) == "expired"
