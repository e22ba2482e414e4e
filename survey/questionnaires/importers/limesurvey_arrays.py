"""Arrays of LimeSurvey: one item for each row, or each cell, shown one by one."""

from collections.abc import Callable, Mapping
from typing import Any

from survey.questionnaires.documents import DocumentOption
from survey.questionnaires.importers.conditions import Names, Target, Verdict, choose
from survey.questionnaires.importers.drafts import Rule
from survey.questionnaires.importers.limesurvey_items import Asked
from survey.questionnaires.importers.limesurvey_rules import relevance_rules
from survey.questionnaires.importers.limesurvey_source import ByLanguage, Question
from survey.questionnaires.importers.stock import number_options, stock_texts
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.models import ItemKind

MOST_CELLS = 1_000
MOST_FILTERS = 10

Options = tuple[tuple[DocumentOption, ...], dict[str, int]]


def filter_rules(asked: Asked, row: Question) -> tuple[Rule, ...]:
    """Return when a row is asked: as it says, and where its twin was chosen before, or was not."""
    rules = [*relevance_rules(row.row.get("relevance", ""))]
    for attribute, is_excluded in (("array_filter", False), ("array_filter_exclude", True)):
        for name in asked.attribute(attribute).split(";", MOST_FILTERS)[:MOST_FILTERS]:
            if not name.strip():
                continue
            said = f"{attribute} {name}_{row.code}"
            rules.append(Rule(said, _Filter(name.strip(), row.code, is_excluded)))
    return tuple(rules)


class _Filter:
    """Whether an answer of an earlier question was chosen, or was not."""

    def __init__(self, name: str, code: str, is_excluded: bool) -> None:
        self._name = name
        self._code = code
        self._is_excluded = is_excluded

    def __call__(self, names: Names) -> Verdict:
        target = names.get(self._name)
        if target is None or self._code not in target.values:
            return self._is_excluded  # a row without a twin is never chosen
        chosen = choose(target, self._code)
        return {"not": chosen} if self._is_excluded else chosen


def _each_row(make_options: Callable[[Asked], Options]) -> Callable[[Asked], None]:
    def make(asked: Asked) -> None:
        options, values = make_options(asked)
        for row in asked.question.rows():
            asked.add(
                f"_{row.code}",
                kind=ItemKind.CHOICE,
                texts=asked.beside(asked.say(row.texts, row.code)),
                options=options,
                values=values,
                rules=filter_rules(asked, row),
            )

    return make


def _numbered(highest: int) -> Callable[[Asked], Options]:
    def options(asked: Asked) -> Options:
        numbers = number_options(1, highest, asked.places.tags)
        return numbers, {str(option.value): option.value for option in numbers}

    return options


def _worded(*words: str, codes: str) -> Callable[[Asked], Options]:
    def options(asked: Asked) -> Options:
        texts = [stock_texts(word, asked.places.tags) for word in words]
        told = tuple(DocumentOption(number, each) for number, each in enumerate(texts, start=1))
        return told, {code: number for number, code in enumerate(codes, start=1)}

    return options


def _own(asked: Asked) -> Options:
    return asked.options(asked.question.answers)


def _dual(asked: Asked) -> None:
    """Ask each row on both scales, one after the other."""
    scales = []
    for scale, header in (("0", "dualscale_headerA"), ("1", "dualscale_headerB")):
        answers = [answer for answer in asked.question.answers if answer.scale == scale]
        if answers:
            scales.append((scale, _heading(asked, scale, header), asked.options(answers)))
    for row in asked.question.rows():
        texts = asked.beside(asked.say(row.texts, row.code))
        for scale, heading, (options, values) in scales:
            asked.add(
                f"_{row.code}_{scale}",
                kind=ItemKind.CHOICE,
                texts=_behind(texts, heading),
                options=options,
                values=values,
                rules=filter_rules(asked, row),
            )


def _heading(asked: Asked, scale: str, header: str) -> dict[str, str]:
    asked.used.add(header)
    told: ByLanguage = asked.question.attributes.get(header, {})
    heading = asked.places.wording.read(asked.places.tagged(told), asked.where)
    if not heading and scale == "1":
        asked.lose(header, _("the second scale has no name of its own to tell it by"))
    return heading


def _behind(texts: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Return texts with more words behind them, in the languages that have these."""
    return {tag: f"{text} – {more[tag]}" if tag in more else text for tag, text in texts.items()}


def _cells(kind: str) -> Callable[[Asked], None]:
    def make(asked: Asked) -> None:
        if kind == ItemKind.NUMBER and asked.attribute("multiflexible_checkbox") in ("1", "Y"):
            _boxes(asked)
            return
        if len(asked.question.rows()) * len(asked.question.rows("1")) > MOST_CELLS:
            asked.lose(_("all of it"), _("it has too many cells"))
            return
        settings = _cell_bounds(asked) if kind == ItemKind.NUMBER else {}
        for row in asked.question.rows():
            words = asked.say(row.texts, row.code)
            for column in asked.question.rows("1"):
                head = asked.say(column.texts, column.code)
                both = _behind(words, head)
                asked.add(
                    f"_{row.code}_{column.code}",
                    kind=kind,
                    texts=asked.beside(both),
                    settings=settings,
                    rules=filter_rules(asked, row),
                )

    return make


def _cell_bounds(asked: Asked) -> dict[str, Any]:
    if asked.attribute("input_boxes") in ("1", "Y"):
        defaults: tuple[int | None, int | None] = (None, None)
    else:
        defaults = (1, 10)
    low, high = asked.number("multiflexible_min"), asked.number("multiflexible_max")
    told = (("minimum", low, defaults[0]), ("maximum", high, defaults[1]))
    bounds = {name: usual if said is None else said for name, said, usual in told}
    return {name: value for name, value in bounds.items() if value is not None} | {"decimals": 6}


def _boxes(asked: Asked) -> None:
    columns = asked.question.rows("1")
    options = tuple(
        DocumentOption(number, asked.say(column.texts, column.code))
        for number, column in enumerate(columns, start=1)
    )
    values = {column.code: number for number, column in enumerate(columns, start=1)}
    for row in asked.question.rows():
        texts = asked.beside(asked.say(row.texts, row.code))
        item = asked.add(
            f"_{row.code}",
            kind=ItemKind.MULTIPLE,
            texts=texts,
            options=options,
            values=values,
            rules=filter_rules(asked, row),
        )
        for code, number in values.items():
            asked.name(f"_{row.code}_{code}", Target(item, values, choice=number))


ARRAYS: dict[str, Callable[[Asked], None]] = {
    "A": _each_row(_numbered(5)),
    "B": _each_row(_numbered(10)),
    "C": _each_row(_worded("yes", "uncertain", "no", codes="YUN")),
    "E": _each_row(_worded("increase", "same", "decrease", codes="ISD")),
    "F": _each_row(_own),
    "H": _each_row(_own),
    "1": _dual,
    ":": _cells(ItemKind.NUMBER),
    ";": _cells(ItemKind.LINE),
}
