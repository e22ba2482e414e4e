"""Which campaign a draft belongs to."""

from dataclasses import replace
from datetime import datetime

import pytest

from survey.campaigns.models import Campaign, Wave
from survey.campaigns.services import launch_wave
from survey.console.pulse.placing import find_campaign, make_campaign, place_draft, place_of
from survey.organization.models import Attribute
from survey.questionnaires.models import Questionnaire
from tests.cast import Organisation
from tests.console.waves import make_draft

pytestmark = pytest.mark.usefixtures("bank")


def again(wave: Wave) -> Wave:
    return Wave.objects.select_related("campaign__scope").get(pk=wave.pk)


class TestPlaceDraft:
    def test_changes_the_campaign_that_holds_nothing_else(
        self, organisation: Organisation, now: datetime
    ) -> None:
        draft = make_draft(organisation, now)
        kept = {"team_ids": [organisation.bakery.pk]}
        place = replace(place_of(draft), scope=organisation.food, audience_filter=kept)
        place_draft(wave=draft, place=place)

        (campaign,) = Campaign.objects.all()
        assert (campaign.scope, campaign.audience_filter) == (organisation.food, kept)
        assert campaign.name == "Pulse, Food (some)"
        assert again(draft).campaign == campaign

    def test_joins_the_campaign_that_asks_that_already(
        self, organisation: Organisation, now: datetime
    ) -> None:
        food = make_draft(organisation, now, scope_id=organisation.food.pk)
        draft = make_draft(organisation, now)
        place_draft(wave=draft, place=place_of(food))

        assert again(draft).campaign == food.campaign
        assert again(draft).number == 2
        assert Campaign.objects.count() == 1  # its own was left empty, and had been made for it

    def test_makes_a_campaign_where_its_own_holds_more(
        self, organisation: Organisation, now: datetime
    ) -> None:
        launch_wave(wave_id=make_draft(organisation, now).pk, now=now)
        draft = make_draft(organisation, now)
        place_draft(wave=draft, place=replace(place_of(draft), scope=organisation.food))

        assert {row.scope for row in Campaign.objects.all()} == {
            organisation.company,
            organisation.food,
        }
        assert again(draft).campaign.scope == organisation.food

    def test_keeps_a_campaign_that_somebody_named(
        self, organisation: Organisation, now: datetime
    ) -> None:
        food = make_draft(organisation, now, scope_id=organisation.food.pk)
        draft = make_draft(organisation, now)
        Campaign.objects.filter(pk=draft.campaign_id).update(name="Alice's own")
        place_draft(wave=again(draft), place=place_of(food))

        assert Campaign.objects.filter(name="Alice's own").exists()

    def test_changes_nothing_where_nothing_changes(
        self, organisation: Organisation, now: datetime
    ) -> None:
        draft = make_draft(organisation, now)
        Campaign.objects.update(name="Alice's own")
        place_draft(wave=again(draft), place=place_of(again(draft)))

        assert Campaign.objects.get().name == "Alice's own"


class TestFindCampaign:
    def test_tells_campaigns_of_other_people_apart(
        self, organisation: Organisation, now: datetime
    ) -> None:
        draft = make_draft(organisation, now)
        place = place_of(draft)
        Attribute.objects.create(code="tenure", name="Tenure")
        some = replace(place, audience_filter={"attributes": {"tenure": ["new"]}})

        assert find_campaign(place) == draft.campaign
        assert find_campaign(some) is None
        assert make_campaign(some, letter=None) == find_campaign(some)
        longer = Questionnaire.objects.get(code="pulse_long")
        assert find_campaign(replace(place, questionnaire=longer)) is None
