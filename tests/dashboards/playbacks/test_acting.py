"""What a press on a draft does."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from survey.accounts.models import User
from survey.followup.models import Commitment, Playback
from survey.followup.promising import Wording, make_commitment
from survey.questionnaires.models import Audience
from tests.dashboards.playbacks.pressing import LATER, WORDS, address, sent
from tests.factories.playbacks import SIGNED

pytest_plugins = ["tests.dashboards.playbacks.drafts"]
pytestmark = pytest.mark.django_db


class TestApplyForm:
    def test_keeps_words(self, hand: Client, unpublished: Playback) -> None:
        assert hand.post(address(unpublished), WORDS).status_code == 302

        unpublished.refresh_from_db()
        assert {name: getattr(unpublished, name) for name in SIGNED} == SIGNED

    def test_promises_in_place(self, hand: Client, unpublished: Playback, moment: datetime) -> None:
        day = (timezone.localdate(moment) + timedelta(days=30)).isoformat()

        hand.post(
            address(unpublished), sent("will", **LATER, heard="Rotas come late", due_date=day)
        )

        made = Commitment.objects.get()
        assert (made.audience, made.heard) == (Audience.EMPLOYEE, "Rotas come late")
        assert made.wave == unpublished.release.wave
        assert [part.commitment for part in unpublished.parts.all()] == [made]

    def test_says_no_in_place_and_why(self, hand: Client, unpublished: Playback) -> None:
        assert hand.post(address(unpublished), sent("wont", **LATER, because="")).status_code == 422

        hand.post(address(unpublished), sent("wont", **LATER, because="Two agreements"))

        assert unpublished.parts.get().commitment.because == "Two agreements"  # type: ignore[union-attr]

    def test_puts_moves_and_takes_out_what_was_promised_before(
        self, hand: Client, unpublished: Playback, alice: User, moment: datetime
    ) -> None:
        for what in ("first", "second"):
            made = make_commitment(
                wording=Wording(Audience.EMPLOYEE, what), who_name="Ana", who=None,
                due_date=moment.date() + timedelta(days=9), by=alice, now=moment,
            )  # fmt: skip
            hand.post(address(unpublished), sent("part", promise=str(made.key)))
        first, second = unpublished.parts.order_by("place")

        hand.post(address(unpublished), {"do": "raise", "part": second.pk})
        hand.post(address(unpublished), {"do": "remove", "part": first.pk})
        hand.post(address(unpublished), {"do": "remove", "part": "no number"})

        assert list(unpublished.parts.all()) == [second]

    def test_is_handed_over(self, hand: Client, unpublished: Playback, bob: User) -> None:
        hand.post(address(unpublished), sent("hand", owner=str(bob.pk)))

        unpublished.refresh_from_db()
        assert unpublished.owner == bob
