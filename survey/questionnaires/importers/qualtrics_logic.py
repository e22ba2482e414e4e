"""Conditions of Qualtrics: display logic, skip logic, branches, and ${repeated} answers."""

import re
from collections.abc import Iterator
from typing import Any

from survey.questionnaires.importers.conditions import (
    Names,
    Verdict,
    answered,
    choose,
    compare,
    find,
    join,
    negate,
)
from survey.questionnaires.importers.drafts import Rule
from survey.questionnaires.importers.expressions import CannotSayError
from survey.questionnaires.importers.markup import read_markup
from survey.questionnaires.importers.plain_json import as_map, as_text
from survey.questionnaires.importers.telling import shorten
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.wording import mark
from survey.questionnaires.models import ItemKind

LOCATOR = re.compile(r"q://([^/]+)/(\w+)(?:/([^/]+))?(?:/([^/]+))?")
PIPED = re.compile(r"\$\{([^{}]{1,300})\}")
SIGNS = {
    "EqualTo": "=",
    "NotEqualTo": "!=",
    "GreaterThan": ">",
    "GreaterThanOrEqual": ">=",
    "LessThan": "<",
    "LessThanOrEqual": "<=",
}
NEGATED = {"NotSelected": "Selected", "DoesNotContain": "Contains", "NotEmpty": "Empty"}


def logic_rules(logic: Any) -> tuple[Rule, ...]:
    """Return what a display logic or branch says; nothing where there is none."""
    if not as_map(logic):
        return ()
    said = describe(logic)
    return (Rule(said, lambda names: translate_logic(logic, names)),)


def negated(rules: tuple[Rule, ...]) -> Rule:
    """Return that not all of some rules hold."""
    said = _("not: %(said)s") % {"said": " / ".join(rule.said for rule in rules)}
    return Rule(said, lambda names: negate(join("all", [each.translate(names) for each in rules])))


def describe(logic: Any) -> str:
    """Return a logic in the words that Qualtrics puts beside it."""
    told = [as_text(one.get("Description")) for _type, one in _expressions(logic)]
    plain = [shorten(read_markup(text).text) for text in told if text]
    return " ".join(plain) or _("logic of Qualtrics")


def translate_logic(logic: Any, names: Names) -> Verdict:
    """Return a logic in our language: “and” binds before “or”."""
    sets: list[list[Verdict]] = [[]]
    for kind, one in _expressions(logic):
        if kind == "Or":
            sets.append([])
        sets[-1].append(translate_expression(one, names))
    return join("any", [join("all", each) for each in sets])


def translate_expression(one: dict[str, Any], names: Names) -> Verdict:
    """Return one comparison in our language."""
    if as_text(one.get("LogicType")) not in ("Question", ""):
        reason = _("it looks at “%(what)s”, which is not known here")
        raise CannotSayError(reason % {"what": as_text(one.get("LogicType"))})
    said = as_text(one.get("LeftOperand")) or as_text(one.get("ChoiceLocator"))
    located = LOCATOR.fullmatch(said or as_text(one.get("Locator")))
    if located is None:
        raise CannotSayError(_("it does not say which answer it looks at"))
    operator = as_text(one.get("Operator") or one.get("Condition"))
    value = as_text(one.get("RightOperand"))
    if operator in NEGATED:
        return negate(_compared(located, NEGATED[operator], value, names))
    return _compared(located, operator, value, names)


def _compared(located: re.Match[str], operator: str, value: str, names: Names) -> Verdict:
    qid, sort, first, second = located.groups()
    if sort in ("SelectableChoice", "SelectableAnswer") and operator == "Selected":
        if second is None:
            return choose(find(qid, names), first or "")
        return choose(find(f"{qid}/{first}", names), second)
    inner = f"{qid}/{first}"
    target = find(inner if first and inner in names else qid, names)
    if operator == "Empty":
        return negate(answered(target))
    if operator in SIGNS:
        return compare(target, SIGNS[operator], value)
    if operator == "Contains" and target.item.kind in (ItemKind.TEXT, ItemKind.LINE) and value:
        return {"item": target.item.code, "op": "contains", "value": value}
    raise CannotSayError(
        _("it compares by “%(sign)s”, which is not known here") % {"sign": operator}
    )


def _expressions(logic: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each comparison with what joins it to the one before: "And", "Or" or nothing."""
    is_first = True
    for group in as_map(logic).values():
        if not isinstance(group, dict):
            continue
        joined = "Or" if as_text(group.get("Type")).startswith("Or") else "And"
        for one in group.values():
            if not isinstance(one, dict):
                continue
            said = as_text(one.get("Conjuction") or one.get("Conjunction")).capitalize()
            yield "" if is_first else (said if said in ("And", "Or") else joined), one
            is_first, joined = False, "And"


def repeat_answers(text: str) -> str:
    """Return a text with marks where it repeats something as ${...}."""

    def of_piped(found: re.Match[str]) -> str:
        located = LOCATOR.fullmatch(found[1])
        if located is None:
            return mark(re.sub(r"[<>&]", " ", found[1]))
        qid, _sort, first, _second = located.groups()
        is_part = first and first not in ("SelectedChoices", "SelectedAnswers")
        return mark(f"{qid}/{first}" if is_part else qid)

    return PIPED.sub(of_piped, text)
