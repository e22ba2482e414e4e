"""Store the item bank: constructs, wordings, scales and ready questionnaires."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from survey.questionnaires.bank import Bank, ItemEntry, QuestionnaireEntry, read_bank
from survey.questionnaires.models import (
    Construct,
    Item,
    Questionnaire,
    QuestionnaireItem,
    QuestionnaireStatus,
)
from survey.questionnaires.scales import store_scales
from survey.questionnaires.services.publishing import create_questionnaire, publish_questionnaire


@dataclass(frozen=True, slots=True)
class BankReport:
    """How many rows loading a bank has added."""

    n_constructs: int
    n_items: int
    n_scales: int
    n_questionnaires: int


def load_item_bank() -> BankReport:
    """Store the shipped instruments and ready questionnaires; a second time adds nothing."""
    return load_bank(bank=read_bank())


@transaction.atomic
def load_bank(*, bank: Bank) -> BankReport:
    """Store what a bank adds: new constructs, wordings, scales and questionnaires.

    What says how a scale is shown holds for waves launched from then on. Raises ScaleChangedError
    where a scale of the same code is scored differently, NotAFacetError for a facet that figures of
    its whole could be held against to tell on somebody.
    """
    known = set(Construct.objects.values_list("code", flat=True))
    new = [Construct(**asdict(entry)) for entry in bank.constructs if entry.code not in known]
    Construct.objects.bulk_create(new)
    items, n_items = _store_items(bank.items)
    return BankReport(
        n_constructs=len(new),
        n_items=n_items,
        n_scales=store_scales(bank.scales, items),
        n_questionnaires=_store_questionnaires(bank.questionnaires, items),
    )


def _store_items(entries: Sequence[ItemEntry]) -> tuple[dict[str, Item], int]:
    """Add the wordings that are new; return the newest version of every item by code."""
    newest = {item.code: item for item in Item.objects.order_by("version")}
    new = []
    for entry in entries:
        item = newest.get(entry.code)
        if item is None or any(getattr(item, name) != now for name, now in entry.wording.items()):
            version = item.version + 1 if item else 1
            new.append(Item(code=entry.code, version=version, **entry.wording))
    newest |= {item.code: item for item in Item.objects.bulk_create(new)}
    return newest, len(new)


def _store_questionnaires(entries: Sequence[QuestionnaireEntry], items: Mapping[str, Item]) -> int:
    """Publish what is new or asks something else than the newest version of its code."""
    n_new = 0
    for entry in entries:
        wanted = [(items[code].pk, code in entry.required) for code in entry.items]
        if _newest_places(entry.code) != wanted:
            questionnaire = create_questionnaire(
                code=entry.code,
                name=entry.name,
                audience=entry.audience,
                languages=entry.languages,
                items=[items[code] for code in entry.items],
                required=entry.required,
            )
            publish_questionnaire(questionnaire_id=questionnaire.pk)
            n_new += 1
    return n_new


def _newest_places(code: str) -> list[tuple[int, bool]]:
    newest = (
        Questionnaire.objects.filter(code=code)
        .exclude(status=QuestionnaireStatus.DRAFT)
        .order_by("-version")
        .values("pk")[:1]
    )
    places = QuestionnaireItem.objects.filter(questionnaire__in=newest).order_by("position")
    return list(places.values_list("item_id", "is_required"))
