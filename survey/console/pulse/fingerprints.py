"""What a check showed, in few letters: it tells whether a draft has changed since."""

import json
from dataclasses import fields
from hashlib import sha256
from typing import Any

from django.forms import model_to_dict

from survey.campaigns.audience import AudiencePreview
from survey.campaigns.choosing import filter_of
from survey.campaigns.models import Schedule, Wave
from survey.campaigns.selectors import find_letter

TIMING = ("opens_at", "closes_at", "letters_date", "letters_time")


def fingerprint_of(*, wave: Wave, counted: AudiencePreview) -> str:
    """Return a digest of who would be asked what, by which letter and when."""
    schedule = Schedule.objects.filter(campaign=wave.campaign_id, is_active=True).first()
    shown = {
        "people": [getattr(counted, field.name) for field in fields(AudiencePreview)],
        "filter": filter_of(wave=wave),
        "questions": [wave.questionnaire_id, wave.scale_codes],
        "letter": _letter(wave),
        "timing": [getattr(wave, name) for name in TIMING],
        "reminders": list(wave.reminders.order_by("number").values_list("due_date", "letter_id")),
        "rhythm": model_to_dict(schedule) if schedule else None,
    }
    return sha256(json.dumps(shown, default=str, sort_keys=True).encode()).hexdigest()


def _letter(wave: Wave) -> list[dict[str, Any]]:
    letter = find_letter(wave=wave)
    if letter is None:
        return []
    translations = letter.translations.order_by("language")
    return [model_to_dict(letter, exclude=["id"]), *map(model_to_dict, translations)]
