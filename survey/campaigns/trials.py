"""Write the letters that people send to themselves; no link in them is anybody's."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings

from survey.campaigns.facts import state_facts
from survey.campaigns.models import Invitation, TrialLetter
from survey.letters.composing import ComposedLetter, render_letter
from survey.letters.models import Delivery, DeliveryKind
from survey.letters.words import letter_words


def compose_trials(*, deliveries: Sequence[Delivery]) -> dict[int, ComposedLetter]:
    """Return the letters to oneself among some deliveries, by their ids."""
    ids = [row.pk for row in deliveries if row.kind == DeliveryKind.TEST]
    trials = TrialLetter.objects.filter(delivery__in=ids) if ids else TrialLetter.objects.none()
    found = trials.select_related("wave__campaign__scope", "delivery__letter")
    return {trial.delivery_id: _write(trial) for trial in found}


def _write(trial: TrialLetter) -> ComposedLetter:
    """Write a letter as everybody gets it, but without the header that lets programs stop it."""
    delivery = trial.delivery
    words = letter_words(letter=delivery.letter, language=delivery.language)
    page = f"{settings.BASE_URL}/console/waves/{trial.wave_id}/"
    facts = state_facts(
        invitation=Invitation(wave=trial.wave),
        recipient_name=delivery.recipient_name,
        answer_url=page,
        stop_url=f"{settings.BASE_URL}/privacy/",
        language=words.language,
        has_first_item=delivery.letter.has_first_item,
    )
    composed = render_letter(letter=delivery.letter, facts=facts, language=words.language)
    return replace(composed, stop_url="")
