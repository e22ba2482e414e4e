"""Conditions as people read and fill them in: rows joined by "all" or "any".

What is nested deeper is written as JSON, as `survey.questionnaires.routing` reads it.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.console.questionnaires.saying import (
    LANGUAGE,
    OPS,
    WITHOUT_VALUE,
    is_flat,
    show_value,
)
from survey.console.questionnaires.words import word
from survey.questionnaires.content import Condition
from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.models import ItemKind
from survey.questionnaires.routing import list_leaves

SPARE = 2  # empty rows below those that are filled in
LARGEST = 4000  # characters of JSON


class ValueRefusedError(Exception):
    """What was typed cannot be compared with."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a condition can look at."""

    key: str  # "item:<code>", "attribute:<code>" or "language"
    name: str
    item: DocumentItem | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The three fields of one comparison."""

    subject: forms.BoundField
    op: forms.BoundField
    value: forms.BoundField


def list_subjects(
    items: Sequence[DocumentItem], attributes: Iterable[tuple[str, str]], language: str
) -> tuple[Subject, ...]:
    """Return what can be looked at: the questions before, team attributes and the language."""
    asked = [
        Subject(f"item:{item.code}", word(item.texts, language)[0][:90] or item.code, item)
        for item in items
        if item.kind != ItemKind.NOTE
    ]
    of_teams = [
        Subject(f"attribute:{code}", _("Team: %(attribute)s") % {"attribute": name})
        for code, name in attributes
    ]
    return (*asked, *of_teams, Subject(LANGUAGE, _("The language of the page")))


class ConditionForm(forms.Form):
    """When something is asked: always where nothing is filled in."""

    join = forms.ChoiceField(
        label=gettext_lazy("It is asked when"),
        choices=[
            ("all", gettext_lazy("all of these hold")),
            ("any", gettext_lazy("one of these holds")),
        ],
        required=False,
    )
    nested = forms.CharField(
        label=gettext_lazy("As JSON"),
        required=False,
        max_length=LARGEST,
        help_text=gettext_lazy("Where something stands here, it counts instead of the rows."),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "dir": "ltr"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        subjects: Sequence[Subject],
        condition: Condition | None,
        language: str,
    ) -> None:
        super().__init__(data, prefix="when", initial=_initial(condition, subjects, language))
        self.subjects = {subject.key: subject for subject in subjects}
        self.language = language
        self.condition: Condition | None = None
        self.n_rows = _n_rows(data, condition)
        for number in range(self.n_rows):
            self._add_row(number)

    @property
    def rows(self) -> list[Row]:
        """Return the comparisons, filled in or empty."""
        return [
            Row(self[f"subject_{n}"], self[f"op_{n}"], self[f"value_{n}"])
            for n in range(self.n_rows)
        ]

    def clean(self) -> dict[str, Any]:
        """Put the condition together."""
        cleaned: dict[str, Any] = super().clean() or {}
        nested = cleaned.get("nested", "").strip()
        if nested:
            self.condition = self._read_nested(nested)
            return cleaned
        leaves = [leaf for n in range(self.n_rows) if (leaf := self._read_row(cleaned, n))]
        if leaves:
            self.condition = {cleaned.get("join") or "all": leaves}
        if len(leaves) == 1:
            self.condition = leaves[0]
        return cleaned

    def _add_row(self, number: int) -> None:
        names = {"n": number + 1}
        subjects = [(subject.key, subject.name) for subject in self.subjects.values()]
        self.fields[f"subject_{number}"] = forms.ChoiceField(
            label=_("Look at, row %(n)d") % names,
            choices=[("", _("nothing")), *subjects],
            required=False,
        )
        self.fields[f"op_{number}"] = forms.ChoiceField(
            label=_("How, row %(n)d") % names, choices=list(OPS.items()), required=False
        )
        self.fields[f"value_{number}"] = forms.CharField(
            label=_("Answer, row %(n)d") % names, max_length=200, required=False
        )

    def _read_row(self, cleaned: Mapping[str, Any], number: int) -> Condition | None:
        subject = self.subjects.get(cleaned.get(f"subject_{number}", ""))
        if subject is None:
            return None
        op, typed = cleaned.get(f"op_{number}") or "=", cleaned.get(f"value_{number}", "").strip()
        try:
            return _leaf(subject, op, typed)
        except ValueRefusedError as refused:
            self.add_error(f"value_{number}", str(refused))
            return None

    def _read_nested(self, typed: str) -> Condition | None:
        try:
            read = json.loads(typed)
        except (ValueError, RecursionError) as error:
            self.add_error("nested", _("This is no JSON: %(error)s") % {"error": error})
            return None
        if not isinstance(read, dict):
            self.add_error("nested", _('Write an object, such as {"all": […]}.'))
            return None
        return read


def _initial(
    condition: Condition | None, subjects: Sequence[Subject], language: str
) -> dict[str, Any]:
    if not is_flat(condition):
        return {"nested": json.dumps(condition, ensure_ascii=False, indent=1)}
    items = {subject.item.code: subject.item for subject in subjects if subject.item}
    initial: dict[str, Any] = {"join": "any" if condition and "any" in condition else "all"}
    for number, leaf in enumerate(list_leaves(condition)):
        if LANGUAGE in leaf:
            subject, op, value = LANGUAGE, "in", ", ".join(leaf[LANGUAGE])
        else:
            kind = "item" if "item" in leaf else "attribute"
            subject, op = f"{kind}:{leaf[kind]}", leaf["op"]
            value = show_value(leaf.get("value"), items.get(str(leaf.get("item"))), language)
        initial |= {f"subject_{number}": subject, f"op_{number}": op, f"value_{number}": value}
    return initial


def _n_rows(data: Mapping[str, Any] | None, condition: Condition | None) -> int:
    if data is not None:
        sent = (name for name in data if name.startswith("when-subject_"))
        return min(sum(1 for _name in sent), 40)
    return (len(list(list_leaves(condition))) if is_flat(condition) else 0) + SPARE


def _leaf(subject: Subject, op: str, typed: str) -> Condition:
    if subject.key == LANGUAGE:
        tags = _split(typed.replace(",", ";"))
        if not tags:
            raise ValueRefusedError(_("Name a language, such as es."))
        return {LANGUAGE: tags}
    kind, code = subject.key.split(":", 1)
    if op in WITHOUT_VALUE:
        return {kind: code, "op": op}
    if not typed:
        raise ValueRefusedError(_("Say what to compare with."))
    if op == "in":
        return {kind: code, "op": op, "value": [_value(subject, one) for one in _split(typed)]}
    return {kind: code, "op": op, "value": _value(subject, typed)}


def _split(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(";") if part.strip()]


def _value(subject: Subject, typed: str) -> int | float | str:
    """Return what was typed as the answers of its question are: a number, a day or words."""
    item = subject.item
    if item is None or item.kind in (ItemKind.TEXT, ItemKind.LINE, ItemKind.DATE):
        return typed
    for option in item.options:
        names = {text.casefold() for text in option.texts.values()}
        if typed == str(option.value) or typed.casefold() in names:
            return option.value
    if item.kind in (ItemKind.NUMBER, ItemKind.RATING):
        return _number(typed)
    raise ValueRefusedError(_("“%(typed)s” is none of its answers.") % {"typed": typed})


def _number(typed: str) -> int | float:
    try:
        number = float(typed.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueRefusedError(_("“%(typed)s” is no number.") % {"typed": typed})
    return int(number) if number.is_integer() else number
