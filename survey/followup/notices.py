"""Letters about what followed: queued with what they are about, written when they are sent.

Each kind has one writer. It says what one letter tells beside the words that somebody signed, or
None where the letter is not wanted any more.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from celery.exceptions import SoftTimeLimitExceeded

from survey.followup.callback_letters import (
    write_callback_asked,
    write_callback_check,
    write_callback_due,
)
from survey.followup.commitment_letters import write_commitment_due
from survey.followup.digest_letters import write_digest
from survey.followup.models import Notice, NoticeKind
from survey.followup.playback_letters import write_playback
from survey.letters.composing import ComposedLetter
from survey.letters.models import Delivery, DeliveryKind
from survey.letters.notices import NoticeFacts, render_notice
from survey.letters.services import SendReport, send_due_deliveries
from survey.letters.services.sending import RUN_SECONDS
from survey.letters.words import letter_words

logger = logging.getLogger(__name__)

Write = Callable[[Notice, str, datetime], NoticeFacts | None]  # in a language, at a moment

WRITERS: Mapping[str, Write] = {
    NoticeKind.CALLBACK_ASKED: write_callback_asked,
    NoticeKind.CALLBACK_DUE: write_callback_due,
    NoticeKind.CALLBACK_CHECK: write_callback_check,
    NoticeKind.COMMITMENT_DUE: write_commitment_due,
    NoticeKind.PLAYBACK: write_playback,
    NoticeKind.DIGEST: write_digest,
}


def send_due_notices(
    *, now: datetime, read_clock: Callable[[], float] = time.monotonic
) -> SendReport:
    """Send the letters about what followed that are due: work first, news in the time it leaves."""
    ends_at = read_clock() + RUN_SECONDS

    def compose(deliveries: Sequence[Delivery]) -> dict[int, ComposedLetter | None]:
        return compose_notices(deliveries=deliveries, now=now)

    sent = failed = waiting = 0
    for kind in (DeliveryKind.NOTICE, DeliveryKind.NEWS):
        left = ends_at - read_clock()
        if left > 0:
            report = send_due_deliveries(
                compose=compose, now=now, kinds=(kind,), read_clock=read_clock, seconds=left
            )
            sent, failed = sent + report.sent, failed + report.failed
            waiting += report.waiting
    return SendReport(sent=sent, failed=failed, waiting=waiting)


def compose_notices(
    *, deliveries: Sequence[Delivery], now: datetime
) -> dict[int, ComposedLetter | None]:
    """Return each delivery's letter by its id; None where it is not wanted any more.

    One that cannot be written is left out, and waits.
    """
    letters: dict[int, ComposedLetter | None] = {row.pk: None for row in deliveries}
    known = {row.pk: row for row in deliveries}
    notices = Notice.objects.filter(delivery__in=letters).select_related(
        "callback__team", "callback__owner", "commitment__team", "playback__release__wave", "user"
    )
    for notice in notices:
        delivery = known[notice.delivery_id]
        try:
            letters[delivery.pk] = _compose(notice, delivery, now)
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            logger.exception("Notice %s cannot be written and waits", notice.pk)
            del letters[delivery.pk]
    return letters


def _compose(notice: Notice, delivery: Delivery, now: datetime) -> ComposedLetter | None:
    language = letter_words(letter=delivery.letter, language=delivery.language).language
    facts = WRITERS[notice.kind](notice, language, now)
    if facts is None:
        return None
    return render_notice(letter=delivery.letter, facts=facts, language=delivery.language)
