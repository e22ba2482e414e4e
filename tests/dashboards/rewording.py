"""New versions of questionnaires: reworded, or only translated."""

from dataclasses import replace
from typing import Any

from survey.campaigns.models import Campaign
from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import change_item, next_version, publish_questionnaire


def reword(campaign: Campaign, code: str, text: str = "Worded anew?") -> Questionnaire:
    """Let a campaign ask a version of its questionnaire with another text of one question."""
    return _ask_next(campaign, code, lambda texts: texts | {"en": text})


def translate(campaign: Campaign, code: str) -> Questionnaire:
    """Let a campaign ask a version of its questionnaire with one question in Spanish too."""
    return _ask_next(campaign, code, lambda texts: texts | {"es": "¿En español?"})


def _ask_next(campaign: Campaign, code: str, change: Any) -> Questionnaire:
    draft = next_version(questionnaire_id=campaign.questionnaire_id)
    entry = next(
        one for one in export_document(questionnaire_id=draft.pk).items if one.code == code
    )
    texts = change(dict(entry.texts))
    options = tuple(
        replace(one, texts={tag: f"{one.value} {tag}" for tag in texts} | dict(one.texts))
        for one in entry.options
    )
    change_item(questionnaire_id=draft.pk, entry=replace(entry, texts=texts, options=options))
    publish_questionnaire(questionnaire_id=draft.pk)
    draft.refresh_from_db()
    campaign.questionnaire = draft
    campaign.save()
    return draft
