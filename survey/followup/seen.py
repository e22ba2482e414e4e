"""What somebody has seen of a playback before publishing it, so that nothing else is published."""

import hashlib
import json

from survey.followup.models import Playback

SPOKEN = ("title", "body", "signer_name", "signer_role", "reply_to", "language")


class PlaybackChangedError(Exception):
    """Somebody else has changed it since it was shown."""


def see_playback(playback: Playback) -> str:
    """Return a digest of what a playback says in each language, who signs it, and its parts."""
    words = [getattr(playback, name) for name in SPOKEN]
    translations = playback.translations.order_by("language")
    translated = translations.values_list("language", "title", "body", "signer_role")
    parts = playback.parts.order_by("place").values_list("commitment_id", "story_id")
    told = [words, list(translated), list(parts)]
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def check_seen(playback: Playback, seen: str | None) -> None:
    """Raise PlaybackChangedError where a digest is not that of now; None was never looked at."""
    if seen is not None and seen != see_playback(playback):
        raise PlaybackChangedError
