"""Make a document of a draft: conditions and repeated answers that our rules allow."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from survey.questionnaires.checking import Fault
from survey.questionnaires.documents import (
    MOST_ITEMS,
    Condition,
    Document,
    DocumentItem,
    DocumentSection,
    document_to_json,
)
from survey.questionnaires.importers.conditions import Verdict, depth_of, join
from survey.questionnaires.importers.drafts import Draft, DraftSection, Rule
from survey.questionnaires.importers.expressions import CannotSayError
from survey.questionnaires.importers.repeating import resolve_repeats
from survey.questionnaires.importers.reports import (
    ImportedQuestionnaire,
    ImportRefusedError,
    Report,
)
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.models import ItemKind
from survey.questionnaires.reading import DEEPEST_CONDITION, DocumentError, read_document
from survey.questionnaires.routing import list_items

NEVER = "never"


def finish(draft: Draft, report: Report, kind: str) -> ImportedQuestionnaire:
    """Return the document of a draft with everything that was left out of it."""
    sections = tuple(_Finishing(draft, report).sections())
    if not sections:
        raise ImportRefusedError(_("the file"), _("it holds no question that can be asked here"))
    document = Document(
        code=draft.code,
        name=draft.name,
        audience=draft.audience,
        languages=draft.languages,
        sections=sections,
        settings=draft.settings,
    )
    return ImportedQuestionnaire(
        check(document), report.lines, kind, mends=tuple(list_mends(document))
    )


def check(document: Document) -> Document:
    """Return a document as its own schema reads it; refuse what does not fit it."""
    try:
        return read_document(document_to_json(document))
    except DocumentError as error:
        raise ImportRefusedError(error.where, error.why) from error


def list_mends(document: Document) -> Iterator[Fault]:
    """Yield what the languages and options lack, which keeps a document from being published."""
    if not any(item.kind != ItemKind.NOTE for item in document.items):
        yield Fault("", _("has no question that can be answered"))
    for item in document.items:
        wordings = [item.texts, *(option.texts for option in item.options)]
        if item.kind == ItemKind.RATING:
            wordings = [item.texts, *filter(None, wordings[1:])]
        for language in document.languages:
            if not all(language in texts for texts in wordings):
                yield Fault(item.code, _("is not worded in %(language)s") % {"language": language})
        least = {ItemKind.CHOICE: 1, ItemKind.MULTIPLE: 2, ItemKind.RANKING: 2}
        if len(item.options) < least.get(ItemKind(item.kind), 0):
            yield Fault(item.code, _("has too few answers to choose from"))
        low, high = item.settings.get("minimum"), item.settings.get("maximum")
        if low is not None and high is not None and low > high:
            told = {"low": low, "high": high}
            yield Fault(item.code, _("allows nothing between %(low)s and %(high)s") % told)


class _Finishing:
    """Goes through a draft in order, knowing what was asked before."""

    def __init__(self, draft: Draft, report: Report) -> None:
        self._draft = draft
        self._report = report
        self._before: dict[str, DocumentItem] = {}
        self._n_items = 0
        self._translated: dict[Rule, Verdict] = {}

    def sections(self) -> Iterator[DocumentSection]:
        for section in self._draft.sections:
            condition = self._condition(section.rules, section.where)
            if condition == NEVER:
                self._tell_never(section.where, section.rules)
                continue
            items = tuple(self._items(section))
            if items:
                texts = resolve_repeats(
                    section.texts, self._draft.names, {}, section.where, self._report
                )
                yield DocumentSection(section.code, items, texts, condition)
            elif not section.items:
                self._report.add(section.where, _("the section"), _("it holds no question"))

    def _items(self, section: DraftSection) -> Iterator[DocumentItem]:
        too_many: dict[str, list[str]] = {}
        for entry in section.items:
            if self._n_items >= MOST_ITEMS:
                too_many.setdefault(entry.where, []).append(entry.item.code)
                continue
            condition = self._condition(entry.rules, entry.where)
            if condition == NEVER:
                self._tell_never(entry.where, entry.rules)
                continue
            item = self._repeated(replace(entry.item, shown_when=condition), entry.where)
            self._n_items += 1
            yield item
            self._before[item.code] = item
        for where, codes in too_many.items():
            reason = _("a questionnaire has at most %(most)s questions") % {"most": MOST_ITEMS}
            self._report.add(where, ", ".join(codes), reason)

    def _repeated(self, item: DocumentItem, where: str) -> DocumentItem:
        def resolve(texts: Any) -> dict[str, str]:
            return resolve_repeats(texts, self._draft.names, self._before, where, self._report)

        options = tuple(replace(each, texts=resolve(each.texts)) for each in item.options)
        return replace(item, texts=resolve(item.texts), hints=resolve(item.hints), options=options)

    def _condition(self, rules: Iterable[Rule], where: str) -> Any:
        """Return the rules as one condition, None where there is none, or NEVER."""
        verdicts = []
        for rule in rules:
            try:
                verdict = self._translate(rule)
                if not isinstance(verdict, bool):
                    self._check(verdict)
                verdicts.append(verdict)
            except CannotSayError as error:
                self._report.add(
                    where, _("the condition “%(said)s”") % {"said": rule.said}, error.why
                )
        joined = join("all", verdicts)
        if isinstance(joined, bool):
            return None if joined else NEVER
        if depth_of(joined) > DEEPEST_CONDITION:
            said = " / ".join(rule.said for rule in rules)
            reason = _("it is nested too deeply")
            self._report.add(where, _("the condition “%(said)s”") % {"said": said}, reason)
            return None
        return joined

    def _translate(self, rule: Rule) -> Verdict:
        """Return what a rule says, worked out once for all rows that share it."""
        if rule not in self._translated:
            self._translated[rule] = rule.translate(self._draft.names)
        return self._translated[rule]

    def _check(self, condition: Condition) -> None:
        for code in sorted(list_items(condition)):
            if code not in self._before:
                reason = _("it looks at “%(code)s”, which is not asked before it")
                raise CannotSayError(reason % {"code": code})
            if self._before[code].kind == ItemKind.NOTE:
                reason = _("it looks at “%(code)s”, which has no answer")
                raise CannotSayError(reason % {"code": code})
        if depth_of(condition) > DEEPEST_CONDITION:
            raise CannotSayError(_("it is nested too deeply"))

    def _tell_never(self, where: str, rules: Iterable[Rule]) -> None:
        said = " / ".join(rule.said for rule in rules)
        self._report.add(
            where, _("all of it"), _("its condition “%(said)s” never holds") % {"said": said}
        )
