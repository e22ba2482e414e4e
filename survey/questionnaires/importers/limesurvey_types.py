"""What each question type of LimeSurvey becomes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop

from survey.questionnaires.documents import DocumentOption
from survey.questionnaires.importers.conditions import Names, Target, Verdict, choose, find
from survey.questionnaires.importers.drafts import Rule
from survey.questionnaires.importers.limesurvey_arrays import ARRAYS
from survey.questionnaires.importers.limesurvey_items import Asked
from survey.questionnaires.importers.stock import number_options, stock_texts
from survey.questionnaires.importers.telling import tell
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.models import ItemKind
from survey.questionnaires.reading import is_day


def make_items(asked: Asked) -> bool:
    """Make the items of a question; say whether its type is known here."""
    make = MAKERS.get(asked.question.type)
    if make is None:
        return False
    make(asked)
    return True


def _list(asked: Asked) -> None:
    options, values = asked.options(asked.question.answers)
    options = asked.with_other(options)
    if options and options[-1].is_other:
        values |= {"-oth-": options[-1].value}
    asked.add(kind=ItemKind.CHOICE, options=options, values=values, settings=asked.shuffle())


def _list_with_comment(asked: Asked) -> None:
    _list(asked)
    texts = asked.beside(stock_texts("comment", asked.places.tags))
    asked.add("_comment", kind=ItemKind.TEXT, texts=texts, is_required=False)


def _five_points(asked: Asked) -> None:
    options = number_options(1, 5, asked.places.tags)
    values = {str(option.value): option.value for option in options}
    asked.add(kind=ItemKind.CHOICE, options=options, values=values)


def _fixed(*words: str, codes: str) -> Callable[[Asked], None]:
    def make(asked: Asked) -> None:
        options = tuple(
            DocumentOption(number, stock_texts(word, asked.places.tags))
            for number, word in enumerate(words, start=1)
        )
        values = {code: number for number, code in enumerate(codes, start=1)}
        asked.add(kind=ItemKind.CHOICE, options=options, values=values)

    return make


def _several(asked: Asked) -> None:
    rows = asked.question.rows()
    values = {row.code: number for number, row in enumerate(rows, start=1)}
    options: tuple[DocumentOption, ...] = tuple(
        DocumentOption(number, asked.say(row.texts, row.code))
        for number, row in enumerate(rows, start=1)
    )
    options = asked.with_other(asked.exclude(options, values))
    for row in rows:
        if row.row.get("relevance", "") not in ("", "1"):
            what = _("the condition “%(said)s”") % {"said": row.row["relevance"]}
            asked.lose(what, _("single answers are always offered here"))
    settings = asked.shuffle() | _choice_bounds(asked)
    item = asked.add(kind=ItemKind.MULTIPLE, options=options, values=values, settings=settings)
    for code, number in values.items():
        asked.name(f"_{code}", Target(item, values, choice=number))


def _several_with_comments(asked: Asked) -> None:
    _several(asked)
    source = asked.question.code
    for row in asked.question.rows():
        words = asked.say(row.texts, row.code)
        comment = stock_texts("comment", asked.places.tags)
        texts = {
            tag: f"{text} – {comment[tag]}" if tag in comment else text
            for tag, text in words.items()
        }
        chosen = Rule(f"{source}_{row.code}", partial(_is_chosen, source, row.code))
        asked.add(
            f"_{row.code}comment",
            kind=ItemKind.LINE,
            texts=asked.beside(texts),
            rules=(chosen,) if source else (),
            is_required=False,
        )


def _is_chosen(source: str, code: str, names: Names) -> Verdict:
    return choose(find(source, names), code)


def _ranking(asked: Asked) -> None:
    options, values = asked.options(asked.question.answers)
    for name in ("min_answers", "max_answers", "max_subquestions"):
        said = asked.attribute(name)
        if said:
            asked.lose(f"{name} = {said}", _("a ranking here puts all answers in order"))
    asked.add(kind=ItemKind.RANKING, options=options, values=values, settings=asked.shuffle())


def _number(asked: Asked) -> None:
    asked.add(kind=ItemKind.NUMBER, settings=_number_settings(asked))


def _numbers(asked: Asked) -> None:
    settings = _number_settings(asked)
    for row in asked.question.rows():
        texts = asked.beside(asked.say(row.texts, row.code))
        asked.add(f"_{row.code}", kind=ItemKind.NUMBER, texts=texts, settings=settings)


def _number_settings(asked: Asked) -> dict[str, Any]:
    is_whole = asked.attribute("num_value_int_only") in ("1", "Y")
    told = {"minimum": asked.number("min_num_value_n"), "maximum": asked.number("max_num_value_n")}
    bounds = {name: value for name, value in told.items() if value is not None}
    return bounds | ({} if is_whole else {"decimals": 6})


def _choice_bounds(asked: Asked) -> dict[str, int]:
    most = len(asked.question.rows()) + (asked.question.row.get("other") == "Y")
    told = {"min_choices": asked.number("min_answers"), "max_choices": asked.number("max_answers")}
    return {name: int(value) for name, value in told.items() if value and 1 <= value <= most}


def _day(asked: Asked) -> None:
    settings = {}
    for name, bound in (("date_min", "minimum"), ("date_max", "maximum")):
        said = asked.attribute(name)
        if is_day(said[:10]):
            settings[bound] = said[:10]
        elif said:
            asked.lose(f"{name} = {said}", _("only a plain day can be a bound here"))
    asked.add(kind=ItemKind.DATE, settings=settings)


def _line(asked: Asked) -> None:
    if asked.attribute("numbers_only") in ("1", "Y"):
        asked.add(kind=ItemKind.NUMBER, settings={"decimals": 6})
    else:
        asked.add(kind=ItemKind.LINE)


def _lines(asked: Asked) -> None:
    is_number = asked.attribute("numbers_only") in ("1", "Y")
    kind, settings = (ItemKind.NUMBER, {"decimals": 6}) if is_number else (ItemKind.LINE, {})
    for row in asked.question.rows():
        texts = asked.beside(asked.say(row.texts, row.code))
        asked.add(f"_{row.code}", kind=kind, texts=texts, settings=settings)


def _text(asked: Asked) -> None:
    asked.add(kind=ItemKind.TEXT)


def _note(asked: Asked) -> None:
    asked.add(kind=ItemKind.NOTE)


def _left_out(reason: str) -> Callable[[Asked], None]:
    return lambda asked: asked.lose(_("all of it"), tell(REASONS[reason]))


REASONS: dict[str, str] = {
    "|": gettext_noop("files cannot be handed in here"),
    "*": gettext_noop("an equation is not asked of anybody"),
    "I": gettext_noop("languages are switched on the page itself"),
}
MAKERS: dict[str, Callable[[Asked], None]] = {
    "L": _list,
    "!": _list,
    "O": _list_with_comment,
    "5": _five_points,
    "Y": _fixed("yes", "no", codes="YN"),
    "G": _fixed("female", "male", codes="FM"),
    "M": _several,
    "P": _several_with_comments,
    "R": _ranking,
    "N": _number,
    "K": _numbers,
    "D": _day,
    "S": _line,
    "Q": _lines,
    "T": _text,
    "U": _text,
    "X": _note,
    "|": _left_out("|"),
    "*": _left_out("*"),
    "I": _left_out("I"),
    **ARRAYS,
}
