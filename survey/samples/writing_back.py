"""What the demo's people were told came of their answers: twice signed, once still a draft."""

from datetime import datetime, timedelta

from survey.aggregation.models import Release
from survey.aggregation.selectors import current_releases
from survey.campaigns.models import Campaign, Pairing
from survey.followup.drafting import draft_playback
from survey.followup.publishing import (
    TranslatedWords,
    Words,
    publish_playback,
    translate_playback,
    write_playback_words,
)

SIGNED_AFTER = timedelta(days=9)
TO_CUSTOMERS = (
    "What you told us last quarter, and what comes of it",
    "I read what you wrote, not only the numbers. Most of you were treated well; some of you "
    "waited too long and were not told why.\n\nBelow is what we do about it, and what we won’t.",
    "head of customer experience",
)
EN_ESPANOL = TranslatedWords(
    "es",
    "Lo que nos dijo el trimestre pasado y lo que sale de ello",
    "He leído sus palabras, además de las cifras. A la mayoría los tratamos bien; algunos "
    "esperaron demasiado y nadie les dijo por qué.\n\nAbajo está lo que haremos y lo que no.",
    "jefa de atención al cliente",
)
TO_STAFF = (
    "What you told us, and what comes of it",
    "Thank you for answering. Many of you wrote that plans come late and that nobody says how "
    "decisions are made.\n\nBelow is what we promise, with names and days, and what we won’t do.",
    "People team",
)


def write_back(*, pairing: Pairing, now: datetime) -> None:
    """Publish what came of the last quarter to customers, of the one before it to staff.

    What staff said last waits to be written: a draft that is due, or overdue by now.
    """
    _publish(_release_of(pairing.cx, back=1), TO_CUSTOMERS, now, EN_ESPANOL)
    _publish(_release_of(pairing.ex, back=2), TO_STAFF, now)
    last = _release_of(pairing.ex, back=1)
    draft_playback(release=last, now=last.made_at)


def _release_of(campaign: Campaign, *, back: int) -> Release:
    return list(current_releases(campaigns=[campaign]).order_by("made_at", "pk"))[-back]


def _publish(
    release: Release,
    said: tuple[str, str, str],
    now: datetime,
    translated: TranslatedWords | None = None,
) -> None:
    """Let whoever owns the draft write it, sign it and publish it some days after the figures."""
    draft = draft_playback(release=release, now=release.made_at)
    title, body, role = said
    words = Words(title, body, draft.signer_name, role, draft.reply_to, "en")
    write_playback_words(playback_id=draft.pk, words=words)
    if translated is not None:
        translate_playback(playback_id=draft.pk, words=translated)
    publish_playback(playback_id=draft.pk, now=min(now, release.made_at + SIGNED_AFTER))
