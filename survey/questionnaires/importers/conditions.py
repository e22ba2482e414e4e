"""Conditions of strangers in our own language, once it is known which question became what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import ge, gt, le, lt
from typing import Any

from survey.questionnaires.documents import Condition, DocumentItem
from survey.questionnaires.importers.expressions import (
    Call,
    CannotSayError,
    Compared,
    Joined,
    Literal,
    Name,
    Negated,
    Node,
)
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.models import ItemKind

Verdict = dict[str, Any] | bool  # a condition, or what always or never holds
ORDERS: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
YES, NO = ("Y", "1", "true", "True"), ("", "N", "0", "false", "False")


@dataclass(frozen=True, slots=True)
class Target:
    """What became of a question: an item, or one option of an item that takes several."""

    item: DocumentItem
    values: Mapping[str, int] = field(default_factory=dict)  # the number of each answer's code
    choice: int | None = None


Names = Mapping[str, Target]


def join(by: str, parts: list[Verdict]) -> Verdict:
    """Return "all" or "any" of parts, without those that say nothing."""
    settling = by == "any"  # one True settles "any", one False settles "all"
    if any(part is settling for part in parts):
        return settling
    told = [part for part in parts if not isinstance(part, bool)]
    if not told:
        return not settling
    return told[0] if len(told) == 1 else {by: told}


def negate(part: Verdict) -> Verdict:
    """Return what holds where a part does not."""
    if isinstance(part, bool):
        return not part
    match part:
        case {"not": inside}:
            return dict(inside)
        case {"item": code, "op": "answered"}:
            return {"item": code, "op": "not_answered"}
        case {"item": code, "op": "not_answered"}:
            return {"item": code, "op": "answered"}
    return {"not": part}


def answered(target: Target) -> Verdict:
    """Return that a question was answered, or its option chosen."""
    if target.choice is not None:
        return _chosen(target, target.choice)
    return {"item": target.item.code, "op": "answered"}


def choose(target: Target, code: str) -> Verdict:
    """Return that an answer, by its code, is the one or among those chosen."""
    return _chosen(target, _value_of(target, code))


def compare(target: Target, op: str, value: str) -> Verdict:
    """Return a comparison of an answer with a value as the file writes it."""
    if op == "!=":
        return negate(compare(target, "=", value))
    if target.choice is not None:
        return _compare_choice(target, op, value)
    if value == "" and op == "=":
        return negate(answered(target))
    reader = READERS.get(target.item.kind)
    if reader is None:
        reason = _("it compares “%(code)s”, which holds several answers or none, with one value")
        raise CannotSayError(reason % {"code": target.item.code})
    return reader(target, op, value)


def translate(node: Node, names: Names) -> Verdict:
    """Return a tree of a condition in our language; raise CannotSayError with the reason."""
    match node:
        case Joined(by, parts):
            return _joined(by, [translate(part, names) for part in parts])
        case Negated(part):
            return negate(translate(part, names))
        case Compared(left, op, right):
            return _compared(left, op, right, names)
        case Literal(value):
            return value not in ("", "0")
        case Name(name):
            return answered(find(name, names))
        case Call(name, arguments):
            return _called(name.lower(), arguments, names)


def find(name: str, names: Names) -> Target:
    """Return what became of a question as the file names it."""
    if name not in names:
        reason = _("it looks at “%(name)s”, which is no answer of this questionnaire")
        raise CannotSayError(reason % {"name": name})
    return names[name]


def _joined(by: str, parts: list[Verdict]) -> Verdict:
    """Join parts; “answered and not this answer” is one comparison of ours."""
    match parts:
        case [{"item": code, "op": "answered"}, {"not": {"item": same, "op": "=", "value": value}}]:
            if by == "all" and code == same:
                return {"item": code, "op": "!=", "value": value}
    return join(by, parts)


def _compared(left: Node, op: str, right: Node, names: Names) -> Verdict:
    if isinstance(left, Literal) and not isinstance(right, Literal):
        left, op, right = right, FLIPPED[op], left
    match left, right:
        case Name(name), Literal(value):
            return compare(find(name, names), op, value)
        case Call(function, (Name(name),)), Literal("0") if function in ("strlen", "string-length"):
            if op in (">", "!=", "="):
                said = answered(find(name, names))
                return negate(said) if op == "=" else said
        case Name(name), Call("date", (Literal(value),)):
            return compare(find(name, names), op, value)
    raise CannotSayError(_("it calculates, or compares two answers with each other"))


def _called(name: str, arguments: tuple[Node, ...], names: Names) -> Verdict:
    match name, arguments:
        case "true", ():
            return True
        case "false", ():
            return False
        case "not", (part,):
            return negate(translate(part, names))
        case (("is_empty" | "empty"), (Name(said),)):
            return negate(answered(find(said, names)))
        case "selected", (Name(said), Literal(code)):
            return choose(find(said, names), code)
        case "selected", (Literal(codes), Name(said)):
            target = find(said, names)
            values = [_value_of(target, code) for code in codes.split()]
            return {"item": target.item.code, "op": "in", "value": values}
        case "contains", (Name(said), Literal(words)):
            return _words_contain(find(said, names), words)
    raise CannotSayError(_("it uses “%(name)s()”, which is not known here") % {"name": name})


def _words_contain(target: Target, words: str) -> Verdict:
    if target.item.kind not in (ItemKind.TEXT, ItemKind.LINE):
        raise CannotSayError(
            _("it looks for words in “%(code)s”, which has none") % {"code": target.item.code}
        )
    return {"item": target.item.code, "op": "contains", "value": words}


def _chosen(target: Target, value: int) -> Verdict:
    op = "contains" if target.item.kind == ItemKind.MULTIPLE else "="
    return {"item": target.item.code, "op": op, "value": value}


def _value_of(target: Target, code: str) -> int:
    value = target.values.get(code)
    if value is None:
        value = target.values.get(_plain_number(code))
    if value is None:
        reason = _("it waits for the answer “%(answer)s”, which “%(code)s” does not offer")
        raise CannotSayError(reason % {"answer": code, "code": target.item.code})
    return value


def _compare_choice(target: Target, op: str, value: str) -> Verdict:
    assert target.choice is not None  # noqa: S101  # for the type checker
    if op == "=" and value in YES:
        return _chosen(target, target.choice)
    if op == "=" and value in NO:
        return negate(_chosen(target, target.choice))
    raise CannotSayError(_("it compares a box that is ticked or not with another value"))


def _compare_option(target: Target, op: str, value: str) -> Verdict:
    if op == "=":
        return _chosen(target, _value_of(target, value))
    number, code = _number(value), target.item.code
    numbers = {_number(known): one for known, one in target.values.items()}
    if all(known == one for known, one in numbers.items()):
        return {"item": code, "op": op, "value": number}
    met = [one for known, one in numbers.items() if ORDERS[op](known, number)]
    return {"item": code, "op": "in", "value": met} if met else False


def _compare_number(target: Target, op: str, value: str) -> Verdict:
    return {"item": target.item.code, "op": op, "value": _number(value)}


def _compare_day(target: Target, op: str, value: str) -> Verdict:
    try:
        day = date.fromisoformat(value[:10]).isoformat()
    except ValueError as error:
        raise CannotSayError(_("it compares a day with what is none")) from error
    return {"item": target.item.code, "op": op, "value": day}


def _compare_words(target: Target, op: str, value: str) -> Verdict:
    if op != "=":
        reason = _("it compares the words of “%(code)s” by size")
        raise CannotSayError(reason % {"code": target.item.code})
    return {"item": target.item.code, "op": op, "value": value}


def _number(value: str) -> int | float:
    try:
        number = float(value)
    except ValueError as error:
        raise CannotSayError(_("it compares a number with what is none")) from error
    if not abs(number) <= 1e15:
        raise CannotSayError(_("it compares with a number that is too large"))
    return int(number) if number == int(number) else number


def _plain_number(code: str) -> str:
    """Return 3.0 and 03 as 3, and other codes as they are."""
    try:
        return str(_number(code))
    except CannotSayError:
        return code


READERS: dict[str, Callable[[Target, str, str], Verdict]] = {
    ItemKind.CHOICE: _compare_option,
    ItemKind.RATING: _compare_option,
    ItemKind.NUMBER: _compare_number,
    ItemKind.DATE: _compare_day,
    ItemKind.TEXT: _compare_words,
    ItemKind.LINE: _compare_words,
}


def depth_of(condition: Condition | Any) -> int:
    """Return how deeply a condition is nested, as `reading` counts it."""
    if isinstance(condition, Mapping):
        return 1 + max((depth_of(each) for each in condition.values()), default=0)
    if isinstance(condition, list):
        return 1 + max((depth_of(each) for each in condition), default=0)
    return 0
