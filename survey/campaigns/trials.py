"""Write the letters that people send to themselves; their links count nothing."""

from collections.abc import Sequence
from dataclasses import replace

from survey.campaigns.facts import in_language, state_facts
from survey.campaigns.models import Invitation, TrialLetter
from survey.campaigns.trial_links import trial_stop_url, trial_token, trial_url
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
    token = trial_token(wave_id=trial.wave_id, now=delivery.due_at)
    facts = state_facts(
        invitation=Invitation(wave=trial.wave),
        recipient_name=delivery.recipient_name,
        answer_url=in_language(trial_url(token=token), words.language, delivery.letter.language),
        stop_url=trial_stop_url(token=token),
        language=words.language,
        has_first_item=delivery.letter.has_first_item,
    )
    composed = render_letter(letter=delivery.letter, facts=facts, language=words.language)
    return replace(composed, stop_url="")
