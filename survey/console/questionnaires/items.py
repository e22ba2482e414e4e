"""The page of one question, new or there already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.console.access import posted
from survey.console.questionnaires.access import on_draft
from survey.console.questionnaires.builder import back_to
from survey.console.questionnaires.conditions import ConditionForm, Subject, list_subjects
from survey.console.questionnaires.conflicts import list_stored
from survey.console.questionnaires.item_forms import ItemForm, initial_of
from survey.console.questionnaires.options import Options, sent_options, stored_options
from survey.console.questionnaires.words import KINDS, word
from survey.organization.models import Attribute
from survey.questionnaires.documents import Document, DocumentItem
from survey.questionnaires.exporting import export_document
from survey.questionnaires.lint import lint_document
from survey.questionnaires.models import (
    Item,
    ItemKind,
    Questionnaire,
    QuestionnaireItem,
    ScaleItem,
    Section,
)
from survey.questionnaires.reading import DocumentError
from survey.questionnaires.services import (
    DraftChangedError,
    ItemNotAskedError,
    QuestionnaireFullError,
    Rewording,
    SectionUnknownError,
    add_new_item,
    edit_item,
    see_item,
)

FORM = ["GET", "HEAD", "POST"]
SAVE = "save"
UNTRANSLATED = "missing_translation"


@dataclass(frozen=True, slots=True)
class Editor:
    """The three forms of one question."""

    form: ItemForm
    options: Options
    condition: ConditionForm

    def is_valid(self) -> bool:
        """Say whether all of it can be saved."""
        return all([self.form.is_valid(), self.options.is_valid(), self.condition.is_valid()])

    @property
    def parts(self) -> list[BaseForm]:
        """Return all forms of it."""
        return [self.form, *self.options.forms, self.condition]

    def entry(self, code: str) -> DocumentItem:
        """Return the question that was filled in."""
        filled = self.form.cleaned_data
        kind = self.form.shown_kind
        return DocumentItem(
            code=code,
            kind=kind,
            texts=self.form.texts,
            hints=self.form.hints,
            options=self.options.read,
            settings=self.form.settings,
            allows_cant_say=filled.get("allows_cant_say", kind != ItemKind.NOTE),
            is_required=filled.get("is_required", False),
            shown_when=self.condition.condition,
            asks_for_playback=filled.get("asks_for_playback", False),
        )


@on_draft
@require_http_methods(FORM)
def change(request: HttpRequest, questionnaire: Questionnaire, code: str) -> HttpResponse:
    """Change one question of a draft, its place and when it is asked."""
    try:  # before what it is the digest of: somebody may change that between the two
        now = see_item(questionnaire_id=questionnaire.pk, code=code)
    except ItemNotAskedError as error:
        raise Http404 from error
    document = export_document(questionnaire_id=questionnaire.pk)
    entry = next((item for item in document.items if item.code == code), None)
    if entry is None:
        raise Http404
    return _edit(request, questionnaire, document, entry, now)


@on_draft
@require_http_methods(FORM)
def write(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Write a new question."""
    document = export_document(questionnaire_id=questionnaire.pk)
    kind = request.GET.get("kind", "")
    kind = kind if kind in ItemKind.values else ItemKind.CHOICE.value
    entry = DocumentItem(code="", texts={}, kind=kind)
    return _edit(request, questionnaire, document, entry)


def _edit(
    request: HttpRequest,
    questionnaire: Questionnaire,
    document: Document,
    entry: DocumentItem,
    now: str | None = None,
) -> HttpResponse:
    editor = _open(posted(request), questionnaire, document, entry)
    action = request.POST.get("do", "")
    is_saving = request.method == "POST" and action == SAVE
    context: dict[str, object] = {"seen": request.POST.get("seen", now), "is_wrong": is_saving}
    status = 422 if is_saving else 200
    if is_saving and editor.is_valid():
        try:
            if _save(request, questionnaire, editor, entry):
                return back_to(questionnaire)
        except (ItemNotAskedError, SectionUnknownError):
            messages.warning(request, _("Somebody else has just taken it out."))
            return back_to(questionnaire)
        except DraftChangedError:
            stored = _open(None, questionnaire, document, entry)
            lines = list_stored(stored.parts, editor.parts)
            context, status = {"seen": now, "is_changed": True, "stored": lines}, 409
    elif request.method == "POST" and not is_saving:
        editor = replace(editor, options=editor.options.after(action))
    context |= _describe(questionnaire, document, entry, editor)
    return render(request, "console/questionnaires/item.html", context, status=status)


def _describe(
    questionnaire: Questionnaire, document: Document, entry: DocumentItem, editor: Editor
) -> dict[str, object]:
    return {
        "questionnaire": questionnaire,
        "entry": entry,
        "editor": editor,
        "title": word(entry.texts, document.languages[0])[0] if entry.code else "",
        "kind": KINDS[editor.form.shown_kind],
        "use": _find_use(questionnaire, entry),
        "hints": list_hints(document, entry.code),
    }


def _open(
    data: QueryDict | None, questionnaire: Questionnaire, document: Document, entry: DocumentItem
) -> Editor:
    """Return the forms as they were sent in, or as they are stored."""
    languages = document.languages
    sent_kind = data.get("kind", "") if data is not None else ""
    kind = sent_kind if sent_kind in ItemKind.values else entry.kind
    form = ItemForm(
        data,
        kind=kind,
        languages=languages,
        sections=_sections(questionnaire, languages[0]),
        initial=initial_of(entry, _section_of(questionnaire, entry)),
    )
    options = (
        stored_options(replace(entry, kind=kind), languages)
        if data is None
        else sent_options(data, languages=languages, kind=kind)
    )
    condition = ConditionForm(
        data,
        subjects=_subjects(document, entry),
        condition=entry.shown_when,
        language=languages[0],
    )
    return Editor(form, options, condition)


def _save(
    request: HttpRequest, questionnaire: Questionnaire, editor: Editor, old: DocumentItem
) -> bool:
    try:
        _store(request, questionnaire, editor, old)
    except DocumentError as error:
        editor.form.add_error(None, str(error))
    except QuestionnaireFullError as full:
        text = _("A questionnaire has at most %(n)s questions.")
        editor.form.add_error(None, text % {"n": full})
    return not editor.form.errors


def _store(
    request: HttpRequest, questionnaire: Questionnaire, editor: Editor, old: DocumentItem
) -> None:
    section = editor.form.cleaned_data["section"]
    entry = editor.entry(old.code)
    if not old.code:
        add_new_item(questionnaire_id=questionnaire.pk, entry=entry, section_code=section)
        messages.success(request, _("The question is in the list."))
        return
    rewording = edit_item(
        questionnaire_id=questionnaire.pk,
        entry=entry,
        section_code=section,
        seen=request.POST.get("seen"),
    )
    _say_saved(request, rewording)


def _say_saved(request: HttpRequest, rewording: Rewording) -> None:
    if rewording.breaks_trend:
        text = _("Saved as version %(n)d of the wording: its trend starts again.")
        messages.warning(request, text % {"n": rewording.item.version})
    elif rewording.is_new_version:
        text = _("Saved as version %(n)d of the wording.")
        messages.success(request, text % {"n": rewording.item.version})
    else:
        messages.success(request, _("Saved."))


def list_hints(document: Document, code: str) -> list[str]:
    """Return what could be said better of a question, in whichever of its languages.

    That words are missing in one is seen in the empty fields.
    """
    found = (lint_document(document, language=tag) for tag in document.languages)
    of_it = (hint for hints in found for hint in hints if code and hint.where == code)
    return list(dict.fromkeys(hint.sentence for hint in of_it if hint.code != UNTRANSLATED))


def _subjects(document: Document, entry: DocumentItem) -> tuple[Subject, ...]:
    """Return what a question can hang on: those before it, or all of them where it is new."""
    items: Sequence[DocumentItem] = document.items
    codes = [item.code for item in items]
    before = items[: codes.index(entry.code)] if entry.code in codes else items
    attributes = Attribute.objects.order_by("name").values_list("code", "name")
    return list_subjects(before, attributes, document.languages[0])


def _sections(questionnaire: Questionnaire, language: str) -> list[tuple[str, str]]:
    stored = Section.objects.filter(questionnaire=questionnaire).order_by("position")
    named = [(section.code, word(section.texts, language)[0] or section.code) for section in stored]
    return [("", _("none, before all sections")), *named]


def _section_of(questionnaire: Questionnaire, entry: DocumentItem) -> str:
    """Return the section of a question; a new one comes into the last."""
    if not entry.code:
        sections = Section.objects.filter(questionnaire=questionnaire).order_by("-position")
        return sections.values_list("code", flat=True).first() or ""
    place = QuestionnaireItem.objects.filter(questionnaire=questionnaire, item__code=entry.code)
    return place.values_list("section__code", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class Use:
    """Where a wording stands already, and which version a change would make."""

    is_used: bool
    is_in_scale: bool
    next_version: int


def _find_use(questionnaire: Questionnaire, entry: DocumentItem) -> Use:
    this = {"item__code": entry.code, "item__version": entry.version}
    elsewhere = QuestionnaireItem.objects.filter(**this).exclude(questionnaire=questionnaire)
    is_in_scale = ScaleItem.objects.filter(**this).exists()
    newest = Item.objects.filter(code=entry.code).order_by("-version").first()
    return Use(
        is_used=is_in_scale or elsewhere.exists(),
        is_in_scale=is_in_scale,
        next_version=(newest.version if newest else 0) + 1,
    )
