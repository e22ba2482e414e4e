"""Write the letters that invite people; the links are made here and kept nowhere."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from survey.campaigns.code_sheets import compose_sheets
from survey.campaigns.customer_rules import is_too_late
from survey.campaigns.keys import KeysMissingError, read_link_key
from survey.campaigns.links import answer_token, answer_url, stop_url
from survey.campaigns.models import Invitation, Wave
from survey.campaigns.selectors import LinkNotOpenError, check_open, content_of, last_day
from survey.campaigns.zones import quiet_hours_of, zone_of
from survey.core.timestamps import local_date
from survey.letters.composing import ComposedLetter, LetterFacts, Postponed, render_letter
from survey.letters.models import Delivery, DeliveryChannel
from survey.letters.sms_words import render_sms
from survey.questionnaires.models import Audience
from survey.questionnaires.pages import estimate_minutes

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

        Letters of a wave whose keys are away are left out, so that they wait; so are those that
        come late to somebody for whom it is quiet now.
        """
        letters: dict[int, ComposedLetter | Postponed | None] = {row.pk: None for row in deliveries}
        for wave, all_rows in _by_wave(deliveries).items():
            rows = [row for row in all_rows if not is_quiet(invitation=row[1], now=self._now)]
            for delivery_id in {row[0].pk for row in all_rows} - {row[0].pk for row in rows}:
                del letters[delivery_id]
            try:
                letters |= self._compose_wave(wave, rows)
            except KeysMissingError:
                logger.exception("Wave %s: its letters wait until its keys are back", wave.pk)
                for delivery, _ in rows:
                    del letters[delivery.pk]
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


def is_quiet(*, invitation: Invitation, now: datetime) -> bool:
    """Say whether somebody is not to be written to now, by the quiet hours of the campaign."""
    quiet = quiet_hours_of(invitation.wave.campaign)
    if quiet is None:
        return False
    zone = ZoneInfo(zone_of(invitation.person or invitation.customer))
    return quiet.holds(now.astimezone(zone).time())


def _by_wave(deliveries: Sequence[Delivery]) -> dict[Wave, list[_Row]]:
    invitations = Invitation.objects.filter(delivery__in=deliveries).select_related(
        "person",
        "customer",
        "wave__campaign__scope",
        "wave__campaign__customer_rules",
        "interaction__team",
        "delivery__letter",
    )
    rows: dict[Wave, list[_Row]] = defaultdict(list)
    for invitation in invitations:
        if invitation.delivery is not None:
            rows[invitation.wave].append((invitation.delivery, invitation))
    return rows


def _write(link_key: bytes, invitation: Invitation, delivery: Delivery) -> ComposedLetter:
    token = answer_token(link_key=link_key, invitation_key=invitation.key)
    facts = state_facts(
        invitation=invitation,
        recipient_name=delivery.recipient_name,
        answer_url=answer_url(token=token),
        stop_url=stop_url(token=token),
    )
    if delivery.channel == DeliveryChannel.SMS:
        return render_sms(letter=delivery.letter, facts=facts, language=delivery.language)
    return render_letter(letter=delivery.letter, facts=facts)


def state_facts(
    *, invitation: Invitation, recipient_name: str, answer_url: str, stop_url: str
) -> LetterFacts:
    """Return what a letter tells somebody beside the words of whoever signed it."""
    wave = invitation.wave
    return LetterFacts(
        recipient_name=recipient_name,
        answer_url=answer_url,
        stop_url=stop_url,
        minutes=say_minutes(wave=wave),
        who_sees=say_who_sees(wave=wave),
        hears_back=say_hears_back(wave=wave),
        why_you=say_why_you(invitation=invitation),
        until=say_until(wave=wave),
    )


def say_minutes(*, wave: Wave) -> int:
    """Return how many minutes the questionnaire takes, as its page says too."""
    return estimate_minutes(content_of(wave=wave))


def say_who_sees(*, wave: Wave) -> str:
    """Return in one sentence who sees what becomes of the answers."""
    return (
        f"Nobody sees your own answers: results are shown for {wave.threshold} people or more "
        "together, and never who said what."
    )


def say_hears_back(*, wave: Wave) -> str:
    """Return in one sentence when figures are made of the answers."""
    if wave.campaign.audience == Audience.CUSTOMER:
        return "Figures are made once a month, from all answers about a team together."
    closes = _say_day(local_date(wave.closes_at))
    return f"Figures are made once, after the survey closes on {closes}; nobody sees any before."


def say_why_you(*, invitation: Invitation) -> str:
    """Return in one sentence why somebody is asked; empty where the occasion was erased."""
    if invitation.wave.campaign.audience != Audience.CUSTOMER:
        return f"You get this because everybody in {invitation.wave.campaign.scope} is asked."
    interaction = invitation.interaction
    if interaction is None:
        return ""
    day = _say_day(local_date(interaction.occurred_at))
    return f"You get this because you had to do with {interaction.team} on {day}."


def say_until(*, wave: Wave) -> str:
    """Return the last day for answers; empty for customers, whose waves run for months."""
    if wave.campaign.audience == Audience.CUSTOMER:
        return ""
    return f"You can answer until {_say_day(last_day(wave=wave, now=wave.closes_at))}."


def _say_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
