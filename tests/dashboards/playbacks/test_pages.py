"""What a draft and the list of them show."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import User
from survey.campaigns.models import Campaign
from survey.followup.models import Playback
from survey.followup.promising import Wording, make_commitment
from survey.questionnaires.models import Audience
from tests.dashboards.playbacks.pressing import address, sent
from tests.factories.aggregation import make_wave
from tests.factories.playbacks import make_playback
from tests.factories.promises import refuse

pytest_plugins = ["tests.dashboards.playbacks.drafts"]
pytestmark = pytest.mark.django_db


class TestBuildPlaybackPage:
    def test_shows_why_not_beside_a_no(
        self, hand: Client, unpublished: Playback, alice: User, moment: datetime
    ) -> None:
        unpublished.parts.create(place=1, commitment=refuse(alice, moment))

        assert "It needs four more people." in hand.get(address(unpublished)).content.decode()

    def test_offers_no_promise_to_the_other_audience(
        self, hand: Client, unpublished: Playback, alice: User, moment: datetime
    ) -> None:
        made = make_commitment(
            wording=Wording(Audience.CUSTOMER, "For customers"), who_name="Ana", who=None,
            due_date=moment.date() + timedelta(days=9), by=alice, now=moment,
        )  # fmt: skip

        assert "For customers" not in hand.get(address(unpublished)).content.decode()
        assert (
            hand.post(address(unpublished), sent("part", promise=str(made.key))).status_code == 422
        )

    def test_asks_the_database_as_much_for_many_as_for_few(
        self,
        hand: Client,
        pulse: Campaign,
        unpublished: Playback,
        moment: datetime,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(5):
            make_playback(make_wave(pulse), now=moment)

        with django_assert_max_num_queries(8):
            hand.get("/dashboards/playbacks/")
        with django_assert_max_num_queries(24):
            hand.get(address(unpublished))
