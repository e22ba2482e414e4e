"""Word a draft in its languages: all wordings that came in, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from survey.questionnaires.documents import Document, Texts
from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Questionnaire, Section
from survey.questionnaires.services.drafting import configure_draft
from survey.questionnaires.services.locking import lock_draft
from survey.questionnaires.services.rewording import change_item
from survey.questionnaires.translations import Translation, compare
from survey.questionnaires.translations.texts import name_section, reword_item

MOST_LANGUAGES = 50


class TranslationsChangedError(Exception):
    """What translations come to is not what somebody has looked at, or has faults."""


class TooManyLanguagesError(Exception):
    """A questionnaire has as many languages as it may have."""


@dataclass(frozen=True, slots=True)
class TranslationReport:
    """How many wordings changed, and the codes of the items whose trend breaks by that."""

    n_changed: int
    broken: tuple[str, ...]


@transaction.atomic
def translate_draft(
    *, questionnaire_id: int, translations: Sequence[Translation], seen: str
) -> TranslationReport:
    """Take translations into a draft, if they still come to the comparison of the digest seen."""
    draft = lock_draft(questionnaire_id)
    document = export_document(questionnaire_id=questionnaire_id)
    comparison = compare(document, translations)
    if comparison.faults or comparison.digest != seen:
        raise TranslationsChangedError(questionnaire_id)
    _reword_headings(draft, comparison.wordings)
    broken = _reword_items(draft, document, comparison.wordings)
    return TranslationReport(len(comparison.changes), broken)


@transaction.atomic
def add_language(*, questionnaire_id: int, tag: str) -> None:
    """Let a draft be answered in one more language; adding it twice changes nothing."""
    draft = lock_draft(questionnaire_id)
    if tag in draft.languages:
        return
    if len(draft.languages) >= MOST_LANGUAGES:
        raise TooManyLanguagesError(str(draft))
    _set_languages(draft, [*draft.languages, tag])


@transaction.atomic
def remove_language(*, questionnaire_id: int, tag: str) -> None:
    """Offer a language no more; its wordings stay with the items, and the own language stays."""
    draft = lock_draft(questionnaire_id)
    own, *others = draft.languages
    _set_languages(draft, [own, *(other for other in others if other != tag)])


def _set_languages(draft: Questionnaire, languages: Sequence[str]) -> None:
    configure_draft(
        questionnaire_id=draft.pk, name=draft.name, languages=languages, settings=draft.settings
    )


def _reword_headings(draft: Questionnaire, new: Mapping[str, Texts]) -> None:
    sections = list(draft.sections.all())
    for section in sections:
        section.texts = {**section.texts, **new.get(name_section(section.code), {})}
    Section.objects.bulk_update(sections, ["texts"])


def _reword_items(
    draft: Questionnaire, document: Document, new: Mapping[str, Texts]
) -> tuple[str, ...]:
    """Store new wordings, and return the codes of the items whose trend breaks."""
    reworded = [reword_item(item, new) for item in document.items]
    changed = [entry for entry, item in zip(reworded, document.items, strict=True) if entry != item]
    told = [(entry.code, change_item(questionnaire_id=draft.pk, entry=entry)) for entry in changed]
    return tuple(code for code, rewording in told if rewording.breaks_trend)
