"""The languages of strangers' files as our tags: “English (en)”, “ZH-S”, “pt_br”, “Deutsch”."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError, localedata

IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,10}){0,3})\s*\)\s*$")
PLAIN_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,10}){0,3}")
SPECIAL = {"zh-s": "zh-Hans", "zh-t": "zh-Hant", "iw": "he", "in": "id", "ji": "yi", "tl": "fil"}
MOST_LANGUAGES = 50
COMMON = ("en", "es", "de", "ar", "fr", "pt", "it", "nl", "pl", "ru", "tr", "he", "fa", "ur", "zh")


def read_tag(said: str) -> str | None:
    """Return the tag of a language as a file names it, None where it cannot be told."""
    said = said.strip()
    if not said or len(said) > 100:
        return None
    inside = IN_BRACKETS.search(said)
    if inside:
        return _normalised(inside[1])
    if PLAIN_TAG.fullmatch(said) and _is_known(said):
        return _normalised(said)
    return _tags_by_name().get(said.casefold())


def name_in_english(tag: str) -> str:
    """Return a language's English name, the tag itself where it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _is_known(tag: str) -> bool:
    primary = re.split("[-_]", tag)[0].lower()
    return primary in SPECIAL or primary in _languages()


def _normalised(tag: str) -> str:
    special = SPECIAL.get(tag.lower().replace("_", "-"))
    if special:
        return special
    first, *rest = re.split("[-_]", tag)
    parts = [SPECIAL.get(first.lower(), first.lower())]
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next((part for part in rest if re.fullmatch("[A-Za-z]{2}|[0-9]{3}", part)), "")
    parts += [script.title()] if script else []
    parts += [region.upper()] if region else []
    return "-".join(parts)


@cache
def _languages() -> frozenset[str]:
    return frozenset({*Locale("en").languages, *localedata.locale_identifiers()})


@cache
def _tags_by_name() -> dict[str, str]:
    """Return plain languages by their English names and, where common, by their own."""
    names = {name.casefold(): tag for tag, name in Locale("en").languages.items() if "_" not in tag}
    for tag in COMMON:
        own = Locale(tag).get_language_name(tag)
        names[str(own).casefold()] = tag
    return {name: tag for name, tag in names.items() if re.fullmatch("[a-z]{2,3}", tag)}
