"""What somebody has seen of a draft before changing it, so that no change of others is lost."""

import hashlib
import json
from typing import Any

from survey.questionnaires.models import Questionnaire, QuestionnaireItem, Section
from survey.questionnaires.services.outline import ItemNotAskedError
from survey.questionnaires.services.wording import wording_of


class DraftChangedError(Exception):
    """Somebody else has changed it since it was shown."""


def see_draft(draft: Questionnaire) -> str:
    """Return a digest of what a draft is called, its languages and its settings."""
    return _digest(draft.name, draft.languages, draft.settings)


def see_section(section: Section) -> str:
    """Return a digest of a section's heading and its condition."""
    return _digest(section.texts, section.shown_when)


def see_item(*, questionnaire_id: int, code: str) -> str:
    """Return a digest of an item's wording, its section and when it is asked."""
    places = QuestionnaireItem.objects.filter(questionnaire=questionnaire_id, item__code=code)
    place = places.select_related("item", "section").first()
    if place is None:
        raise ItemNotAskedError(code)
    section = place.section.code if place.section else ""
    return _digest(wording_of(place.item), place.is_required, place.shown_when, section)


def check_seen(seen: str | None, now: str) -> None:
    """Raise DraftChangedError where a digest is not that of now; None was never looked at."""
    if seen is not None and seen != now:
        raise DraftChangedError(seen)


def _digest(*told: Any) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
