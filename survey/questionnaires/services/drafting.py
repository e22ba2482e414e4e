"""Begin drafts: new ones, copies and next versions; name them, and throw them away."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from survey.questionnaires.codes import make_code
from survey.questionnaires.models import (
    Questionnaire,
    QuestionnaireItem,
    QuestionnaireStatus,
    Section,
)
from survey.questionnaires.reading import read_head
from survey.questionnaires.services.drafted_scales import drop_scales, share_scales
from survey.questionnaires.services.locking import lock_draft, lock_versions
from survey.questionnaires.services.placing import add_items
from survey.questionnaires.services.publishing import insert_draft, start_draft
from survey.questionnaires.services.seen import check_seen, see_draft
from survey.questionnaires.services.wording import drop_unplaced, hand_on


class QuestionnaireUsedError(Exception):
    """A campaign asks this draft, so that it cannot be thrown away."""


@transaction.atomic
def draft_questionnaire(
    *, name: str, audience: str, languages: Sequence[str], item_ids: Sequence[int] = ()
) -> Questionnaire:
    """Begin a questionnaire of items of the bank, or of none, under a code made from its name.

    Raises DocumentError for what no questionnaire can be called or asked in, and what add_items
    raises.
    """
    draft = _start_new(
        name=read_head("name", name),
        audience=read_head("audience", audience),
        languages=read_head("languages", list(languages)),
    )
    if item_ids:
        add_items(questionnaire_id=draft.pk, item_ids=item_ids)
    return draft


@transaction.atomic
def copy_questionnaire(*, questionnaire_id: int, name: str) -> Questionnaire:
    """Draft a questionnaire of its own that asks what another one asks."""
    source = Questionnaire.objects.get(pk=questionnaire_id)
    draft = _start_new(
        name=read_head("name", name), audience=source.audience, languages=source.languages
    )
    return _fill_like(source, draft)


@transaction.atomic
def next_version(*, questionnaire_id: int) -> Questionnaire:
    """Return the open draft of a questionnaire's code, or draft its next version."""
    source = Questionnaire.objects.get(pk=questionnaire_id)
    lock_versions(source.code)
    drafts = Questionnaire.objects.filter(
        code=source.code, audience=source.audience, status=QuestionnaireStatus.DRAFT
    )
    newest = drafts.order_by("-version").first()
    if newest is not None:
        return newest
    draft = start_draft(
        code=source.code, name=source.name, audience=source.audience, languages=source.languages
    )
    return _fill_like(source, draft)


@transaction.atomic
def configure_draft(
    *,
    questionnaire_id: int,
    name: str,
    languages: Sequence[str],
    settings: Mapping[str, Any],
    seen: str | None = None,
) -> None:
    """Set a draft's name, languages and settings.

    Raises DocumentError for what cannot be, DraftChangedError where they are not as they were seen.
    """
    draft = lock_draft(questionnaire_id)
    check_seen(seen, see_draft(draft))
    draft.name = read_head("name", name)
    draft.languages = list(read_head("languages", list(languages)))
    draft.settings = dict(read_head("settings", settings))
    draft.save(update_fields=["name", "languages", "settings"])


@transaction.atomic
def discard_draft(*, questionnaire_id: int) -> None:
    """Throw a draft away, with the questions that were written in it and stand nowhere else."""
    draft = lock_draft(questionnaire_id)
    draft.questionnaire_items.all().delete()
    drop_scales(draft=draft)
    drop_unplaced(draft)
    hand_on(draft)
    try:
        draft.delete()
    except ProtectedError as error:
        raise QuestionnaireUsedError(str(draft)) from error


def _free_code(name: str) -> str:
    taken = Questionnaire.objects.values_list("code", flat=True).distinct()
    return make_code(name, fallback="questionnaire", taken=set(taken))


def _start_new(*, name: str, audience: str, languages: Sequence[str]) -> Questionnaire:
    """Make an empty draft under a code that nobody takes at the same moment."""
    while True:
        code = _free_code(name)
        try:
            with transaction.atomic():
                return insert_draft(
                    code=code, version=1, name=name, audience=audience, languages=languages
                )
        except IntegrityError:
            if not Questionnaire.objects.filter(code=code).exists():
                raise


def _fill_like(source: Questionnaire, draft: Questionnaire) -> Questionnaire:
    draft.settings = source.settings
    draft.save(update_fields=["settings"])
    sections = {old.code: _copy_of(old, draft) for old in source.sections.order_by("position")}
    Section.objects.bulk_create(sections.values())
    places = source.questionnaire_items.select_related("section").order_by("position")
    QuestionnaireItem.objects.bulk_create(
        QuestionnaireItem(
            questionnaire=draft,
            item_id=place.item_id,
            section=sections[place.section.code] if place.section else None,
            position=place.position,
            is_required=place.is_required,
            shown_when=place.shown_when,
        )
        for place in places
    )
    share_scales(source=source, copy=draft)
    return draft


def _copy_of(section: Section, draft: Questionnaire) -> Section:
    return Section(
        questionnaire=draft,
        position=section.position,
        code=section.code,
        texts=section.texts,
        shown_when=section.shown_when,
    )
