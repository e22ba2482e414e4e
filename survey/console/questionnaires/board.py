"""The builder's page: everything about a questionnaire, so that its template asks for nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import Promise

from survey.console.lacking import say_lacking
from survey.console.questionnaires.saying import say_condition
from survey.console.questionnaires.words import (
    AUDIENCE_CHIPS,
    AUDIENCES,
    STATE_CHIPS,
    STATES,
    say_kind,
    say_seconds,
    word,
)
from survey.questionnaires.checking import Fault, find_faults
from survey.questionnaires.content import COUNTED, QuestionnaireContent
from survey.questionnaires.documents import Document, DocumentItem
from survey.questionnaires.exporting import export_document
from survey.questionnaires.languages import Language, choose_language, describe_language
from survey.questionnaires.lint import Hint, estimate_seconds, lint_document
from survey.questionnaires.models import (
    ItemKind,
    Questionnaire,
    QuestionnaireItem,
    QuestionnaireStatus,
    Section,
)
from survey.questionnaires.selectors import get_content, list_versions

Found = TypeVar("Found", Hint, Fault)

FIGURELESS = frozenset(ItemKind.values) - {*COUNTED, ItemKind.TEXT, ItemKind.LINE, ItemKind.NOTE}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question in the list."""

    code: str
    version: int
    number: int  # 0 for a text to read
    text: str
    language: Language
    kind: str
    scales: str
    n_languages: int
    missing: tuple[Language, ...]
    is_required: bool
    has_no_figures: bool
    condition: str
    is_first: bool
    is_last: bool
    hints: tuple[Hint, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with its questions; without a code, what stands in none."""

    code: str
    name: str
    language: Language
    condition: str
    items: tuple[ItemRow, ...]
    is_first: bool
    is_last: bool
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """How much of a questionnaire is worded in a language."""

    language: Language
    n_worded: int
    n_all: int

    @property
    def is_complete(self) -> bool:
        """Say whether nothing is missing."""
        return self.n_worded == self.n_all


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of the same questionnaire."""

    pk: int
    version: int
    state: Promise
    state_chip: str


@dataclass(frozen=True, slots=True)
class Board:
    """One questionnaire as the builder shows it."""

    pk: int
    name: str
    version: int
    state: Promise
    state_chip: str
    audience: Promise
    audience_chip: str
    is_draft: bool
    is_published: bool
    is_retired: bool
    sections: tuple[SectionRow, ...]
    n_questions: int
    n_open: int
    takes: str
    faults: tuple[Fault, ...]  # of the whole, or of what is not in the list
    n_faults: int
    hints: tuple[Hint, ...]
    n_hints: int
    languages: tuple[LanguageRow, ...]
    language: Language
    versions: tuple[VersionRow, ...]  # the newest first
    is_comparable: bool
    lacking: tuple[str, ...]  # what keeps it from being compared, where nothing can be


def build_board(*, questionnaire: Questionnaire, language: str) -> Board:
    """Return a questionnaire with its hints in one language, and all its faults."""
    tags = questionnaire.languages or ["en"]
    language = choose_language(language, tags)
    document = export_document(questionnaire_id=questionnaire.pk)
    content = get_content(questionnaire_id=questionnaire.pk)
    faults = find_faults(content) if _is_draft(questionnaire) else ()
    hints = lint_document(document, language=language)
    sections = _Rows(questionnaire, document, content, language, hints, faults).sections()
    codes = {row.code for section in sections for row in section.items}
    placed = codes | {section.code for section in sections if section.code}
    return Board(
        pk=questionnaire.pk,
        name=questionnaire.name,
        version=questionnaire.version,
        state=STATES[questionnaire.status],
        state_chip=STATE_CHIPS.get(questionnaire.status, ""),
        audience=AUDIENCES[questionnaire.audience],
        audience_chip=AUDIENCE_CHIPS.get(questionnaire.audience, "in"),
        is_draft=_is_draft(questionnaire),
        is_published=questionnaire.status == QuestionnaireStatus.PUBLISHED,
        is_retired=questionnaire.status == QuestionnaireStatus.RETIRED,
        sections=sections,
        n_questions=sum(item.has_answer for item in content.items),
        n_open=sum(item.kind == ItemKind.TEXT for item in content.items),
        takes=say_seconds(estimate_seconds(document)),
        faults=tuple(fault for fault in faults if fault.where not in placed),
        n_faults=len(faults),
        hints=tuple(hint for hint in hints if hint.where not in codes),
        n_hints=len(hints),
        languages=tuple(_language_row(tag, document) for tag in tags),
        language=describe_language(language),
        versions=_versions(questionnaire),
        is_comparable=bool(content.linked_scales),
        lacking=() if content.linked_scales else say_lacking(content),
    )


class _Rows:
    """Lays the sections of a questionnaire out with what is to be said of each item."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        document: Document,
        content: QuestionnaireContent,
        language: str,
        hints: Iterable[Hint],
        faults: Iterable[Fault],
    ) -> None:
        self._questionnaire, self._language = questionnaire, language
        self._items = {item.code: item for item in document.items}
        self._order = [item.code for item in document.items]
        self._scales = _scale_names(content)
        self._hints, self._faults = _by_place(hints), _by_place(faults)
        self._number = 0

    def sections(self) -> tuple[SectionRow, ...]:
        stored = list(Section.objects.filter(questionnaire=self._questionnaire))
        stored.sort(key=lambda section: section.position)
        inside: dict[int | None, list[str]] = defaultdict(list)
        places = QuestionnaireItem.objects.filter(questionnaire=self._questionnaire)
        for section_id, code in places.order_by("position").values_list("section", "item__code"):
            inside[section_id].append(code)
        rows = [self._section(None, inside[None], stored)] if inside[None] or not stored else []
        rows += [self._section(section, inside[section.pk], stored) for section in stored]
        return tuple(rows)

    def _section(
        self, section: Section | None, codes: Sequence[str], stored: Sequence[Section]
    ) -> SectionRow:
        name, tag = word(section.texts, self._language) if section else ("", self._language)
        condition = section.shown_when if section else None
        return SectionRow(
            code=section.code if section else "",
            name=name,
            language=describe_language(tag),
            condition=say_condition(condition, self._items, self._language) if condition else "",
            items=tuple(self._item(self._items[code]) for code in codes),
            is_first=section is None or section == stored[0],
            is_last=section is None or section == stored[-1],
            faults=self._faults.get(section.code, ()) if section else (),
        )

    def _item(self, item: DocumentItem) -> ItemRow:
        text, tag = word(item.texts, self._language)
        has_answer = item.kind != ItemKind.NOTE
        self._number += has_answer
        wanted = self._questionnaire.languages
        missing = tuple(describe_language(each) for each in wanted if not _is_worded(item, each))
        return ItemRow(
            code=item.code,
            version=item.version,
            number=self._number if has_answer else 0,
            text=text,
            language=describe_language(tag),
            kind=say_kind(item.kind, len(item.options)),
            scales=self._scales.get(item.code, ""),
            n_languages=len(wanted) - len(missing),
            missing=missing,
            is_required=item.is_required,
            has_no_figures=item.kind in FIGURELESS,
            condition=self._condition(item),
            is_first=item.code == self._order[0],
            is_last=item.code == self._order[-1],
            hints=self._hints.get(item.code, ()),
            faults=self._faults.get(item.code, ()),
        )

    def _condition(self, item: DocumentItem) -> str:
        if item.shown_when is None:
            return ""
        return say_condition(item.shown_when, self._items, self._language)


def _is_draft(questionnaire: Questionnaire) -> bool:
    return questionnaire.status == QuestionnaireStatus.DRAFT


def _versions(questionnaire: Questionnaire) -> tuple[VersionRow, ...]:
    return tuple(
        VersionRow(row.pk, row.version, STATES[row.status], STATE_CHIPS.get(row.status, ""))
        for row in list_versions(questionnaire)
    )


def _by_place(found: Iterable[Found]) -> dict[str, tuple[Found, ...]]:
    places: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        places[one.where].append(one)
    return {where: tuple(ones) for where, ones in places.items()}


def _scale_names(content: QuestionnaireContent) -> Mapping[str, str]:
    """Return by item the name of the scale it counts in; a facet's before its whole's."""
    ordered = sorted(content.scales, key=lambda scale: scale.facet_of is not None)
    return {code: scale.name for scale in ordered for code in scale.item_codes}


def _language_row(tag: str, document: Document) -> LanguageRow:
    worded = sum(_is_worded(item, tag) for item in document.items)
    return LanguageRow(describe_language(tag), worded, len(document.items))


def _is_worded(item: DocumentItem, tag: str) -> bool:
    """Say whether the question and all its answers have words in a language."""
    needed = [option.texts for option in item.options if option.texts]
    return all(texts.get(tag) for texts in (item.texts, *needed))
