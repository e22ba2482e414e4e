"""The item bank laid out by what its questions are about."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from survey.console.questionnaires.words import KINDS, word
from survey.questionnaires.bank_listing import BankItem
from survey.questionnaires.languages import Language, describe_language
from survey.questionnaires.models import Scale


@dataclass(frozen=True, slots=True)
class Book:
    """One question that can be ticked."""

    pk: int
    code: str
    version: int
    text: str
    language: Language
    kind: str
    languages: tuple[Language, ...]
    is_ticked: bool
    is_asked: bool


@dataclass(frozen=True, slots=True)
class WholeScale:
    """A scale that can be added with all its questions; it counts only when it is asked whole."""

    code: str
    name: str
    n_items: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The questions about one construct; without a name, those about none."""

    code: str
    name: str
    source: str
    books: tuple[Book, ...]
    scales: tuple[WholeScale, ...]


def fill_shelves(
    items: Iterable[BankItem], *, ticked: Collection[int], asked: Collection[str]
) -> tuple[Shelf, ...]:
    """Return the questions by construct, in the order of the bank; one query for the scales."""
    by_construct: dict[str, list[BankItem]] = {}
    for item in items:
        by_construct.setdefault(_about(item), []).append(item)
    scales = _whole_scales(items=[item for found in by_construct.values() for item in found])
    return tuple(
        Shelf(
            code=code,
            name=found[0].constructs[0].name if code else "",
            source=found[0].source,
            books=tuple(_book(item, ticked, asked) for item in found),
            scales=scales.get(code, ()),
        )
        for code, found in by_construct.items()
    )


def _about(item: BankItem) -> str:
    return item.constructs[0].code if item.constructs else ""


def _whole_scales(items: Collection[BankItem]) -> dict[str, tuple[WholeScale, ...]]:
    """Return by construct the scales of several questions of which all are shown."""
    n_shown: dict[str, int] = {}
    for item in items:
        for code in item.scales:
            n_shown[code] = n_shown.get(code, 0) + 1
    stored = Scale.objects.filter(code__in=n_shown).select_related("construct")
    found: dict[str, list[WholeScale]] = {}
    for scale in stored.order_by("pk"):
        if n_shown[scale.code] > 1:
            whole = WholeScale(scale.code, scale.name, n_shown[scale.code])
            found.setdefault(scale.construct.code, []).append(whole)
    return {code: tuple(scales) for code, scales in found.items()}


def _book(item: BankItem, ticked: Collection[int], asked: Collection[str]) -> Book:
    text, tag = word(item.texts, "en")
    return Book(
        pk=item.id,
        code=item.code,
        version=item.version,
        text=text,
        language=describe_language(tag),
        kind=str(KINDS[item.kind]),
        languages=tuple(map(describe_language, item.languages)),
        is_ticked=item.id in ticked,
        is_asked=item.code in asked,
    )
