"""Write the letters that invite people; the links are made here and kept nowhere."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from survey.campaigns.code_sheets import compose_sheets
from survey.campaigns.customer_rules import is_too_late
from survey.campaigns.facts import in_language, state_facts
from survey.campaigns.keys import KeysMissingError, read_link_key
from survey.campaigns.links import answer_token, answer_url, stop_url
from survey.campaigns.models import Invitation, Wave
from survey.campaigns.selectors import LinkNotOpenError, check_open
from survey.campaigns.trials import compose_trials
from survey.campaigns.zones import quiet_hours_of, zone_of
from survey.core.local_time import after_quiet_hours
from survey.letters.composing import ComposedLetter, Postponed, render_letter
from survey.letters.models import Delivery, DeliveryChannel
from survey.letters.sms_words import render_sms
from survey.letters.words import letter_words

_Row = tuple[Delivery, Invitation]

logger = logging.getLogger(__name__)


class LetterWriter:
    """Composes invitations at one moment."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def compose(
        self, deliveries: Sequence[Delivery]
    ) -> Mapping[int, ComposedLetter | Postponed | None]:
        """Return each delivery's letter by its id; None where the wave takes no answers.

        Letters of a wave whose keys are away are left out, so that they wait; those that come
        late to somebody for whom it is quiet now are put off to the end of their quiet hours.
        """
        letters: dict[int, ComposedLetter | Postponed | None] = {row.pk: None for row in deliveries}
        for wave, all_rows in _by_wave(deliveries).items():
            quiet = _put_off(all_rows, self._now)
            letters |= quiet
            rows = [row for row in all_rows if row[0].pk not in quiet]
            try:
                letters |= self._compose_wave(wave, rows)
            except KeysMissingError:
                logger.exception("Wave %s: its letters wait until its keys are back", wave.pk)
                for delivery, _ in rows:
                    del letters[delivery.pk]
        letters |= compose_trials(deliveries=deliveries)
        return letters | compose_sheets(deliveries=deliveries, now=self._now)

    def _compose_wave(self, wave: Wave, rows: Sequence[_Row]) -> dict[int, ComposedLetter]:
        """Read the wave's link key once and write its letters; none where it is not open."""
        try:
            check_open(wave=wave, now=self._now)
        except LinkNotOpenError:
            return {}
        link_key = read_link_key(wave=wave)
        return {
            delivery.pk: _write(link_key, invitation, delivery)
            for delivery, invitation in rows
            if not is_too_late(invitation=invitation, now=self._now)
        }


def _put_off(rows: Sequence[_Row], now: datetime) -> dict[int, Postponed]:
    """Return until when the letters wait whose readers have quiet hours now."""
    waiting: dict[int, Postponed] = {}
    for delivery, invitation in rows:
        until = after_quiet_hours(
            moment=now,
            zone=zone_of(invitation.person or invitation.customer),
            quiet=quiet_hours_of(invitation.wave.campaign),
        )
        if until > now:
            waiting[delivery.pk] = Postponed(until)
    return waiting


def _by_wave(deliveries: Sequence[Delivery]) -> dict[Wave, list[_Row]]:
    invitations = Invitation.objects.filter(delivery__in=deliveries).select_related(
        "person",
        "customer",
        "wave__campaign__scope",
        "wave__campaign__customer_rules",
        "interaction__team",
        "delivery__letter",
    )
    invitations = invitations.prefetch_related("delivery__letter__translations")
    rows: dict[Wave, list[_Row]] = defaultdict(list)
    for invitation in invitations:
        if invitation.delivery is not None:
            rows[invitation.wave].append((invitation.delivery, invitation))
    return rows


def _write(link_key: bytes, invitation: Invitation, delivery: Delivery) -> ComposedLetter:
    token = answer_token(link_key=link_key, invitation_key=invitation.key)
    letter = delivery.letter
    words = letter_words(letter=letter, language=delivery.language)
    facts = state_facts(
        invitation=invitation,
        recipient_name=delivery.recipient_name,
        answer_url=in_language(answer_url(token=token), words.language, letter.language),
        stop_url=stop_url(token=token),
        language=words.language,
        has_first_item=letter.has_first_item,
    )
    if delivery.channel == DeliveryChannel.SMS:
        return render_sms(letter=letter, facts=facts, language=delivery.language)
    return render_letter(letter=letter, facts=facts, language=words.language)
