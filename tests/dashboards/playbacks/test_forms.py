"""What may be filled in."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from survey.followup.models import Commitment, Playback
from tests.dashboards.playbacks.pressing import LATER, WORDS, address, sent

pytest_plugins = ["tests.dashboards.playbacks.drafts"]
pytestmark = pytest.mark.django_db


class TestForms:
    def test_refuses_the_voice_of_a_campaign_beside_its_field(
        self, hand: Client, unpublished: Playback
    ) -> None:
        shouted = WORDS | {"body": "Dear valued customer, we value your feedback!!!"}

        response = hand.post(address(unpublished), shouted)

        assert response.status_code == 422
        assert "valued customer" in response.content.decode()
        unpublished.refresh_from_db()
        assert unpublished.body == ""

    def test_promises_nothing_for_a_day_that_has_passed(
        self, hand: Client, unpublished: Playback, moment: datetime
    ) -> None:
        day = (timezone.localdate(moment) - timedelta(days=1)).isoformat()

        assert (
            hand.post(address(unpublished), sent("will", **LATER, due_date=day)).status_code == 422
        )
        assert not Commitment.objects.exists()

    def test_is_written_in_another_language_whole_or_not_at_all(
        self, hand: Client, unpublished: Playback
    ) -> None:
        half = {"do": "translate-ar", "in-ar-title": "ماذا قلتم"}
        refused = hand.post(address(unpublished), half)
        assert refused.status_code == 422
        language = '(<span lang="ar">العربيّة</span>)'
        assert f'<a href="#id_in-ar-body">Your words {language}: Write both' in refused.text

        hand.post(address(unpublished), half | {"in-ar-body": "قرأت كل شيء."})

        assert unpublished.translations.get().language == "ar"
