"""How each kind of item is answered: what a form or a machine sends, and what is kept of it.

A form sends the digits of options, one field per place of a ranking ("<code>.<option>"), own words
under "<code>.other" and "I can't say" beside a field to write in under "<code>.cant_say".
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from survey.questionnaires.content import LONGEST_LINE, Answer, ItemContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.reading import is_day

CANT_SAY = "cant_say"
CANT_SAY_WORDS = gettext_lazy("I can’t say")
# Control characters and half characters: no form field sends them, and databases refuse some.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
PLAIN_NUMBER = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{1,6})?")
LARGEST = 10**15
NUMBERS: tuple[Promise, Promise, Promise] = (
    gettext_lazy("Write a number from %(low)s to %(high)s"),
    gettext_lazy("Write a number from %(low)s on"),
    gettext_lazy("Write a number up to %(high)s"),
)
DAYS: tuple[Promise, Promise, Promise] = (
    gettext_lazy("Choose a day from %(low)s to %(high)s"),
    gettext_lazy("Choose a day from %(low)s on"),
    gettext_lazy("Choose a day up to %(high)s"),
)
MARKS = {"\N{ARABIC DECIMAL SEPARATOR}": ".", "\N{MINUS SIGN}": "-"}
CHOSEN = (ItemKind.CHOICE, ItemKind.RATING, ItemKind.MULTIPLE)


class NotAnswered:
    """Stands for no answer at all, which is something else than "I can't say"."""


NOTHING: Final = NotAnswered()
Posted = Mapping[str, object]


class RefusedAnswerError(Exception):
    """One value cannot be an answer to its item."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def list_fields(item: ItemContent) -> tuple[str, ...]:
    """Return the names under which an item's answer can be posted."""
    fields = [item.code] if item.has_answer else []
    if item.asks_for_playback:
        fields.append(f"{item.code}.leave")
    if item.other is not None:
        fields.append(f"{item.code}.other")
    if item.kind == ItemKind.RANKING:
        fields += [f"{item.code}.{value}" for value in item.values]
    if has_cant_say_field(item):
        fields.append(f"{item.code}.{CANT_SAY}")
    return tuple(fields)


def has_cant_say_field(item: ItemContent) -> bool:
    """Say whether "I can't say" has a field of its own, beside one to write in."""
    is_written = item.has_answer and not item.is_of_words and item.kind not in CHOSEN
    return is_written and item.allows_cant_say


def read_answer(item: ItemContent, posted: Posted) -> Answer | NotAnswered:
    """Return the answer to an item that is not of words; raise RefusedAnswerError."""
    return READERS[item.kind](item, posted)


def read_words(value: object, longest: int | None) -> str:
    """Return words without spaces around them, empty where there are none."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RefusedAnswerError("not_text", _("Write your answer in words"))
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if UNWRITABLE.search(text):
        raise RefusedAnswerError(
            "unwritable_character", _("Take out the characters that cannot be shown")
        )
    if longest is not None and len(text) > longest:
        raise RefusedAnswerError("too_long", _shorten(longest, len(text)))
    return text


def is_answer(item: ItemContent, value: object) -> bool:
    """Say whether a stored value can be what somebody answered, None being "I can't say"."""
    if value is None:
        return True
    if item.kind == ItemKind.DATE and not isinstance(value, str):
        return False
    if item.kind == ItemKind.NUMBER and type(value) not in (int, float):
        return False
    if item.kind in (ItemKind.MULTIPLE, ItemKind.RANKING) and not isinstance(value, list):
        return False
    try:
        read = read_answer(item, {item.code: value})
    except (RefusedAnswerError, KeyError):
        return False
    if item.kind == ItemKind.MULTIPLE and isinstance(value, list) and isinstance(read, list):
        return len(read) == len(value) and all(one in read for one in value)
    return read == value


def _read_option(item: ItemContent, posted: Posted) -> Answer | NotAnswered:
    if item.code not in posted:
        return item.other if _tells_other(item, posted) else NOTHING
    return _option(item, posted[item.code])


def _tells_other(item: ItemContent, posted: Posted) -> bool:
    """Say whether own words were written beside their option, chosen or not."""
    words = posted.get(f"{item.code}.other")
    return item.other is not None and isinstance(words, str) and bool(words.strip())


def _option(item: ItemContent, value: object) -> int | None:
    if value is None or value == CANT_SAY:
        if not item.allows_cant_say:
            raise RefusedAnswerError("cant_say_not_offered", _("Choose one of the answers"))
        return None
    offered = item.values
    if isinstance(value, str):
        value = {str(number): number for number in offered}.get(value)
    if type(value) is not int:  # True is an int to isinstance
        raise RefusedAnswerError("not_an_option", _("Choose one of the answers"))
    if value not in offered:
        raise RefusedAnswerError("out_of_range", _("Choose one of the answers"))
    return value


def _read_several(item: ItemContent, posted: Posted) -> Answer | NotAnswered:
    sent = posted.get(item.code, [])
    chosen = [_option(item, value) for value in (sent if isinstance(sent, list) else [sent])]
    if _tells_other(item, posted):
        chosen.append(item.other)
    if not chosen:
        return NOTHING
    if None in chosen:
        if len(chosen) > 1:
            raise RefusedAnswerError("exclusive", _("“I can’t say” cannot go with other answers"))
        return None
    kept = sorted({value for value in chosen if value is not None})
    _check_together(item, kept)
    return kept


def _check_together(item: ItemContent, kept: list[int]) -> None:
    alone = [option for option in item.options if option.is_exclusive and option.value in kept]
    if alone and len(kept) > 1:
        raise RefusedAnswerError("exclusive", _("One of your answers cannot go with the others"))
    least = 1 if alone else item.settings.get("min_choices", 1)
    most = item.settings.get("max_choices", len(item.options))
    if len(kept) < least:
        words = ngettext(
            "Choose at least %(number)s answer", "Choose at least %(number)s answers", least
        )
        raise RefusedAnswerError("too_few", words % {"number": least})
    if len(kept) > most:
        words = ngettext(
            "Choose at most %(number)s answer", "Choose at most %(number)s answers", most
        )
        raise RefusedAnswerError("too_many", words % {"number": most})


def _read_ranking(item: ItemContent, posted: Posted) -> Answer | NotAnswered:
    if item.code in posted:
        return _order(item, posted[item.code])
    places = {value: posted.get(f"{item.code}.{value}", "") for value in item.values}
    if not any(places.values()):
        return _cant_say(item, posted)
    if not all(places.values()):
        raise RefusedAnswerError("incomplete", _("Give every answer a place"))
    known = {str(place): place for place in range(1, len(places) + 1)}
    taken = {known.get(str(place), 0): value for value, place in places.items()}
    if 0 in taken:
        raise RefusedAnswerError(
            "not_a_place", _("Choose places from 1 to %(last)s") % {"last": len(places)}
        )
    if len(taken) < len(places):
        raise RefusedAnswerError("twice", _("Give every answer a place of its own"))
    return [taken[place] for place in sorted(taken)]


def _order(item: ItemContent, value: object) -> Answer | NotAnswered:
    if value is None or value == CANT_SAY:
        return _option(item, value)
    is_order = (
        isinstance(value, list)
        and all(type(each) is int for each in value)
        and sorted(value) == sorted(item.values)
    )
    if not is_order:
        raise RefusedAnswerError("incomplete", _("Give every answer a place of its own"))
    assert isinstance(value, list)  # noqa: S101  # for the type checker, which cannot see it
    return list(value)


def _read_number(item: ItemContent, posted: Posted) -> Answer | NotAnswered:
    value = posted.get(item.code, "")
    if value is None or (isinstance(value, str) and not value.strip()):
        return _cant_say(item, posted, is_told=value is None)
    number = _number(value)
    decimals = item.settings.get("decimals", 0)
    if round(number, decimals) != number:
        raise RefusedAnswerError("too_many_decimals", _fewer_decimals(decimals))
    low = item.settings.get("minimum", -LARGEST)
    high = item.settings.get("maximum", LARGEST)
    if not low <= number <= high:
        raise RefusedAnswerError("out_of_range", _say_bounds(item, NUMBERS, low, high))
    return number if decimals else int(number)


def _number(value: object) -> int | float:
    if isinstance(value, str):
        plain = "".join(_plain_digit(letter) for letter in value.strip())
        if PLAIN_NUMBER.fullmatch(plain):
            plain = plain.replace(",", ".")
            return float(plain) if "." in plain else int(plain)
    elif type(value) is int or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise RefusedAnswerError("not_a_number", _("Write a number in digits"))


def _plain_digit(letter: str) -> str:
    """Return the digits of every script as 0 to 9, and other characters as they are."""
    digit = unicodedata.decimal(letter, None)
    return MARKS.get(letter, letter) if digit is None else str(digit)


def _read_day(item: ItemContent, posted: Posted) -> Answer | NotAnswered:
    value = posted.get(item.code, "")
    if value is None or value == "":
        return _cant_say(item, posted, is_told=value is None)
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise RefusedAnswerError(
            "not_a_day", _("Write a day as year-month-day, such as 2026-01-31")
        )
    low = item.settings.get("minimum", date.min.isoformat())
    high = item.settings.get("maximum", date.max.isoformat())
    if not low <= day.isoformat() <= high:
        raise RefusedAnswerError(
            "out_of_range", _say_bounds(item, DAYS, _say_day(low), _say_day(high))
        )
    return day.isoformat()


def _say_bounds(
    item: ItemContent, words: tuple[Promise, Promise, Promise], low: object, high: object
) -> str:
    has_low, has_high = "minimum" in item.settings, "maximum" in item.settings
    both, only_low, only_high = words
    sentence = (both if has_high else only_low) if has_low else only_high
    return str(sentence) % {"low": low, "high": high}


def _say_day(day: str) -> str:
    return date_format(date.fromisoformat(day), "DATE_FORMAT") if is_day(day) else day


def _shorten(longest: int, n_written: int) -> str:
    sentence = _("Shorten your text to %(longest)s characters (now %(written)s)")
    numbers = {"longest": longest, "written": n_written}
    return sentence % {name: number_format(n, force_grouping=True) for name, n in numbers.items()}


def _fewer_decimals(most: int) -> str:
    if not most:
        return _("Write a number with no decimals")
    words = ngettext(
        "Write a number with at most %(number)s decimal",
        "Write a number with at most %(number)s decimals",
        most,
    )
    return words % {"number": most}


def _cant_say(item: ItemContent, posted: Posted, *, is_told: bool = False) -> NotAnswered | None:
    """Return None where "I can't say" was ticked, or told by a machine."""
    if not (is_told or posted.get(f"{item.code}.{CANT_SAY}")):
        return NOTHING
    if not item.allows_cant_say:
        raise RefusedAnswerError("cant_say_not_offered", _("Write an answer"))
    return None


READERS: dict[str, Callable[[ItemContent, Posted], Answer | NotAnswered]] = {
    ItemKind.CHOICE: _read_option,
    ItemKind.RATING: _read_option,
    ItemKind.MULTIPLE: _read_several,
    ItemKind.RANKING: _read_ranking,
    ItemKind.NUMBER: _read_number,
    ItemKind.DATE: _read_day,
}
LONGEST_OTHER = LONGEST_LINE
