"""Conditions in words, and which of them rows of fields can hold."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from survey.console.questionnaires.words import word
from survey.questionnaires.content import Condition
from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.routing import list_leaves

OPS: dict[str, Promise] = {
    "=": gettext_lazy("is"),
    "!=": gettext_lazy("is not"),
    "<": gettext_lazy("is less than"),
    "<=": gettext_lazy("is at most"),
    ">": gettext_lazy("is more than"),
    ">=": gettext_lazy("is at least"),
    "in": gettext_lazy("is one of"),
    "contains": gettext_lazy("contains"),
    "answered": gettext_lazy("is answered"),
    "not_answered": gettext_lazy("is not answered"),
}
WITHOUT_VALUE = ("answered", "not_answered")
LANGUAGE = "language"


def say_condition(condition: Condition, items: Mapping[str, DocumentItem], language: str) -> str:
    """Return a condition in words; one that is nested only by what it looks at."""
    joined = pgettext("between conditions", "; ")
    return joined.join(_say_leaf(leaf, items, language) for leaf in list_leaves(condition))


def is_flat(condition: Condition | None) -> bool:
    """Say whether rows can hold a condition."""
    match condition:
        case None:
            return True
        case {"all": list() as parts} | {"any": list() as parts}:
            return all(map(_is_leaf, parts))
    return _is_leaf(condition)


def _is_leaf(condition: Any) -> bool:
    if not isinstance(condition, dict):
        return False
    has_subject = bool({"item", "attribute"} & condition.keys()) and condition.get("op") in OPS
    return has_subject or isinstance(condition.get(LANGUAGE), list)


def _say_leaf(leaf: Condition, items: Mapping[str, DocumentItem], language: str) -> str:
    if isinstance(tags := leaf.get(LANGUAGE), list):
        return _("the language is %(tags)s") % {"tags": ", ".join(map(str, tags))}
    item = items.get(str(leaf.get("item")))
    subject = (
        word(item.texts, language)[0] if item else str(leaf.get("item", leaf.get("attribute")))
    )
    op = str(leaf.get("op"))
    if op in WITHOUT_VALUE:
        return _("“%(subject)s” %(op)s") % {"subject": subject, "op": OPS[op]}
    return _("“%(subject)s” %(op)s “%(value)s”") % {
        "subject": subject,
        "op": OPS.get(op, op),
        "value": show_value(leaf.get("value"), item, language),
    }


def show_value(value: Any, item: DocumentItem | None, language: str) -> str:
    """Return what an answer is compared with, in words where it has some."""
    if isinstance(value, list):
        return "; ".join(show_value(one, item, language) for one in value)
    options = item.options if item else ()
    found = (word(option.texts, language)[0] for option in options if option.value == value)
    return next(found, "") or ("" if value is None else str(value))
