"""An XLSForm (.xlsx) as a questionnaire."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey.questionnaires.importers.coding import Codes, make_code
from survey.questionnaires.importers.drafts import Draft, DraftItem, DraftSection, Rule
from survey.questionnaires.importers.finishing import finish
from survey.questionnaires.importers.reports import (
    ImportedQuestionnaire,
    ImportRefusedError,
    Report,
)
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.xlsform_form import Form, relevance_rules
from survey.questionnaires.importers.xlsform_items import Maker
from survey.questionnaires.importers.xlsform_sheets import EMPTY, Line, read_sheets
from survey.questionnaires.importers.xlsform_source import Languages, read_choices

KIND = "xlsform"
DEEPEST_GROUP = 20
BEGINS = {"begin_group": False, "begin_repeat": True}  # whether it repeats
ENDS = ("end_group", "end_repeat")
GROUP_COLUMNS = ("type", "name", "relevant", "relevance")
SETTINGS_HERE = ("form_title", "form_id", "title", "id_string", "default_language", "style")


@dataclass(slots=True)
class _Group:
    """A group that is open: what its sections share."""

    line: Line
    where: str
    texts: dict[str, str]
    rules: tuple[Rule, ...]
    is_used: bool = field(default=False)  # a section of it has begun


def read_xlsform(data: bytes, *, stand_in: str = "form") -> ImportedQuestionnaire:
    """Return the questionnaire in an XLSForm; raise ImportRefusedError."""
    report = Report()
    sheets = read_sheets(data, report)
    survey = sheets["survey"]
    for heading in ("type", "name"):
        if heading not in survey.headings:
            why = _("has no column “%(heading)s”") % {"heading": heading}
            raise ImportRefusedError(_("sheet “survey”"), why)
    said = next((line.cells for line in sheets.get("settings", EMPTY).lines), {})
    languages = Languages(sheets.values(), said.get("default_language", "").strip(), report)
    form = Form(languages, read_choices(sheets.get("choices", EMPTY), report), report)
    draft = _draft(said, form, stand_in)
    draft.sections = _Reader(form).read(survey.lines)
    draft.names = form.names
    return finish(draft, report, KIND)


def _draft(said: Mapping[str, str], form: Form, stand_in: str) -> Draft:
    where = _("sheet “settings”")
    title = said.get("form_title") or said.get("title") or stand_in
    name = form.wording.read_name(title, stand_in, where)
    rest = [f"{heading} = {text}" for heading, text in said.items() if heading not in SETTINGS_HERE]
    style = said.get("style", "").strip()
    if style not in ("", "pages"):
        rest.append(f"style = {style}")
    if rest:
        form.report.add(where, "; ".join(rest), _("these settings have no counterpart here"))
    return Draft(
        code=make_code(said.get("form_id") or said.get("id_string") or name, "form"),
        name=name,
        languages=tuple(form.languages.tags),
        settings={"page": "SECTIONS"} if style == "pages" else {},
    )


class _Reader:
    """Goes down the sheet, in and out of groups, and puts items into sections."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._maker = Maker(form)
        self._codes = Codes(form.report)
        self._open: list[_Group] = []
        self._sections: list[DraftSection] = []
        self._is_continued = False
        self._before: DraftItem | None = None

    def read(self, lines: tuple[Line, ...]) -> list[DraftSection]:
        """Return the sections of a form."""
        for line in lines:
            kind = " ".join(line.cells.get("type", "").split()).lower().replace(" ", "_")
            if not kind:
                what, reason = _("the line"), _("it has no type")
                self._form.report.add(self._form.where(line), what, reason)
            elif kind in BEGINS:
                self._begin(line, is_repeated=BEGINS[kind])
            elif kind in ENDS:
                self._end(line)
            elif line.cells.get("disabled", "").strip().lower() == "yes":
                where, reason = self._form.where(line), _("it is switched off")
                self._form.report.add(where, _("all of it"), reason)
            else:
                self._ask(line)
        for group in self._open:
            self._form.report.add(group.where, _("its end"), _("the group is never closed"))
            self._close(group)
        return self._sections

    def _begin(self, line: Line, *, is_repeated: bool) -> None:
        where, form = self._form.where(line), self._form
        if len(self._open) >= DEEPEST_GROUP:
            raise ImportRefusedError(where, _("groups are nested too deeply"))
        if is_repeated:
            form.report.add(where, _("its repetition"), _("questions are asked once here"))
        if self._open:
            form.report.add(
                where, _("a group inside a group"), _("sections follow each other here")
            )
        said = line.cells.get("relevant") or line.cells.get("relevance") or ""
        texts = form.wording.read(form.languages.texts(line.cells, "label"), where)
        self._open.append(_Group(line, where, texts, relevance_rules(said)))
        form.tell_rest(line, where, GROUP_COLUMNS)
        self._is_continued = False

    def _end(self, line: Line) -> None:
        if self._open:
            self._close(self._open.pop())
        else:
            where, reason = self._form.where(line), _("no group is open")
            self._form.report.add(where, _("the end of a group"), reason)
        self._is_continued = False

    def _close(self, group: _Group) -> None:
        if not group.is_used:
            self._form.report.add(group.where, _("the section"), _("it holds no question"))

    def _ask(self, line: Line) -> None:
        item = self._maker.make(line, self._before)
        if item is None:
            return
        if not self._is_continued:
            self._sections.append(self._section(line))
            self._is_continued = True
        self._sections[-1].items.append(item)
        self._before = item

    def _section(self, line: Line) -> DraftSection:
        """Begin a section of the groups that are open; what is outside of all has no heading."""
        for group in self._open:
            group.is_used = True
        if not self._open:
            where = self._form.where(line)
            code = self._codes.take(f"part_{len(self._sections) + 1}", "part", where)
            return DraftSection(code, where)
        inner = self._open[-1]
        code = self._codes.take(inner.line.cells.get("name", "").strip(), "group", inner.where)
        rules = tuple(rule for group in self._open for rule in group.rules)
        texts = next((group.texts for group in reversed(self._open) if group.texts), {})
        return DraftSection(code, inner.where, dict(texts), rules=rules)
