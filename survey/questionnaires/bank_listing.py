"""The item bank as people look through it: by construct, with scales, source and languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from survey.questionnaires.models import Item, QuestionnaireStatus, ScaleItem
from survey.questionnaires.pages import SECONDS


@dataclass(frozen=True, slots=True)
class BankConstruct:
    """What an item is about, and where the idea comes from."""

    code: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class BankItem:
    """The newest wording of an item that may be asked, and what is known of it."""

    id: int
    code: str
    version: int
    kind: str
    texts: Mapping[str, str]
    constructs: tuple[BankConstruct, ...]
    scales: tuple[str, ...]
    languages: tuple[str, ...]
    audiences: tuple[str, ...]  # that it has been asked of
    seconds: int

    @property
    def source(self) -> str:
        """Return where the item comes from, empty where nobody wrote it down."""
        return next((construct.source for construct in self.constructs), "")


def list_bank(*, construct: str = "", language: str = "", search: str = "") -> tuple[BankItem, ...]:
    """Return the items of scales and those ever published, of one construct or with some words.

    Items about the same come together; a language leaves only items that are ready in it.
    """
    newest = {item.code: item for item in _items().order_by("version")}
    found = [_bank_item(item) for item in newest.values()]
    wanted = [item for item in found if _fits(item, construct, language, search)]
    return tuple(sorted(wanted, key=_order))


def _items() -> QuerySet[Item]:
    """Return what anybody may ask; what is still written on in a draft is not among it."""
    settled = ScaleItem.objects.filter(scale__drafted_in=None)
    scale_items = settled.select_related("scale__construct").order_by("scale__code")
    is_published = Q(
        questionnaire_items__questionnaire__status__in=(
            QuestionnaireStatus.PUBLISHED,
            QuestionnaireStatus.RETIRED,
        )
    )
    is_of_bank = Q(scale_items__isnull=False, drafted_in=None)
    return (
        Item.objects.filter(is_published | is_of_bank)
        .distinct()
        .prefetch_related(
            Prefetch("scale_items", scale_items), "questionnaire_items__questionnaire"
        )
    )


def _bank_item(item: Item) -> BankItem:
    scales = [place.scale for place in item.scale_items.all()]
    constructs = {
        scale.construct.code: BankConstruct(
            scale.construct.code, scale.construct.name, scale.construct.source
        )
        for scale in scales
    }
    wordings = [item.texts, *(option["texts"] for option in item.options)]
    asked = [place.questionnaire for place in item.questionnaire_items.all()]
    return BankItem(
        id=item.pk,
        code=item.code,
        version=item.version,
        kind=item.kind,
        texts=item.texts,
        constructs=tuple(constructs.values()),
        scales=tuple(scale.code for scale in scales),
        languages=tuple(tag for tag in item.texts if all(each.get(tag) for each in wordings)),
        audiences=tuple(sorted({questionnaire.audience for questionnaire in asked})),
        seconds=SECONDS[item.kind],
    )


def _fits(item: BankItem, construct: str, language: str, search: str) -> bool:
    words = search.casefold().split()
    said = " ".join([item.code, *item.texts.values()]).casefold()
    is_about = not construct or any(each.code == construct for each in item.constructs)
    is_ready = not language or language in item.languages
    return is_about and is_ready and all(word in said for word in words)


def _order(item: BankItem) -> tuple[bool, str, str, int]:
    """Return what items are sorted by: their construct, those of none last, and their code."""
    names = [construct.name for construct in item.constructs]
    return not names, next(iter(names), ""), item.code, item.id
