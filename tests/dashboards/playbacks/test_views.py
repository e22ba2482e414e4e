"""Previews, and the second press that publishes."""

from datetime import datetime

import pytest
from django.test import Client

from survey.campaigns.models import Campaign
from survey.followup.models import Playback, PlaybackState
from tests.dashboards.playbacks.pressing import WORDS, address
from tests.factories.aggregation import make_wave
from tests.factories.playbacks import SIGNED, make_playback

pytest_plugins = ["tests.dashboards.playbacks.drafts"]
pytestmark = pytest.mark.django_db


class TestPreview:
    def test_is_previewed_in_the_language_of_whoever_will_read_it(
        self, hand: Client, draft: Playback
    ) -> None:
        hand.post(address(draft), WORDS)
        draft.translations.create(language="ar", title="ماذا قلتم", body="قرأت كل شيء.")

        page = hand.get(address(draft, "preview/?lang=ar")).content.decode()

        assert '<h1 lang="ar" dir="rtl">ماذا قلتم</h1>' in page


class TestPublish:
    def test_asks_first_and_publishes_on_the_second_press(
        self, hand: Client, draft: Playback
    ) -> None:
        hand.post(address(draft), WORDS)
        assert "Publish it?" in hand.get(address(draft, "publish/")).content.decode()
        draft.refresh_from_db()
        assert draft.state == PlaybackState.DRAFT

        hand.post(address(draft, "publish/"))

        draft.refresh_from_db()
        assert draft.state == PlaybackState.PUBLISHED
        assert draft.letter is not None
        assert f"/heard/{draft.code}/" in hand.get(address(draft)).content.decode()

    def test_publishes_nothing_unfinished(self, hand: Client, draft: Playback) -> None:
        page = hand.post(address(draft, "publish/"), follow=True).content.decode()

        draft.refresh_from_db()
        assert draft.state == PlaybackState.DRAFT
        assert "Something is still missing" in page

    def test_leaves_what_was_published_as_it_was_read(
        self, hand: Client, pulse: Campaign, moment: datetime
    ) -> None:
        published = make_playback(make_wave(pulse), now=moment, is_published=True)

        hand.post(address(published), WORDS | {"title": "Other words"})
        hand.post(address(published, "publish/"))

        before = published.published_at
        published.refresh_from_db()
        assert (published.title, published.published_at) == (SIGNED["title"], before)
