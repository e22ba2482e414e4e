"""Playbacks, of releases that hold no figures unless a test makes some."""

from datetime import date, datetime, timedelta
from typing import Any

from survey.aggregation.models import Release
from survey.campaigns.models import Wave
from survey.followup.models import Playback, PlaybackState
from tests.factories.letters import LetterFactory

NO_FACTS = {"period": "2026-03-01", "before": None, "n_people": 0, "measures": []}
SIGNED = {
    "title": "What you told us in March",
    "body": "I read it all.\nThis is what we do.",
    "signer_name": "Ana Duarte",
    "signer_role": "who leads the region",
    "reply_to": "ana@example.org",
}


def make_playback(
    wave: Wave,
    *,
    now: datetime,
    month_start: date | None = None,
    is_published: bool = False,
    **fields: Any,
) -> Playback:
    """Make a draft of a wave's release, or one that was signed and published just now."""
    release = Release.objects.create(
        wave=wave, month_start=month_start, made_at=now, checksum="c" * 64
    )
    if is_published:
        told = {"state": PlaybackState.PUBLISHED, "published_at": now, "letter": LetterFactory()}
        fields = SIGNED | told | fields
    usual = {
        "audience": wave.campaign.audience,
        "code": f"code-{release.pk}-{'x' * 16}",
        "facts": NO_FACTS,
        "drafted_at": now,
        "due_date": (now + timedelta(days=14)).date(),
    }
    return Playback.objects.create(release=release, **usual | fields)
