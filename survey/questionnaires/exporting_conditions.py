"""Conditions as XLSForm writes them (XPath), so far as it can say them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from survey.questionnaires.documents import Condition, DocumentItem
from survey.questionnaires.models import ItemKind

OF_TEXT = (ItemKind.TEXT, ItemKind.LINE)


class UnsayableError(Exception):
    """XLSForm cannot say a condition or a text; the message is a reason for a person."""


def write_condition(condition: Condition, items: Mapping[str, DocumentItem]) -> str:
    """Return a condition as XPath; raise UnsayableError."""
    match condition:
        case {"all": [_first, _second, *_rest] as parts}:
            return " and ".join(_inside(part, items) for part in parts)
        case {"any": [_first, _second, *_rest] as parts}:
            return " or ".join(_inside(part, items) for part in parts)
        case {"not": part}:
            return f"not({write_condition(part, items)})"
        case {"item": str() as code, "op": str() as op} if code in items:
            return _comparison(items[code], op, condition.get("value"))
        case {"attribute": _code}:
            raise UnsayableError(_("XLSForm knows nothing of teams"))
        case {"language": _tags}:
            raise UnsayableError(_("XLSForm cannot ask for the language of the page"))
    raise UnsayableError(_("XLSForm has no such condition"))


def quote(text: str) -> str:
    """Return a text as XPath writes it, which has no way for both kinds of quotes at once."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    raise UnsayableError(_("it holds both kinds of quotation marks"))


def _inside(part: Condition, items: Mapping[str, DocumentItem]) -> str:
    said = write_condition(part, items)
    is_joined = "all" in part or "any" in part or part.get("op") == "!="
    return f"({said})" if is_joined else said


def _comparison(item: DocumentItem, op: str, value: Any) -> str:
    name = f"${{{item.code}}}"
    match op:
        case "answered":
            return f"{name} != ''"
        case "not_answered":
            return f"{name} = ''"
        case "contains":
            return _contains(item, name, value)
        case "in":
            return _is_in(item, name, value)
        case "!=":
            return f"{name} != '' and {name} != {_literal(item, value)}"
        case "=" | "<" | "<=" | ">" | ">=" if item.kind not in (
            ItemKind.MULTIPLE,
            ItemKind.RANKING,
        ):
            return f"{name} {op} {_literal(item, value)}"
    raise UnsayableError(_("XLSForm cannot compare several answers so"))


def _contains(item: DocumentItem, name: str, value: Any) -> str:
    if item.kind == ItemKind.MULTIPLE:
        return f"selected({name}, '{value}')"
    if item.kind in OF_TEXT:
        return f"contains({name}, {quote(str(value))})"
    raise UnsayableError(_("XLSForm has no such condition"))


def _is_in(item: DocumentItem, name: str, value: Any) -> str:
    values = value if isinstance(value, list) else []
    if item.kind == ItemKind.CHOICE and values:
        return f"selected('{' '.join(map(str, values))}', {name})"
    if item.kind == ItemKind.MULTIPLE and len(values) > 1:
        return " or ".join(f"selected({name}, '{one}')" for one in values)
    if item.kind in (*OF_TEXT, ItemKind.NUMBER, ItemKind.DATE, ItemKind.RATING) and len(values) > 1:
        return " or ".join(f"{name} = {_literal(item, one)}" for one in values)
    raise UnsayableError(_("XLSForm has no such condition"))


def _literal(item: DocumentItem, value: Any) -> str:
    if item.kind == ItemKind.CHOICE and type(value) is int:
        return f"'{value}'"
    if item.kind == ItemKind.DATE:
        return f"date({quote(str(value))})"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return quote(str(value))
