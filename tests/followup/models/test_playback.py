"""What no row of a playback may be."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from survey.campaigns.models import Wave
from survey.followup.models import Playback, PlaybackPart, PlaybackState, PlaybackTranslation
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign, make_instrument, make_wave
from tests.factories.playbacks import make_playback

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(organisation: Organisation, now: datetime) -> Playback:
    wave: Wave = make_wave(make_campaign(make_instrument(), organisation.company))
    return make_playback(wave, now=now)


TOLD = {
    "title": "x", "body": "y", "signer_name": "Ana", "reply_to": "ana@example.org",
    "published_at": datetime.fromisoformat("2026-03-02T09:00:00+00:00"),
}  # fmt: skip


def refuses(constraint: str) -> Any:
    return pytest.raises(IntegrityError, match=constraint)


class TestPlayback:
    @pytest.mark.parametrize(
        ("constraint", "values"),
        [
            ("playback_state_is_known", {"state": "SENT", **TOLD}),
            ("playback_audience_is_known", {"audience": "PRESS"}),
            ("playback_published_is_signed", {"state": PlaybackState.PUBLISHED}),
            ("playback_lettered_was_published", {"lettered_at": datetime.fromisoformat(
                "2026-03-02T09:00:00+00:00")}),
        ],
    )  # fmt: skip
    def test_is_refused(self, draft: Playback, constraint: str, values: dict[str, Any]) -> None:
        with refuses(constraint), transaction.atomic():
            Playback.objects.filter(pk=draft.pk).update(**values)

    @pytest.mark.parametrize("missing", ["body", "reply_to"])
    def test_says_something_and_takes_replies_once_published(
        self, draft: Playback, now: datetime, missing: str
    ) -> None:
        told = {
            "title": "x", "body": "y", "signer_name": "Ana", "reply_to": "ana@example.org",
            "state": PlaybackState.PUBLISHED, "published_at": now, missing: "",
        }  # fmt: skip
        with refuses("playback_published_says_something_and_takes_replies"), transaction.atomic():
            Playback.objects.filter(pk=draft.pk).update(**told)

    def test_is_translated_once_into_a_language(self, draft: Playback) -> None:
        told = {"playback": draft, "language": "ar", "title": "x", "body": "y"}
        PlaybackTranslation.objects.create(**told)

        with pytest.raises(IntegrityError), transaction.atomic():
            PlaybackTranslation.objects.create(**told)

    def test_has_no_part_about_nothing(self, draft: Playback) -> None:
        with refuses("playback_part_is_about_something"), transaction.atomic():
            PlaybackPart.objects.create(playback=draft, place=1)
