"""Write the letters that invite people; the links are made here and kept nowhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from survey.campaigns.keys import KeysMissingError, read_link_key
from survey.campaigns.links import answer_token, answer_url, stop_url
from survey.campaigns.models import Invitation, Wave
from survey.campaigns.selectors import LinkNotOpenError, check_open
from survey.core.timestamps import local_date
from survey.letters.composing import ComposedLetter, LetterFacts, render_letter
from survey.letters.models import Delivery
from survey.questionnaires.models import Audience
from survey.questionnaires.pages import estimate_minutes
from survey.questionnaires.selectors import get_content


class LetterWriter:
    """Composes invitations at one moment, and reads each wave's link key once."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._link_keys: dict[int, bytes | None] = {}

    def compose(self, deliveries: Sequence[Delivery]) -> Mapping[int, ComposedLetter | None]:
        """Return each delivery's letter by its id; None where the wave takes no answers."""
        invitations = Invitation.objects.filter(delivery__in=deliveries).select_related(
            "wave__campaign__letter", "wave__letter", "delivery__letter"
        )
        letters: dict[int, ComposedLetter | None] = {row.pk: None for row in deliveries}
        for invitation in invitations:
            if invitation.delivery is not None:
                letters[invitation.delivery.pk] = self._write(invitation, invitation.delivery)
        return letters

    def _write(self, invitation: Invitation, delivery: Delivery) -> ComposedLetter | None:
        link_key = self._open_link_key(invitation.wave)
        if link_key is None:
            return None
        token = answer_token(link_key=link_key, invitation_key=invitation.key)
        facts = LetterFacts(
            recipient_name=delivery.recipient_name,
            answer_url=answer_url(token=token),
            stop_url=stop_url(token=token),
            minutes=say_minutes(wave=invitation.wave),
            who_sees=say_who_sees(wave=invitation.wave),
            hears_back=say_hears_back(wave=invitation.wave),
        )
        return render_letter(letter=delivery.letter, facts=facts)

    def _open_link_key(self, wave: Wave) -> bytes | None:
        if wave.pk not in self._link_keys:
            try:
                check_open(wave=wave, now=self._now)
                self._link_keys[wave.pk] = read_link_key(wave=wave)
            except (LinkNotOpenError, KeysMissingError):
                self._link_keys[wave.pk] = None
        return self._link_keys[wave.pk]


def say_minutes(*, wave: Wave) -> int:
    """Return how many minutes the questionnaire takes, as its page says too."""
    return estimate_minutes(get_content(questionnaire_id=wave.questionnaire_id))


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
    closes = local_date(wave.closes_at)
    return (
        f"Figures are made once, after the survey closes on {closes.day} {closes:%B %Y}; "
        "nobody sees any before."
    )
