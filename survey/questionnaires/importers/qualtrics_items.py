"""Questions of Qualtrics as items: what every type shares."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.importers.coding import Codes
from survey.questionnaires.importers.conditions import Target
from survey.questionnaires.importers.drafts import DraftItem, Rule
from survey.questionnaires.importers.plain_json import as_list, as_map, as_text, dig
from survey.questionnaires.importers.qualtrics_logic import logic_rules, repeat_answers
from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.wording import Wording
from survey.questionnaires.models import ItemKind

FORCED, MOST_PARTS = "ON", 500
TRUE = (True, "true", "on", "ON", "1", 1)


class Survey:
    """What the questions of one file share: languages, codes, names and the report."""

    def __init__(self, languages: Mapping[str, str], report: Report) -> None:
        self.languages = languages  # tags by how the file names them, its own first
        self.tags = tuple(dict.fromkeys(languages.values()))
        self.report = report
        self.wording = Wording(report, repeat_answers)
        self.codes = Codes(report)
        self.names: dict[str, Target] = {}


class Asked:
    """One question of the file while its items are made."""

    def __init__(self, payload: dict[str, Any], survey: Survey, rules: tuple[Rule, ...]) -> None:
        self.payload = payload
        self.survey = survey
        self.qid = as_text(payload.get("QuestionID"))
        self.tag = as_text(payload.get("DataExportTag")) or self.qid
        self.where = _("question “%(tag)s” (%(qid)s)") % {"tag": self.tag, "qid": self.qid}
        self.rules = (*rules, *logic_rules(payload.get("DisplayLogic")))
        self.items: list[DraftItem] = []
        self._translations = [
            (survey.languages[name], told)
            for name, told in as_map(payload.get("Language")).items()
            if told and name in survey.languages
        ]
        self.texts = self.say("QuestionText")
        self.is_required = dig(payload, "Validation", "Settings", "ForceResponse") == FORCED

    @property
    def sort(self) -> tuple[str, str, str]:
        """Return its type, selector and sub-selector."""
        names = ("QuestionType", "Selector", "SubSelector")
        first, second, third = (as_text(self.payload.get(name)) for name in names)
        return first, second, third

    def lose(self, what: str, reason: str) -> None:
        """Note what of this question is left out."""
        self.survey.report.add(self.where, what, reason)

    def setting(self, name: str) -> str:
        """Return a setting of the validation."""
        return as_text(dig(self.payload, "Validation", "Settings", name))

    def say(self, *path: str) -> dict[str, str]:
        """Return the words at a path in every language."""
        raw = {self.survey.tags[0]: as_text(dig(self.payload, *path))}
        for tag, told in self._translations:
            raw.setdefault(tag, as_text(dig(told, *path)))
        worded = {tag: text for tag, text in raw.items() if text}
        return self.survey.wording.read(worded, self.where)

    def parts(self, field: str, order: str) -> list[tuple[str, dict[str, Any]]]:
        """Return choices or answers in their order, by their numbers."""
        found = as_map(self.payload.get(field))
        wanted = [as_text(each) for each in as_list(self.payload.get(order))]
        codes = [code for code in dict.fromkeys(wanted) if code in found]
        codes += [code for code in found if code not in codes]
        if len(codes) > MOST_PARTS:
            self.lose(field, _("only the first %(most)s are read") % {"most": MOST_PARTS})
        return [(code, as_map(found[code])) for code in codes[:MOST_PARTS]]

    def beside(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Return the question's own words with those of a part of it behind them."""
        own = self.texts
        joined = {
            tag: f"{own[tag]} – {text}" if tag in own else text for tag, text in texts.items()
        }
        return joined or dict(own)

    def options(
        self, field: str, order: str, *, is_plain: bool = False
    ) -> Mapping[str, DocumentOption]:
        """Return choices or answers as options by their codes; numbers are those of the file."""
        parts = self.parts(field, order)
        codes = [code for code, _part in parts]
        is_numbered = all(
            code.isascii() and code.isdigit() and int(code) <= 32767 for code in codes
        )
        options: dict[str, DocumentOption] = {}
        for number, (code, part) in enumerate(parts, start=1):
            texts = self.say(field, code, "Display") or self._stand_in(code)
            value = int(code) if is_numbered else number
            option = DocumentOption(value, texts)
            options[code] = option if is_plain else self._flagged(option, part, options)
            if logic_rules(part.get("DisplayLogic")) and field == "Choices" and not is_plain:
                what = _("the display logic of the answer “%(code)s”") % {"code": code}
                self.lose(what, _("single answers are always offered here"))
        return options

    def add(
        self,
        suffix: str = "",
        *,
        kind: str,
        texts: Mapping[str, str] | None = None,
        options: Mapping[str, DocumentOption] | None = None,
        settings: Mapping[str, Any] | None = None,
        rules: tuple[Rule, ...] = (),
        name: str = "",
    ) -> DocumentItem:
        """Make an item of this question; name is what follows the question's in conditions."""
        offered = options or {}
        raw = f"{self.tag}{suffix}"
        code = self.survey.codes.take(raw, "question", self.where)
        words = dict(texts if texts is not None else self.texts)
        item = DocumentItem(
            code=code,
            texts=words or self.survey.wording.read_or({}, raw, self.survey.tags[0], self.where),
            kind=str(kind),
            options=tuple(offered.values()),
            settings=dict(settings or {}),
            allows_cant_say=False,
            is_required=self.is_required and kind != ItemKind.NOTE,
        )
        self.items.append(DraftItem(item, self.where, (*self.rules, *rules)))
        values = {each: option.value for each, option in offered.items()}
        self.survey.names.setdefault(f"{self.qid}{name}", Target(item, values))
        return item

    def _stand_in(self, code: str) -> dict[str, str]:
        return self.survey.wording.read_or({}, code, self.survey.tags[0], self.where)

    def _flagged(
        self, option: DocumentOption, part: Mapping[str, Any], before: Mapping[str, DocumentOption]
    ) -> DocumentOption:
        """Mark the answer with own words, and those that stand alone."""
        if part.get("TextEntry") in TRUE:
            if any(each.is_other for each in before.values()):
                text = next(iter(option.texts.values()), "")
                self.lose(text, _("only one answer of a question has own words beside it here"))
            else:
                option = replace(option, is_other=True)
        if part.get("ExclusiveAnswer") in TRUE and self.sort[1].startswith("M"):
            option = replace(option, is_exclusive=True)
        return option
