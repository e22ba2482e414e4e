"""Bring in questionnaires that were read from files: one file of each person at a time."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from survey.questionnaires.codes import make_code
from survey.questionnaires.documents import Document
from survey.questionnaires.importers import (
    ImportedQuestionnaire,
    ImportRefusedError,
    LeftOut,
    keep_apart,
    list_taken_codes,
)
from survey.questionnaires.importers.telling import keep, shorten
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.models import ImportReport, Item, Questionnaire, ReadingLease
from survey.questionnaires.reading import DocumentError
from survey.questionnaires.scales import ScaleChangedError
from survey.questionnaires.services.transfer import import_document

LEASE = timedelta(seconds=60)  # longer than any reading lasts


def claim_reading(*, reader_id: int, now: datetime) -> bool:
    """Say whether somebody's file may be read now, and let no other one of theirs be until then."""
    ReadingLease.objects.get_or_create(reader_id=reader_id, defaults={"until": now})
    free = ReadingLease.objects.filter(reader_id=reader_id, until__lte=now)
    return bool(free.update(until=now + LEASE))


def release_reading(*, reader_id: int, now: datetime) -> None:
    """Let somebody's next file be read."""
    ReadingLease.objects.filter(reader_id=reader_id).update(until=now)


@transaction.atomic
def bring_in(
    *,
    imported: ImportedQuestionnaire,
    audience: str,
    may_ask: Collection[str],
    file_name: str,
) -> Questionnaire:
    """Draft what was read from a file for an audience, with the report of what was left out.

    A code that another audience's questionnaire has becomes another one. Raises
    ImportRefusedError for what cannot be stored, and for wordings of questions that only others
    than those in may_ask are asked.
    """
    document, told = _with_own_code(replace(imported.document, audience=audience))
    imported = replace(imported, document=document, left_out=(*told, *imported.left_out))
    imported = keep_apart(imported, list_taken_codes(document))
    _refuse_questions_of_others(imported.document, may_ask)
    try:
        draft = import_document(document=imported.document).questionnaire
    except DocumentError as error:
        raise ImportRefusedError(error.where, error.why) from error
    except ScaleChangedError as error:
        raise ImportRefusedError("scales", str(error)) from error
    ImportReport.objects.create(
        questionnaire=draft,
        file_name=shorten(file_name),
        language="",
        left_out=[[keep(one.where), keep(one.what), keep(one.reason)] for one in imported.left_out],
    )
    return draft


def _with_own_code(document: Document) -> tuple[Document, tuple[LeftOut, ...]]:
    """Return a document whose code no questionnaire of another audience has."""
    same = Questionnaire.objects.filter(code=document.code)
    if not same.exclude(audience=document.audience).exists():
        return document, ()
    taken = set(Questionnaire.objects.values_list("code", flat=True))
    code = make_code(document.code, fallback="questionnaire", taken=taken)
    why = _("a questionnaire for others has it; here it is “%(new)s”") % {"new": code}
    left_out = LeftOut(_("the questionnaire"), _("its code"), why)
    return replace(document, code=code), (left_out,)


def _refuse_questions_of_others(document: Document, may_ask: Collection[str]) -> None:
    asked = Item.objects.filter(
        code__in=[item.code for item in document.items], questionnaire_items__isnull=False
    )
    theirs = asked.exclude(questionnaire_items__questionnaire__audience__in=may_ask)
    codes = sorted(set(theirs.values_list("code", flat=True)))
    if codes:
        raise ImportRefusedError(codes[0], _("is a question that others are asked"))
