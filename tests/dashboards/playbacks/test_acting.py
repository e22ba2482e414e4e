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
    def test_keeps_words(self, hand: Client, draft: Playback) -> None:
        assert hand.post(address(draft), WORDS).status_code == 302

        draft.refresh_from_db()
        assert {name: getattr(draft, name) for name in SIGNED} == SIGNED

    def test_promises_in_place(self, hand: Client, draft: Playback, moment: datetime) -> None:
        day = (timezone.localdate(moment) + timedelta(days=30)).isoformat()

        hand.post(address(draft), sent("will", **LATER, heard="Rotas come late", due_date=day))

        made = Commitment.objects.get()
        assert (made.audience, made.heard) == (Audience.EMPLOYEE, "Rotas come late")
        assert made.wave == draft.release.wave
        assert [part.commitment for part in draft.parts.all()] == [made]

    def test_says_no_in_place_and_why(self, hand: Client, draft: Playback) -> None:
        assert hand.post(address(draft), sent("wont", **LATER, because="")).status_code == 422

        hand.post(address(draft), sent("wont", **LATER, because="Two agreements"))

        assert draft.parts.get().commitment.because == "Two agreements"  # type: ignore[union-attr]

    def test_puts_moves_and_takes_out_what_was_promised_before(
        self, hand: Client, draft: Playback, alice: User, moment: datetime
    ) -> None:
        for what in ("first", "second"):
            made = make_commitment(
                wording=Wording(Audience.EMPLOYEE, what), who_name="Ana", who=None,
                due_date=moment.date() + timedelta(days=9), by=alice, now=moment,
            )  # fmt: skip
            hand.post(address(draft), sent("part", promise=str(made.key)))
        first, second = draft.parts.order_by("place")

        hand.post(address(draft), {"do": "raise", "part": second.pk})
        hand.post(address(draft), {"do": "remove", "part": first.pk})
        hand.post(address(draft), {"do": "remove", "part": "no number"})

        assert list(draft.parts.all()) == [second]

    def test_is_handed_over(self, hand: Client, draft: Playback, bob: User) -> None:
        hand.post(address(draft), sent("hand", owner=str(bob.pk)))

        draft.refresh_from_db()
        assert draft.owner == bob
