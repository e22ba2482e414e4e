"""Read the JSON of a questionnaire, or say where in it something is wrong."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.questionnaires.documents import (
    MOST_ITEMS,
    SCHEMA,
    Document,
    DocumentItem,
    DocumentOption,
    DocumentScale,
    DocumentSection,
)
from survey.questionnaires.models import Audience, ItemKind, ScoringMethod

CODE = re.compile(r"[a-z][a-z0-9_]{0,69}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
LONGEST_NAME = 150
LARGEST = 1e15
LONGEST_WORDING = 5000
DEEPEST_CONDITION = 20
PAGES = ("SCROLL", "SECTIONS", "ONE_BY_ONE")

T = TypeVar("T")
Read = Callable[[Any, str], Any]


class DocumentError(Exception):
    """A document cannot be read; where and why say what to mend."""

    def __init__(self, where: str, why: str) -> None:
        self.where = UNWRITABLE.sub("\ufffd", where)  # may name what was sent
        super().__init__(f"{self.where}: {why}")
        self.why = why


def read_document(stored: object) -> Document:
    """Return the document that a JSON value holds; raise DocumentError."""
    if not isinstance(stored, Mapping):
        raise DocumentError("document", _("must be an object"))
    if stored.get("schema") != SCHEMA:
        raise DocumentError("schema", _("must be “%(schema)s”") % {"schema": SCHEMA})
    rest = {name: value for name, value in stored.items() if name != "schema"}
    document: Document = _read_as(Document, DOCUMENT)(rest, "")
    _check_codes(document)
    return document


def read_item(stored: object) -> DocumentItem:
    """Return the item that a JSON value holds; raise DocumentError."""
    item: DocumentItem = _item(stored, "")
    return item


def read_head(name: str, value: object) -> Any:
    """Return one field of a document's head, such as its languages; raise DocumentError."""
    return DOCUMENT[name](value, name)


def is_day(text: str) -> bool:
    """Say whether a text is a day of the calendar, as 2026-01-31 is."""
    try:
        return bool(DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def read_place(name: str, value: object) -> Any:
    """Return one field of a section or a placed item, as shown_when; raise DocumentError."""
    return PLACE[name](value, name)


def _check_codes(document: Document) -> None:
    items = document.items
    if len(items) > MOST_ITEMS:
        told = {"n": len(items), "most": MOST_ITEMS}
        raise DocumentError("sections", _("%(n)s questions; %(most)s is the most") % told)
    for codes in ([item.code for item in items], [each.code for each in document.sections]):
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            why = _("the code “%(code)s” stands twice") % {"code": twice[0]}
            raise DocumentError("sections", why)


def _read_as(kind: type[T], readers: Mapping[str, Read]) -> Callable[[Any, str], T]:
    """Return what reads an object with exactly the fields of a dataclass."""
    needed = {
        each.name
        for each in fields(kind)  # type: ignore[arg-type]
        if each.default is MISSING and each.default_factory is MISSING
    }

    def read(value: Any, where: str) -> T:
        return kind(**_read_fields(value, where, readers, needed))

    return read


def _read_fields(
    value: Any, where: str, readers: Mapping[str, Read], needed: set[str]
) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise DocumentError(where or "document", _("must be an object"))
    inside = f"{where}." if where else ""
    for name in value:
        if name not in readers:
            raise DocumentError(f"{inside}{str(name)[:80]}", _("is not known here"))
    for name in sorted(needed):
        if name not in value:
            raise DocumentError(f"{inside}{name}", _("is missing"))
    return {name: readers[name](each, f"{inside}{name}") for name, each in value.items()}


def _item(value: Any, where: str) -> DocumentItem:
    item: DocumentItem = _read_as(DocumentItem, ITEM)(value, where)
    inside = f"{where}." if where else ""
    if not item.texts:
        raise DocumentError(f"{inside}texts", _("must hold a text in some language"))
    if item.asks_for_playback and item.kind != ItemKind.TEXT:
        raise DocumentError(f"{inside}asks_for_playback", _("is only for long texts"))
    return item


def _settings(readers: Mapping[str, Read], *, needed: Collection[str] = ()) -> Read:
    return lambda value, where: _read_fields(value, where, readers, set(needed))


def _list_of(read: Read, at_least: int = 0) -> Read:
    def read_list(value: Any, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple) or len(value) < at_least:
            raise DocumentError(where, _("must be a list of at least %(n)s") % {"n": at_least})
        return tuple(read(each, f"{where}[{at}]") for at, each in enumerate(value))

    return read_list


def _one_of(allowed: tuple[str, ...] | list[str]) -> Read:
    def read(value: Any, where: str) -> str:
        if not isinstance(value, str) or value not in allowed:
            told = {"allowed": ", ".join(allowed)}
            raise DocumentError(where, _("must be one of %(allowed)s") % told)
        return value

    return read


def _matching(pattern: re.Pattern[str], what: Promise) -> Read:
    def read(value: Any, where: str) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise DocumentError(where, str(what))
        return value

    return read


def _text(value: Any, where: str, longest: int = LONGEST_WORDING) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DocumentError(where, _("must be a text"))
    if UNWRITABLE.search(value):
        raise DocumentError(where, _("holds characters that cannot be shown"))
    if len(value) > longest:
        told = {"most": number_format(longest, force_grouping=True)}
        raise DocumentError(where, _("is longer than %(most)s characters") % told)
    return value


def _texts(value: Any, where: str) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise DocumentError(where, _("must be an object of texts by language"))
    return {
        _language(tag, f"{where}.{str(tag)[:80]}"): _text(text, f"{where}.{tag}")
        for tag, text in value.items()
    }


def _messages(value: Any, where: str) -> dict[str, dict[str, str]]:
    if not isinstance(value, Mapping):
        raise DocumentError(where, _("must be an object of texts by error"))
    return {_code(name, where): _texts(texts, f"{where}.{name}") for name, texts in value.items()}


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise DocumentError(where, _("must be true or false"))
    return value


def _whole(value: Any, where: str, least: int = 0, most: int = 32767) -> int:
    if type(value) is not int or not least <= value <= most:
        told = {"least": least, "most": most}
        raise DocumentError(where, _("must be a whole number from %(least)s to %(most)s") % told)
    return value


def _number(value: Any, where: str) -> float:
    if type(value) not in (int, float) or not abs(value) <= LARGEST:  # NaN is not either
        raise DocumentError(where, _("must be a number"))
    return float(value) if isinstance(value, float) else value


def _bound(value: Any, where: str) -> float | str:
    if not isinstance(value, str):
        return _number(value, where)
    if not is_day(value):
        raise DocumentError(where, _("must be a day such as 2026-01-31"))
    return value


def _maybe(read: Read) -> Read:
    return lambda value, where: None if value is None else read(value, where)


def _condition(value: Any, where: str, depth: int = 0) -> dict[str, Any]:
    """Return a condition in the words of `routing`; its sense is checked before publishing."""
    if not isinstance(value, Mapping):
        raise DocumentError(where, _("must be an object"))
    if depth > DEEPEST_CONDITION:
        raise DocumentError(where, _("is nested too deeply"))
    inner = partial(_condition, depth=depth + 1)
    parts = _mutable(inner)
    joined: dict[str, dict[str, Read]] = {
        "all": {"all": parts},
        "any": {"any": parts},
        "not": {"not": inner},
    }
    for name, readers in (joined | LEAVES).items():
        if name in value:
            return _read_fields(value, where, readers, set(readers) - {"value"})
    raise DocumentError(where, _("has a condition that cannot be read"))


def _mutable(read: Read) -> Read:
    """Return what reads a list as JSON has it, so that it stays what is stored."""
    read_all = _list_of(read)
    return lambda value, where: list(read_all(value, where))


def _compared(value: Any, where: str) -> Any:
    is_several = isinstance(value, list | tuple)
    return _mutable(_scalar)(value, where) if is_several else _scalar(value, where)


def _scalar(value: Any, where: str) -> Any:
    if value is None or value == "" or isinstance(value, bool):
        return value
    return _text(value, where) if isinstance(value, str) else _number(value, where)


_code = _matching(
    CODE,
    gettext_lazy("must be a code such as fair_1: small letters, digits and _, up to 70"),
)
_language = _matching(LANGUAGE, gettext_lazy("must be a language tag such as en, pt-BR or zh-Hant"))
_name = partial(_text, longest=LONGEST_NAME)
_tags = _list_of(_language, at_least=1)
_codes = _list_of(_code)

LEAVES: dict[str, dict[str, Read]] = {  # by what tells them apart
    "item": {"item": _code, "op": _name, "value": _compared},
    "attribute": {"attribute": _name, "op": _name, "value": _compared},
    "language": {"language": _mutable(_language)},
}
OPTION: dict[str, Read] = {
    "value": partial(_whole, least=-999),
    "texts": _texts,
    "score": _maybe(_number),
    "is_other": _flag,
    "is_exclusive": _flag,
    "is_fixed": _flag,
}
ITEM_SETTINGS: dict[str, Read] = {
    "minimum": _bound,
    "maximum": _bound,
    "decimals": partial(_whole, most=6),
    "min_choices": _whole,
    "max_choices": _whole,
    "shuffles_options": _flag,
    "is_fixed": _flag,
    "messages": _messages,
}
ITEM: dict[str, Read] = {
    "code": _code,
    "texts": _texts,
    "kind": _one_of(ItemKind.values),
    "version": partial(_whole, least=1),
    "hints": _texts,
    "options": _list_of(_read_as(DocumentOption, OPTION)),
    "settings": _settings(ITEM_SETTINGS),
    "allows_cant_say": _flag,
    "is_required": _flag,
    "shown_when": _maybe(_condition),
    "asks_for_playback": _flag,
}
SECTION: dict[str, Read] = {
    "code": _code,
    "items": _list_of(_item),
    "texts": _texts,
    "shown_when": _maybe(_condition),
}
PLACE: dict[str, Read] = SECTION | {"is_required": _flag}
SCALE: dict[str, Read] = {
    "code": _code,
    "construct": _code,
    "name": _name,
    "phrase": _name,
    "minimum": _number,
    "maximum": _number,
    "items": _codes,
    "reversed": _codes,
    "favourable_from": _maybe(_number),
    "method": _one_of(ScoringMethod.values),
    "is_short_form": _flag,
}
SAMPLE: dict[str, Read] = {
    "pool": lambda value, where: list(_codes(value, where)),
    "n": partial(_whole, least=1),
}
QUESTIONNAIRE_SETTINGS: dict[str, Read] = {
    "page": _one_of(PAGES),
    "shuffles_items": _flag,
    "sample": _settings(SAMPLE, needed=SAMPLE),
}
DOCUMENT: dict[str, Read] = {
    "code": _code,
    "name": _name,
    "audience": _one_of(Audience.values),
    "languages": _tags,
    "sections": _list_of(_read_as(DocumentSection, SECTION)),
    "settings": _settings(QUESTIONNAIRE_SETTINGS),
    "scales": _list_of(_read_as(DocumentScale, SCALE)),
}
