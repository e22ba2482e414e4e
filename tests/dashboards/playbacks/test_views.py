"""Previews, and the second press that publishes."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from survey.accounts.models import User
from survey.campaigns.models import Campaign, Invitation
from survey.followup.lettering import letter_due_playbacks
from survey.followup.models import Playback, PlaybackState
from survey.organization.models import Person
from tests.cast import Organisation
from tests.dashboards.playbacks.pressing import WORDS, address
from tests.factories.aggregation import make_wave, plant
from tests.factories.playbacks import SIGNED, make_playback
from tests.factories.promises import promise

pytest_plugins = ["tests.dashboards.playbacks.drafts"]
pytestmark = pytest.mark.django_db


def press(hand: Client, unpublished: Playback) -> None:
    """Press on the page that asks, with the mark of what it showed."""
    page = hand.get(address(unpublished, "publish/"))
    hand.post(address(unpublished, "publish/"), {"seen": page.context["seen"]})


class TestPreview:
    def test_is_previewed_in_the_language_of_whoever_will_read_it(
        self, hand: Client, unpublished: Playback
    ) -> None:
        hand.post(address(unpublished), WORDS)
        unpublished.translations.create(language="ar", title="ماذا قلتم", body="قرأت كل شيء.")

        page = hand.get(address(unpublished, "preview/?lang=ar")).content.decode()

        assert '<h1 lang="ar" dir="rtl">ماذا قلتم</h1>' in page


class TestPublish:
    def test_asks_first_and_publishes_on_the_second_press(
        self, hand: Client, unpublished: Playback
    ) -> None:
        hand.post(address(unpublished), WORDS)
        assert "Publish it?" in hand.get(address(unpublished, "publish/")).content.decode()
        unpublished.refresh_from_db()
        assert unpublished.state == PlaybackState.DRAFT

        press(hand, unpublished)

        unpublished.refresh_from_db()
        assert unpublished.state == PlaybackState.PUBLISHED
        assert unpublished.letter is not None
        assert f"/heard/{unpublished.code}/" in hand.get(address(unpublished)).content.decode()

    def test_says_so_where_nobody_can_be_written_to(
        self, hand: Client, unpublished: Playback
    ) -> None:
        hand.post(address(unpublished), WORDS)

        asking = hand.get(address(unpublished, "publish/"))
        said = hand.post(
            address(unpublished, "publish/"), {"seen": asking.context["seen"]}, follow=True
        ).content.decode()

        assert "No letter goes out" in asking.content.decode()
        assert "send the letters" not in asking.content.decode()
        assert "No letter goes out" in said
        assert "none: nobody who was asked can be written to" in said
        assert "within minutes" not in said

    def test_says_how_many_letters_go_out(
        self, hand: Client, unpublished: Playback, organisation: Organisation
    ) -> None:
        hand.post(address(unpublished), WORDS)
        wave = unpublished.release.wave
        group = plant(wave, {"bakery": None})["bakery"]
        Invitation.objects.bulk_create(
            Invitation(wave=wave, group=group, person=person) for person in Person.objects.all()[:3]
        )

        asking = hand.get(address(unpublished, "publish/")).content.decode()
        press(hand, unpublished)
        said = hand.get(address(unpublished)).content.decode()
        letter_due_playbacks(now=timezone.now())

        assert "A letter goes to 3 people" in asking
        assert "Publish it and send the letters" in asking
        assert "and more within minutes" in said
        assert "within minutes" not in hand.get(address(unpublished)).content.decode()

    @pytest.mark.parametrize("change", ["words", "translation", "part"])
    def test_publishes_nothing_that_was_changed_since_it_was_looked_at(
        self, hand: Client, unpublished: Playback, alice: User, moment: datetime, change: str
    ) -> None:
        hand.post(address(unpublished), WORDS)
        seen = hand.get(address(unpublished, "publish/")).context["seen"]
        if change == "words":
            hand.post(address(unpublished), WORDS | {"title": "What somebody else wrote"})
        elif change == "translation":
            unpublished.translations.create(language="ar", title="ماذا قلتم", body="قرأت كل شيء.")
        else:
            unpublished.parts.create(place=1, commitment=promise(alice, moment))

        for mark in ({"seen": seen}, {}):
            page = hand.post(address(unpublished, "publish/"), mark, follow=True).content.decode()
            assert "Somebody else has changed this meanwhile. Look again." in page

        unpublished.refresh_from_db()
        assert (unpublished.state, unpublished.letter) == (PlaybackState.DRAFT, None)
        press(hand, unpublished)
        unpublished.refresh_from_db()
        assert unpublished.state == PlaybackState.PUBLISHED

    def test_publishes_nothing_unfinished(self, hand: Client, unpublished: Playback) -> None:
        page = hand.post(address(unpublished, "publish/"), follow=True).content.decode()

        unpublished.refresh_from_db()
        assert unpublished.state == PlaybackState.DRAFT
        assert "Something is still missing" in page

    def test_asks_for_another_day_where_that_of_a_promise_has_passed(
        self, hand: Client, unpublished: Playback, alice: User, moment: datetime
    ) -> None:
        hand.post(address(unpublished), WORDS)
        yesterday = moment - timedelta(days=1)
        late = promise(alice, yesterday, due_date=timezone.localdate(yesterday), is_draft=True)
        unpublished.parts.create(place=1, commitment=late)

        asking = hand.get(address(unpublished, "publish/")).content.decode()
        page = hand.post(address(unpublished, "publish/"), follow=True).content.decode()

        unpublished.refresh_from_db()
        assert unpublished.state == PlaybackState.DRAFT
        assert "Something is still missing" in asking
        assert "The day of this promise has passed." in page

    def test_leaves_what_was_published_as_it_was_read(
        self, hand: Client, pulse: Campaign, moment: datetime
    ) -> None:
        published = make_playback(make_wave(pulse), now=moment, is_published=True)

        hand.post(address(published), WORDS | {"title": "Other words"})
        hand.post(address(published, "publish/"))

        before = published.published_at
        published.refresh_from_db()
        assert (published.title, published.published_at) == (SIGNED["title"], before)
