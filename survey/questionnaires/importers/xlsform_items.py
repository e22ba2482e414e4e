"""Questions of an XLSForm as items."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.importers.coding import Codes, number_answers
from survey.questionnaires.importers.conditions import Target, Verdict, translate
from survey.questionnaires.importers.drafts import DraftItem, Rule
from survey.questionnaires.importers.expressions import XPATH, parse
from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.stock import rating_options, stock_texts
from survey.questionnaires.importers.wording import Wording, mark
from survey.questionnaires.importers.xlsform_sheets import Line
from survey.questionnaires.importers.xlsform_source import (
    SELECT,
    Choices,
    Languages,
    choices_line,
    code_of,
    read_constraint,
    read_parameters,
)
from survey.questionnaires.models import ItemKind

REPEATED = re.compile(r"\$\{\s*([^{}\s]{1,200})\s*\}")
BESIDE = re.compile(
    r"(?:selected\(\s*\$\{(\S+)\}\s*,\s*|\$\{(\S+)\}\s*=\s*)['\"]([^'\"]*)['\"]\s*\)?"
)
YES = ("yes", "true", "true()", "1")
HANDLED = (
    "type",
    "name",
    "required",
    "relevant",
    "relevance",
    "constraint",
    "parameters",
    "appearance",
)
MEASURED: dict[str, str | Promise] = {
    "start": gettext_lazy("nothing is measured beside the answers here"),
    "calculate": gettext_lazy("nothing is calculated on the page here"),
    "hidden": gettext_lazy("it is hidden from everybody"),
    "image": gettext_lazy("files cannot be handed in here"),
    "geopoint": gettext_lazy("no places are recorded here"),
}
LEFT_OUT = {
    **dict.fromkeys(("start", "end", "today", "deviceid", "subscriberid", "simserial"), "start"),
    **dict.fromkeys(("phonenumber", "username", "email", "audit", "start_geopoint"), "start"),
    **dict.fromkeys(("image", "audio", "video", "file", "background_audio"), "image"),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape"), "geopoint"),
    "calculate": "calculate",
    "calculate_here": "calculate",
    "hidden": "hidden",
}
PLAIN: dict[str, tuple[str, dict[str, Any]]] = {
    "integer": (ItemKind.NUMBER, {}),
    "int": (ItemKind.NUMBER, {}),
    "decimal": (ItemKind.NUMBER, {"decimals": 6}),
    "text": (ItemKind.LINE, {}),
    "string": (ItemKind.LINE, {}),
    "note": (ItemKind.NOTE, {}),
    "date": (ItemKind.DATE, {}),
}
SELECTED = {
    "select_one": ItemKind.CHOICE,
    "select_multiple": ItemKind.MULTIPLE,
    "rank": ItemKind.RANKING,
}


def repeat_answers(text: str) -> str:
    """Return a text with marks where it repeats an answer as ${name}."""
    return REPEATED.sub(lambda found: mark(re.sub(r"[<>&]", " ", found[1])), text)


def relevance_rules(said: str) -> tuple[Rule, ...]:
    """Return what an expression says; nothing where there is none."""
    plain = REPEATED.sub(r"${\1}", said.strip())
    if not plain:
        return ()

    def of_expression(names: Mapping[str, Target]) -> Verdict:
        wrapped = {f"${{{name}}}": target for name, target in names.items()}
        return translate(parse(plain, XPATH), wrapped)

    return (Rule(plain, of_expression),)


class Maker:
    """Makes items of the lines of one form."""

    def __init__(self, languages: Languages, choices: Choices, report: Report) -> None:
        self.languages = languages
        self.choices = choices
        self.report = report
        self.wording = Wording(report, repeat_answers)
        self.names: dict[str, Target] = {}
        self._codes = Codes(report)

    def make(self, line: Line, before: DraftItem | None) -> DraftItem | None:
        """Return the item of a line, or tell why there is none."""
        kind = line.cells["type"].strip()
        where = self.where(line)
        if self._is_beside(line, before):
            return None
        selected = SELECT.fullmatch(" ".join(kind.split()))
        if selected:
            return self._select(line, where, selected)
        plain = kind.lower().replace(" ", "_").replace("-", "_")
        if plain == "range":
            return self._range(line, where)
        if plain in ("acknowledge", "trigger"):
            texts = dict.fromkeys(self.languages.tags, "OK")
            return self._add(
                line, where, ItemKind.CHOICE, (DocumentOption(1, texts),), {"OK": 1}, {}
            )
        if plain in PLAIN:
            kind_here, settings = PLAIN[plain]
            if kind_here == ItemKind.LINE and "multiline" in line.cells.get("appearance", ""):
                kind_here = ItemKind.TEXT
            return self._add(line, where, kind_here, (), {}, dict(settings))
        self._leave_out(where, plain, kind)
        return None

    def where(self, line: Line) -> str:
        """Say where a line stands."""
        told = {"line": line.number, "name": line.cells.get("name", "").strip()}
        return _("sheet “survey”, line %(line)s “%(name)s”") % told

    def tell_rest(self, line: Line, where: str, handled: tuple[str, ...] = HANDLED) -> None:
        """Tell the columns of a line that have no counterpart."""
        rest = sorted(
            f"{heading} = {said}"
            for heading, said in line.cells.items()
            if heading not in handled and heading.partition("::")[0] not in WORDED_HERE
        )
        appearance = line.cells.get("appearance", "").strip()
        if appearance and appearance != "multiline":
            rest.append(f"appearance = {appearance}")
        if rest:
            self.report.add(where, "; ".join(rest), _("these settings have no counterpart here"))

    def _leave_out(self, where: str, plain: str, kind: str) -> None:
        reason = MEASURED.get(LEFT_OUT.get(plain, ""))
        unknown = _("its type “%(type)s” is not known here") % {"type": kind}
        self.report.add(where, _("all of it"), str(reason) if reason else unknown)

    def _select(self, line: Line, where: str, selected: re.Match[str]) -> DraftItem | None:
        said = selected["type"].lower().replace(" ", "_")
        kind = SELECTED[
            "select_one" if said in ("select_one", "select1", "selectone") else _several(said)
        ]
        lines = self.choices.lists.get(selected["list"], [])
        if not lines:
            reason = _("its list of answers “%(list)s” is not in the sheet “choices”")
            self.report.add(where, _("all of it"), reason % {"list": selected["list"]})
            return None
        numbers = number_answers([code_of(one) for one in lines])
        options = tuple(map(self._option, numbers, lines))
        values = {code_of(one): number for number, one in zip(numbers, lines, strict=True)}
        if selected["other"]:
            other = max(numbers) + 1
            texts = stock_texts("other", self.languages.tags)
            options = (*options, DocumentOption(other, texts, is_other=True))
            values["other"] = other
        parameters = read_parameters(line.cells.get("parameters", ""))
        settings = {"shuffles_options": True} if parameters.pop("randomize", "") == "true" else {}
        self._tell_parameters(where, parameters)
        return self._add(line, where, kind, options, values, settings)

    def _option(self, number: int, line: Line) -> DocumentOption:
        raw = self.languages.texts(line.cells, "label")
        texts = self.wording.read_or(raw, code_of(line), self.languages.tags[0], choices_line(line))
        try:
            score = float(line.cells["score"]) if "score" in line.cells else None
        except ValueError:
            self.report.add(choices_line(line), f"score = {line.cells['score']}", _("is no number"))
            score = None
        if score is not None and not abs(score) <= 1e15:
            score = None
        return DocumentOption(number, texts, score=score)

    def _range(self, line: Line, where: str) -> DraftItem:
        parameters = read_parameters(line.cells.get("parameters", ""))
        said = [parameters.pop(name, usual) for name, usual in RANGE]
        labels = self.choices.lists.get(parameters.pop("tick_labelset", ""), [])
        self._tell_parameters(where, parameters)
        if [_plain(each) for each in said] == [0, 10, 1]:
            texts = {code_of(one): self._option(0, one).texts for one in labels}
            options = tuple(
                replace(option, texts=texts.get(str(option.value), {}))
                for option in rating_options()
            )
            values = {str(option.value): option.value for option in options}
            return self._add(line, where, ItemKind.RATING, options, values, {})
        low, high, step = map(_plain, said)
        settings: dict[str, Any] = {"minimum": low, "maximum": high}
        if labels or step != 1:
            self.report.add(where, "step, tick_labelset", _("a number here has bounds only"))
        return self._add(
            line, where, ItemKind.NUMBER, (), {}, settings | _decimals(low, high, step)
        )

    def _tell_parameters(self, where: str, parameters: Mapping[str, str]) -> None:
        for name, said in parameters.items():
            self.report.add(where, f"{name} = {said}", _("these settings have no counterpart here"))

    def _add(
        self,
        line: Line,
        where: str,
        kind: str,
        options: tuple[DocumentOption, ...],
        values: Mapping[str, int],
        settings: dict[str, Any],
    ) -> DraftItem:
        cells, source = line.cells, line.cells.get("name", "").strip()
        code = self._codes.take(source, f"line_{line.number}", where)
        texts = self.languages.texts
        is_required = cells.get("required", "").strip().lower() in YES
        if cells.get("required", "").strip().lower() not in (
            *YES,
            "",
            "no",
            "false",
            "false()",
            "0",
        ):
            self.report.add(
                where, f"required = {cells['required']}", _("a condition cannot decide it here")
            )
        item = DocumentItem(
            code=code,
            texts=self.wording.read_or(
                texts(cells, "label"), source or code, self.languages.tags[0], where
            ),
            kind=str(kind),
            hints=self.wording.read(texts(cells, "hint"), where),
            options=options,
            settings=settings,
            allows_cant_say=False,
            is_required=is_required and kind != ItemKind.NOTE,
        )
        item = self._constrained(item, line, values, where)
        self.tell_rest(line, where)
        self.names.setdefault(source, Target(item, values))
        said = cells.get("relevant") or cells.get("relevance") or ""
        return DraftItem(item, where, relevance_rules(said))

    def _constrained(
        self, item: DocumentItem, line: Line, values: Mapping[str, int], where: str
    ) -> DocumentItem:
        said, settings = line.cells.get("constraint", "").strip(), dict(item.settings)
        alone: set[int | None] = set()
        if said:
            found = read_constraint(said, item.kind)
            alone = {values.get(code) for code in found.exclusive}
            if found.lost or (alone and item.kind != ItemKind.MULTIPLE):
                what = _("the constraint “%(said)s”") % {"said": said}
                self.report.add(
                    where, what, found.lost or _("only one answer can be chosen anyway")
                )
            settings |= found.settings
        messages = self._messages(item, line, where)
        if messages:
            settings["messages"] = messages
        is_several = item.kind == ItemKind.MULTIPLE
        options = tuple(
            replace(each, is_exclusive=True) if is_several and each.value in alone else each
            for each in item.options
        )
        return replace(item, settings=settings, options=options)

    def _messages(self, item: DocumentItem, line: Line, where: str) -> dict[str, dict[str, str]]:
        messages = {}
        missing = self.wording.read(self.languages.texts(line.cells, "required_message"), where)
        if missing:
            messages["missing"] = missing
        refused = self.wording.read(self.languages.texts(line.cells, "constraint_message"), where)
        for error in REFUSALS.get(item.kind, ()) if refused else ():
            messages[error] = refused
        if refused and item.kind not in REFUSALS:
            self.report.add(
                where, "constraint_message", _("these settings have no counterpart here")
            )
        return messages

    def _is_beside(self, line: Line, before: DraftItem | None) -> bool:
        """Take a text asked beside one answer of the question before it as its own words."""
        said = BESIDE.fullmatch(line.cells.get("relevant", "").strip())
        name = line.cells.get("name", "").strip()
        if said is None or before is None or line.cells["type"].strip() != "text":
            return False
        source = said[1] or said[2]
        target = self.names.get(source)
        if target is None or target.item is not before.item or name != f"{source}_other":
            return False
        value = target.values.get(said[3])
        if value is None or any(option.is_other for option in before.item.options):
            return False
        self._make_other(before, source, target, value, line)
        return True

    def _make_other(
        self, before: DraftItem, source: str, target: Target, value: int, line: Line
    ) -> None:
        options = tuple(
            replace(each, is_other=True) if each.value == value else each
            for each in before.item.options
        )
        before.item = replace(before.item, options=options)
        self.names[source] = replace(target, item=before.item)
        words = self.wording.read(self.languages.texts(line.cells, "label"), self.where(line))
        own = next(dict(each.texts) for each in options if each.value == value)
        if words != own:
            reason = _("own words are written beside the answer, without a question of their own")
            self.report.add(self.where(line), " / ".join(words.values()), reason)
        self.tell_rest(line, self.where(line))


WORDED_HERE = ("label", "hint", "constraint_message", "required_message")
RANGE = (("start", "1"), ("end", "10"), ("step", "1"))
REFUSALS: dict[str, tuple[str, ...]] = {
    ItemKind.NUMBER: ("out_of_range",),
    ItemKind.DATE: ("out_of_range",),
    ItemKind.MULTIPLE: ("too_few", "too_many"),
}


def _several(said: str) -> str:
    return "rank" if said == "rank" else "select_multiple"


def _plain(said: str) -> int | float:
    try:
        number = float(said)
    except ValueError:
        return 0
    if not abs(number) <= 1e15:
        return 0
    return int(number) if number.is_integer() else number


def _decimals(*numbers: int | float) -> dict[str, int]:
    return {} if all(isinstance(number, int) for number in numbers) else {"decimals": 6}
