"""Previews, and the second press that publishes."""

from datetime import datetime

import pytest
from django.test import Client

from survey.accounts.models import User
from survey.campaigns.models import Campaign
from survey.followup.models import Playback, PlaybackState
from tests.dashboards.playbacks.pressing import WORDS, address
from tests.factories.aggregation import make_wave
from tests.factories.playbacks import SIGNED, make_playback
from tests.factories.promises import promise

pytest_plugins = ["tests.dashboards.playbacks.drafts"]
pytestmark = pytest.mark.django_db


def press(hand: Client, draft: Playback) -> None:
    """Press on the page that asks, with the mark of what it showed."""
    page = hand.get(address(draft, "publish/"))
    hand.post(address(draft, "publish/"), {"seen": page.context["seen"]})


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

        press(hand, draft)

        draft.refresh_from_db()
        assert draft.state == PlaybackState.PUBLISHED
        assert draft.letter is not None
        assert f"/heard/{draft.code}/" in hand.get(address(draft)).content.decode()

    @pytest.mark.parametrize("change", ["words", "translation", "part"])
    def test_publishes_nothing_that_was_changed_since_it_was_looked_at(
        self, hand: Client, draft: Playback, alice: User, moment: datetime, change: str
    ) -> None:
        hand.post(address(draft), WORDS)
        seen = hand.get(address(draft, "publish/")).context["seen"]
        if change == "words":
            hand.post(address(draft), WORDS | {"title": "What somebody else wrote"})
        elif change == "translation":
            draft.translations.create(language="ar", title="ماذا قلتم", body="قرأت كل شيء.")
        else:
            draft.parts.create(place=1, commitment=promise(alice, moment))

        for mark in ({"seen": seen}, {}):
            page = hand.post(address(draft, "publish/"), mark, follow=True).content.decode()
            assert "Somebody else has changed this meanwhile. Look again." in page

        draft.refresh_from_db()
        assert (draft.state, draft.letter) == (PlaybackState.DRAFT, None)
        press(hand, draft)
        draft.refresh_from_db()
        assert draft.state == PlaybackState.PUBLISHED

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
