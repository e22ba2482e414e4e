"""What keeps a questionnaire from being published: every fault, and where it is."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.questionnaires.content import (
    Condition,
    ItemContent,
    OptionContent,
    QuestionnaireContent,
    SectionContent,
)
from survey.questionnaires.models import ItemKind
from survey.questionnaires.piping import FACTS, list_placeholders
from survey.questionnaires.reachability import find_unreachable
from survey.questionnaires.reading import is_day
from survey.questionnaires.routing import OPS, list_items, list_leaves

WITH_OPTIONS = (ItemKind.CHOICE, ItemKind.MULTIPLE, ItemKind.RANKING)
WITHOUT_VALUE = ("answered", "not_answered")
ORDERED = ("<", "<=", ">", ">=")
HANGS_ON: dict[str, Promise] = {
    "absent": gettext_lazy("hangs on what is not asked: %(code)s"),
    "loop": gettext_lazy("hangs on what is asked only later, and in a loop: %(code)s"),
    "later": gettext_lazy("hangs on what is asked later: %(code)s"),
    "mute": gettext_lazy("hangs on what has no answer: %(code)s"),
}
REPEATS: dict[str, Promise] = {
    "absent": gettext_lazy("repeats what is not asked: %(code)s"),
    "loop": gettext_lazy("repeats what is asked only later, and in a loop: %(code)s"),
    "later": gettext_lazy("repeats what is asked later: %(code)s"),
    "mute": gettext_lazy("repeats what has no answer: %(code)s"),
    "unknown": gettext_lazy("repeats what nobody knows: %(code)s"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: where names the item or section, empty for the whole."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where} {self.why}" if self.where else self.why


def find_faults(content: QuestionnaireContent) -> tuple[Fault, ...]:
    """Return everything that has to be mended before a questionnaire can be published."""
    faults = [*_of_whole(content), *_of_logic(content)]
    for item in content.items:
        faults += [Fault(item.code, why) for why in _of_item(item, content)]
    if not faults:  # only what can be read can be tried out
        faults += [
            Fault(code, _("can never come up: its conditions exclude each other"))
            for code in find_unreachable(content)
        ]
    return tuple(faults)


def _of_whole(content: QuestionnaireContent) -> Iterator[Fault]:
    if not any(item.has_answer for item in content.items):
        yield Fault("", _("It has no questions"))
    codes = Counter(item.code for item in content.items)
    twice = [code for code, count in codes.items() if count > 1]
    if twice:
        yield Fault("", _("Asked twice: %(codes)s") % {"codes": ", ".join(twice)})
    for tag, count in Counter(content.languages).items():
        if count > 1:
            yield Fault("", _("The language %(tag)s stands twice") % {"tag": tag})
    closed = {item.code for item in content.items if item.is_closed}
    for scale in content.scales:
        for code in scale.item_codes:
            if code not in closed:
                yield Fault(code, _("cannot count in the scale %(scale)s") % {"scale": scale.code})
    yield from (Fault("", why) for why in _of_sample(content))


def _of_sample(content: QuestionnaireContent) -> Iterator[str]:
    sample = content.settings.get("sample")
    if not sample:
        return
    pool, codes = sample.get("pool", []), [item.code for item in content.items]
    unknown = [code for code in pool if code not in codes]
    if unknown:
        yield _("Drawn at random but not asked: %(codes)s") % {"codes": ", ".join(unknown)}
    if not 1 <= sample.get("n", 0) <= len(set(pool)):
        told = {"n": sample.get("n"), "pool": len(set(pool))}
        yield _("%(n)s of %(pool)s questions cannot be drawn") % told
    if codes and codes[0] in pool:
        yield _("The first question is always asked and cannot be drawn at random")


def _of_logic(content: QuestionnaireContent) -> Iterator[Fault]:
    """Yield what is wrong with conditions and placeholders; what they name must come before."""
    places = {item.code: at for at, item in reversed(list(enumerate(content.items)))}
    for section in content.sections:
        inside = [item for item in content.items if item.section == section.code]
        if inside:
            first = places[inside[0].code]
            for why in _of_condition(content, section.shown_when, first, places):
                yield Fault(section.code, why)
    for at, item in enumerate(content.items):
        for why in _of_condition(content, item.shown_when, at, places):
            yield Fault(item.code, why)
        for source, name in dict.fromkeys(list_placeholders(item)):
            wrong = _of_place(content, name, at, places) if source == "item" else _of_fact(name)
            if wrong:
                yield Fault(item.code, str(REPEATS[wrong]) % {"code": name})


def _of_fact(name: str) -> str:
    return "" if name in FACTS else "unknown"


def _of_place(content: QuestionnaireContent, code: str, before: int, places: dict[str, int]) -> str:
    """Return why an item cannot be referred to from a place, if it cannot, as in HANGS_ON."""
    if code not in places:
        return "absent"
    if places[code] >= before:
        back = _needs(content, code) & {content.items[before].code}
        return "loop" if back else "later"
    item = content.items[places[code]]
    return "" if item.has_answer else "mute"


def _needs(content: QuestionnaireContent, code: str) -> frozenset[str]:
    item = content.item(code)
    section: SectionContent | None = content.section(item.section)
    return list_items(item.shown_when) | list_items(section.shown_when if section else None)


def _of_condition(
    content: QuestionnaireContent,
    condition: Condition | None,
    before: int,
    places: dict[str, int],
) -> Iterator[str]:
    for leaf in list_leaves(condition):
        if isinstance(leaf.get("item"), str):
            wrong = _of_place(content, leaf["item"], before, places)
            if wrong:
                yield str(HANGS_ON[wrong]) % {"code": leaf["item"]}
            else:
                yield from _of_comparison(content.item(leaf["item"]), leaf)
        elif isinstance(leaf.get("attribute"), str):
            if not _is_sign(leaf.get("op")):
                yield _("compares by an unknown sign: %(sign)s") % {"sign": leaf.get("op")}
        elif isinstance(tags := leaf.get("language"), list):
            unknown = [str(tag) for tag in tags if tag not in content.languages]
            if unknown:
                told = {"tags": ", ".join(unknown)}
                yield _("hangs on a language that is not offered: %(tags)s") % told
        else:
            yield _("has a condition that cannot be read")


def _of_comparison(item: ItemContent, leaf: Condition) -> Iterator[str]:
    op, value = leaf.get("op"), leaf.get("value")
    if not _is_sign(op):
        yield _("compares by an unknown sign: %(sign)s") % {"sign": op}
    elif op == "in" and not isinstance(value, list):
        yield _("needs a list to compare with")
    elif op not in WITHOUT_VALUE:
        values = value if isinstance(value, list) else [value]
        wrong = [one for one in values if not _can_equal(item, one)]
        if wrong and op not in ORDERED:
            told = {"code": item.code, "value": wrong[0]}
            yield _("waits for an answer that %(code)s does not offer: %(value)s") % told
        elif op in ORDERED and not _can_be_ordered(item, value):
            told = {"code": item.code, "value": value}
            yield _("compares %(code)s with what has no order to it: %(value)s") % told


def _is_sign(op: object) -> bool:
    return isinstance(op, str) and op in OPS


def _can_equal(item: ItemContent, value: Any) -> bool:
    if item.options:
        return type(value) is int and value in item.values
    if item.kind == ItemKind.NUMBER:
        return type(value) in (int, float)
    return isinstance(value, str)


def _can_be_ordered(item: ItemContent, value: Any) -> bool:
    if item.kind == ItemKind.DATE:
        return isinstance(value, str)
    is_number = item.is_closed or item.kind == ItemKind.NUMBER
    return is_number and type(value) in (int, float)


def _of_item(item: ItemContent, content: QuestionnaireContent) -> Iterator[str]:
    wordings = [item.texts, *(option.texts for option in _worded_options(item))]
    for language in content.languages:
        if not all(wording.get(language) for wording in wordings):
            yield _("is not worded in %(language)s") % {"language": language}
    if item.kind in WITH_OPTIONS:
        yield from _of_options(item)
    low, high = item.settings.get("minimum"), item.settings.get("maximum")
    is_of_days = item.kind == ItemKind.DATE
    ends = [end for end in (low, high) if end is not None]
    if any(isinstance(end, str) != is_of_days or (is_of_days and not is_day(end)) for end in ends):
        yield _("has a bound of another kind than its answers")
    elif low is not None and high is not None and low > high:
        yield _("allows nothing between %(low)s and %(high)s") % {"low": low, "high": high}
    if item.is_required and not item.has_answer:
        yield _("has nothing to answer and cannot be required")


def _worded_options(item: ItemContent) -> Iterator[OptionContent]:
    """Yield the options that need words: all, but of a rating only those that have some."""
    is_rating = item.kind == ItemKind.RATING
    yield from (option for option in item.options if option.texts or not is_rating)


def _of_options(item: ItemContent) -> Iterator[str]:
    least = 1 if item.kind == ItemKind.CHOICE else 2
    if len(item.options) < least:
        yield _("has too few answers to choose from")
    if len(set(item.values)) < len(item.values):
        yield _("has two answers of one number")
    if sum(option.is_other for option in item.options) > 1:
        yield _("has more than one answer with own words")
    if item.kind != ItemKind.MULTIPLE and any(one.is_exclusive for one in item.options):
        yield _("has an exclusive answer, but only one can be chosen")
    if item.kind == ItemKind.RANKING and item.other is not None:
        yield _("cannot rank an answer with own words")
    low, high = item.settings.get("min_choices", 0), item.settings.get("max_choices", 999)
    if low > min(high, len(item.options)) or high < 1:
        yield _("cannot have from %(low)s to %(high)s answers") % {"low": low, "high": high}
