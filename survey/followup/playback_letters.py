"""What the letters about playbacks say: the signer's words, and where all of it stands."""

from datetime import datetime

from django.conf import settings
from django.utils.http import urlencode
from django.utils.translation import gettext

from survey.followup.models import Notice, Playback, PlaybackState
from survey.followup.ways_out import way_out_url
from survey.letters.notices import NoticeFacts
from survey.letters.phrases import say
from survey.questionnaires.languages import speak
from survey.questionnaires.models import Audience


def write_playback(notice: Notice, language: str, now: datetime) -> NoticeFacts | None:
    """Tell of a playback; None where it is not published, or its wave was withdrawn since."""
    playback = notice.playback
    if playback is None or playback.state != PlaybackState.PUBLISHED:
        return None
    if playback.release.wave.withdrawn_at is not None:
        return None
    with speak(language):
        return NoticeFacts(
            recipient_name=notice.delivery.recipient_name,
            url=heard_url(playback, language),
            link_label=gettext("What you told us, and what comes of it"),
            paragraphs=(
                gettext(
                    "You get this because you were asked. We write to everybody who was, whether "
                    "they answered or not."
                ),
            ),
            stop_url=way_out_url(notice.delivery),
            stop_label=say("stop", language),
        )


def heard_url(playback: Playback, language: str) -> str:
    """Return the public address of a playback: all customers' stand on one page."""
    page = "heard" if playback.audience == Audience.CUSTOMER else f"heard/{playback.code}"
    return f"{settings.BASE_URL}/{page}/?{urlencode({'lang': language})}"
