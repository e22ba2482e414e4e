"""Write a document as an XLSForm (.xlsx), and tell what such a form cannot say."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from survey.questionnaires.documents import Document, DocumentItem, DocumentSection, Texts
from survey.questionnaires.exporting_conditions import UnsayableError, write_condition
from survey.questionnaires.importers.markup import escape_markup
from survey.questionnaires.importers.reports import LeftOut, Report
from survey.questionnaires.importers.tags import name_in_english
from survey.questionnaires.models import ItemKind
from survey.questionnaires.piping import PLACEHOLDER

TYPES = {
    ItemKind.CHOICE: "select_one",
    ItemKind.MULTIPLE: "select_multiple",
    ItemKind.RANKING: "rank",
    ItemKind.RATING: "range",
    ItemKind.TEXT: "text",
    ItemKind.LINE: "text",
    ItemKind.DATE: "date",
    ItemKind.NOTE: "note",
}
WITH_LISTS = (ItemKind.CHOICE, ItemKind.MULTIPLE, ItemKind.RANKING)
SAID_SETTINGS = ("minimum", "maximum", "decimals", "min_choices", "max_choices", "shuffles_options")
SAID_MESSAGES = {
    ItemKind.NUMBER: ("out_of_range",),
    ItemKind.DATE: ("out_of_range",),
    ItemKind.MULTIPLE: ("too_few", "too_many"),
}
NO_XML = re.compile("[\ufffe\uffff]")

Row = dict[str, str]


def to_xlsform(document: Document) -> bytes:
    """Return a document as the bytes of an XLSForm."""
    return _Writing(document).write()


def list_unsaid(document: Document) -> tuple[LeftOut, ...]:
    """Return what of a document its XLSForm does not say."""
    writing = _Writing(document)
    writing.write()
    return writing.report.lines


class _Writing:
    """Gathers the rows of the three sheets, then writes them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._headings = {
            tag: f"{re.sub(r'[()]', ' ', name_in_english(tag)).strip()} ({tag})"
            for tag in document.languages
        }
        self._survey: list[Row] = []
        self._choices: list[Row] = []
        self._items = {item.code: item for item in document.items}
        self.report = Report()

    def write(self) -> bytes:
        """Return the workbook."""
        self._tell_whole()
        for section in self._document.sections:
            self._add_section(section)
        by_language = self._by_language
        columns = ["type", "name", *by_language("label"), *by_language("hint"), "required"]
        columns += [*by_language("required_message"), "relevant", "constraint"]
        columns += [*by_language("constraint_message"), "appearance", "parameters"]
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            _fill(book, "survey", columns, self._survey)
            _fill(
                book,
                "choices",
                ["list_name", "name", *by_language("label"), "score"],
                self._choices,
            )
            _fill(book, "settings", list(self._settings()), [self._settings()])
        return buffer.getvalue()

    def _by_language(self, word: str) -> list[str]:
        return [f"{word}::{heading}" for heading in self._headings.values()]

    def _settings(self) -> Row:
        document = self._document
        settings = {"form_title": document.name, "form_id": document.code}
        settings["default_language"] = self._headings[document.languages[0]]
        return settings | (
            {"style": "pages"} if document.settings.get("page") == "SECTIONS" else {}
        )

    def _tell_whole(self) -> None:
        document, where = self._document, _("the questionnaire")
        self.report.add(where, document.audience, _("XLSForm has no word for who is asked"))
        for name, value in document.settings.items():
            if (name, value) != ("page", "SECTIONS"):
                self.report.add(where, f"{name}: {value}", _("XLSForm has no such setting"))
        for scale in document.scales:
            self.report.add(where, scale.code, _("XLSForm has no scales"))

    def _add_section(self, section: DocumentSection) -> None:
        relevant = self._relevant(section.shown_when, section.code)
        labels = self._worded("label", section.texts, section.code)
        self._survey.append(
            {"type": "begin_group", "name": section.code, **labels, "relevant": relevant}
        )
        for item in section.items:
            self._add_item(item)
        if not section.items:
            self.report.add(section.code, _("the section"), _("it holds no question"))
        self._survey.append({"type": "end_group", "name": section.code})

    def _add_item(self, item: DocumentItem) -> None:
        row = {"type": self._type(item), "name": item.code}
        row |= self._worded("label", item.texts, item.code) | self._worded(
            "hint", item.hints, item.code
        )
        row |= {"required": "yes"} if item.is_required else {}
        row["relevant"] = self._relevant(item.shown_when, item.code)
        row["constraint"] = " and ".join(_constraints(item))
        row["appearance"] = "multiline" if item.kind == ItemKind.TEXT else ""
        row["parameters"] = self._parameters(item)
        self._survey.append(row | self._messages(item))
        self._add_options(item)
        self._tell_item(item)

    def _type(self, item: DocumentItem) -> str:
        if item.kind == ItemKind.NUMBER:
            return "decimal" if item.settings.get("decimals") else "integer"
        name = TYPES[ItemKind(item.kind)]
        return f"{name} {item.code}" if item.kind in WITH_LISTS else name

    def _parameters(self, item: DocumentItem) -> str:
        if item.kind == ItemKind.RATING:
            has_words = any(option.texts for option in item.options)
            words = f" tick_labelset={item.code}" if has_words else ""
            return f"start=0 end=10 step=1{words}"
        is_shuffled = item.settings.get("shuffles_options") and item.kind in WITH_LISTS
        return "randomize=true" if is_shuffled else ""

    def _add_options(self, item: DocumentItem) -> None:
        for option in item.options:
            labels = self._worded("label", option.texts, item.code)
            if item.kind == ItemKind.RATING and not labels:
                continue
            score = (
                "" if option.score is None or item.kind == ItemKind.RATING else repr(option.score)
            )
            choice = {"list_name": item.code, "name": str(option.value), **labels, "score": score}
            self._choices.append(choice)
            if option.is_other:
                beside = f"selected(${{{item.code}}}, '{option.value}')"
                name = f"{item.code}_other"
                self._survey.append({"type": "text", "name": name, "relevant": beside, **labels})

    def _messages(self, item: DocumentItem) -> Row:
        messages: Mapping[str, Texts] = item.settings.get("messages", {})
        said = self._worded("required_message", messages.get("missing", {}), item.code)
        errors = SAID_MESSAGES.get(ItemKind(item.kind), ())
        told = [messages.get(error, {}) for error in errors]
        is_one = bool(told) and all(each == told[0] for each in told)
        if is_one:
            said |= self._worded("constraint_message", told[0], item.code)
        for error in messages.keys() - {"missing", *(errors if is_one else ())}:
            self.report.add(item.code, error, _("XLSForm has no message for this error"))
        return said

    def _relevant(self, condition: Any, where: str) -> str:
        if condition is None:
            return ""
        try:
            return write_condition(condition, self._items)
        except UnsayableError as error:
            self.report.add(where, _("its condition"), str(error))
            return ""

    def _worded(self, word: str, texts: Texts, where: str) -> Row:
        for tag in texts.keys() - self._headings.keys():
            self.report.add(where, tag, _("is no language of this questionnaire"))
        return {
            f"{word}::{heading}": self._repeated(NO_XML.sub("", texts[tag]), where)
            for tag, heading in self._headings.items()
            if tag in texts
        }

    def _repeated(self, text: str, where: str) -> str:
        def say(found: re.Match[str]) -> str:
            if found[1] == "item":
                return f"${{{found[2]}}}"
            self.report.add(where, found[0], _("XLSForm knows nothing of the occasion"))
            return found[0]

        return PLACEHOLDER.sub(say, escape_markup(text))

    def _tell_item(self, item: DocumentItem) -> None:
        told = list(_unsaid(item))
        for what in told:
            self.report.add(item.code, what, _("XLSForm has no such setting"))


def _unsaid(item: DocumentItem) -> Iterator[str]:
    """Yield what an XLSForm does not say of an item."""
    if item.allows_cant_say:
        yield "allows_cant_say"
    if item.asks_for_playback:
        yield "asks_for_playback"
    if item.version != 1:
        yield "version"
    yield from (name for name in item.settings if name not in (*SAID_SETTINGS, "messages"))
    if item.settings.get("decimals", 6) not in (0, 6):
        yield f"decimals: {item.settings['decimals']}"
    if any(option.is_fixed for option in item.options):
        yield "is_fixed"
    if item.kind == ItemKind.RATING and [each.value for each in item.options] != list(range(11)):
        yield _("a scale that is not from 0 to 10")


def _constraints(item: DocumentItem) -> Iterator[str]:
    for name, sign in (("minimum", ">="), ("maximum", "<=")):
        bound = item.settings.get(name)
        if bound is not None:
            said = (
                f"date('{bound}')"
                if isinstance(bound, str)
                else f"{bound:f}"
                if isinstance(bound, float)
                else str(bound)
            )
            yield f". {sign} {said}"
    for name, sign in (("min_choices", ">="), ("max_choices", "<=")):
        if name in item.settings:
            yield f"count-selected(.) {sign} {item.settings[name]}"
    for option in item.options:
        if option.is_exclusive:
            yield f"not(selected(., '{option.value}') and count-selected(.) > 1)"


def _fill(book: Any, name: str, columns: list[str], rows: list[Row]) -> None:
    sheet = book.add_worksheet(name)
    for column, heading in enumerate(columns):
        sheet.write_string(0, column, heading)
    for line, row in enumerate(rows, start=1):
        for column, heading in enumerate(columns):
            if row.get(heading):
                sheet.write_string(line, column, row[heading])
