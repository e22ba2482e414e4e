"""Questions of an XLSForm as items."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_noop

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.importers.coding import free_number, number_answers
from survey.questionnaires.importers.conditions import Target
from survey.questionnaires.importers.drafts import DraftItem
from survey.questionnaires.importers.stock import rating_options, stock_texts
from survey.questionnaires.importers.telling import tell
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.xlsform_beside import take_own_words
from survey.questionnaires.importers.xlsform_bounds import constrain
from survey.questionnaires.importers.xlsform_form import Form, relevance_rules
from survey.questionnaires.importers.xlsform_sheets import Line
from survey.questionnaires.importers.xlsform_source import (
    SELECT,
    choices_line,
    code_of,
    read_parameters,
)
from survey.questionnaires.models import ItemKind

YES = ("yes", "true", "true()", "1")
NO = ("", "no", "false", "false()", "0")
MEASURED: dict[str, str] = {
    "start": gettext_noop("nothing is measured beside the answers here"),
    "calculate": gettext_noop("nothing is calculated on the page here"),
    "hidden": gettext_noop("it is hidden from everybody"),
    "image": gettext_noop("files cannot be handed in here"),
    "geopoint": gettext_noop("no places are recorded here"),
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


class Maker:
    """Makes items of the lines of one form."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def make(self, line: Line, before: DraftItem | None) -> DraftItem | None:
        """Return the item of a line, or tell why there is none."""
        kind = line.cells["type"].strip()
        where = self._form.where(line)
        if take_own_words(line, before, self._form):
            return None
        selected = SELECT.fullmatch(" ".join(kind.split()))
        if selected:
            return self._select(line, where, selected)
        plain = kind.lower().replace(" ", "_").replace("-", "_")
        if plain == "range":
            return self._range(line, where)
        if plain in ("acknowledge", "trigger"):
            agreed = DocumentOption(1, dict.fromkeys(self._form.languages.tags, "OK"))
            return self._add(line, where, ItemKind.CHOICE, (agreed,), {"OK": 1}, {})
        if plain in PLAIN:
            kind_here, settings = PLAIN[plain]
            if kind_here == ItemKind.LINE and "multiline" in line.cells.get("appearance", ""):
                kind_here = ItemKind.TEXT
            return self._add(line, where, kind_here, (), {}, dict(settings))
        reason = MEASURED.get(LEFT_OUT.get(plain, ""))
        unknown = _("its type “%(type)s” is not known here") % {"type": kind}
        self._form.report.add(where, _("all of it"), tell(reason) if reason else unknown)
        return None

    def _select(self, line: Line, where: str, selected: re.Match[str]) -> DraftItem | None:
        said = selected["type"].lower().replace(" ", "_")
        kind = SELECTED[
            "select_one" if said in ("select_one", "select1", "selectone") else _several(said)
        ]
        lines = self._form.choices.lists.get(selected["list"], [])
        if not lines:
            reason = _("its list of answers “%(list)s” is not in the sheet “choices”")
            self._form.report.add(where, _("all of it"), reason % {"list": selected["list"]})
            return None
        numbers = number_answers([code_of(one) for one in lines])
        options = tuple(map(self._option, numbers, lines))
        values = {code_of(one): number for number, one in zip(numbers, lines, strict=True)}
        if selected["other"]:
            other = free_number(numbers)
            texts = stock_texts("other", self._form.languages.tags)
            is_other = kind != ItemKind.RANKING  # own words cannot be ranked
            options = (*options, DocumentOption(other, texts, is_other=is_other))
            values["other"] = other
        parameters = read_parameters(line.cells.get("parameters", ""))
        settings = {"shuffles_options": True} if parameters.pop("randomize", "") == "true" else {}
        self._tell_parameters(where, parameters)
        return self._add(line, where, kind, options, values, settings)

    def _option(self, number: int, line: Line) -> DocumentOption:
        raw = self._form.languages.texts(line.cells, "label")
        texts = self._form.wording.read_or(
            raw, code_of(line), self._form.languages.tags[0], choices_line(line)
        )
        said = line.cells.get("score", "")
        score = _score(said)
        if said and score is None:
            self._form.report.add(choices_line(line), f"score = {said}", _("is no number"))
        return DocumentOption(number, texts, score=score)

    def _range(self, line: Line, where: str) -> DraftItem:
        parameters = read_parameters(line.cells.get("parameters", ""))
        said = [parameters.pop(name, usual) for name, usual in RANGE]
        labels = self._form.choices.lists.get(parameters.pop("tick_labelset", ""), [])
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
            self._form.report.add(where, "step, tick_labelset", _("a number here has bounds only"))
        return self._add(
            line, where, ItemKind.NUMBER, (), {}, settings | _decimals(low, high, step)
        )

    def _tell_parameters(self, where: str, parameters: Mapping[str, str]) -> None:
        for name, said in parameters.items():
            self._form.report.add(
                where, f"{name} = {said}", _("these settings have no counterpart here")
            )

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
        code = self._form.codes.take(source, f"line_{line.number}", where)
        texts = self._form.languages.texts
        required = cells.get("required", "").strip().lower()
        if required not in (*YES, *NO):
            reason = _("a condition cannot decide it here")
            self._form.report.add(where, f"required = {cells['required']}", reason)
        item = DocumentItem(
            code=code,
            texts=self._form.wording.read_or(
                texts(cells, "label"), source or code, self._form.languages.tags[0], where
            ),
            kind=str(kind),
            hints=self._form.wording.read(texts(cells, "hint"), where),
            options=options,
            settings=settings,
            allows_cant_say=False,
            is_required=required in YES and kind != ItemKind.NOTE,
        )
        item = constrain(item, line, values, where, self._form)
        self._form.tell_rest(line, where)
        self._form.names.setdefault(source, Target(item, values))
        said = cells.get("relevant") or cells.get("relevance") or ""
        return DraftItem(item, where, relevance_rules(said))


RANGE = (("start", "1"), ("end", "10"), ("step", "1"))


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


def _score(said: str) -> float | None:
    try:
        score = float(said)
    except ValueError:
        return None
    return score if abs(score) <= 1e15 else None
