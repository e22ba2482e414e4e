"""Store what can be asked. What is published never changes; a new wording is a new version."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max

from survey.questionnaires.bank import Bank, ItemEntry, QuestionnaireEntry, read_bank
from survey.questionnaires.models import (
    Construct,
    Item,
    Questionnaire,
    QuestionnaireItem,
    QuestionnaireStatus,
)
from survey.questionnaires.scales import store_scales
from survey.questionnaires.selectors import forget_content


class QuestionnaireNotDraftError(Exception):
    """Only a draft can be published; what is published never changes."""


class QuestionnaireUnfinishedError(Exception):
    """A questionnaire cannot be published as it is; the message says why."""


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


@transaction.atomic
def create_questionnaire(
    *,
    code: str,
    name: str,
    audience: str,
    items: Sequence[Item],
    languages: Sequence[str] = ("en",),
    required: Collection[str] = (),
) -> Questionnaire:
    """Draft the next version of a questionnaire; required names the codes of required items."""
    newest = Questionnaire.objects.filter(code=code).aggregate(newest=Max("version"))["newest"]
    questionnaire = Questionnaire.objects.create(
        code=code,
        version=(newest or 0) + 1,
        name=name,
        audience=audience,
        languages=list(languages),
    )
    forget_content(questionnaire_id=questionnaire.pk)
    QuestionnaireItem.objects.bulk_create(
        QuestionnaireItem(
            questionnaire=questionnaire,
            item=item,
            position=position,
            is_required=item.code in required,
        )
        for position, item in enumerate(items, start=1)
    )
    return questionnaire


@transaction.atomic
def publish_questionnaire(*, questionnaire_id: int) -> None:
    """Make a draft final, so that it can be asked; raises when it is not one or has gaps."""
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire_id)
    if questionnaire.status != QuestionnaireStatus.DRAFT:
        raise QuestionnaireNotDraftError(str(questionnaire))
    places = questionnaire.questionnaire_items.select_related("item").order_by("position")
    _check_finished(questionnaire, [place.item for place in places])
    Questionnaire.objects.filter(pk=questionnaire_id).update(status=QuestionnaireStatus.PUBLISHED)


def _check_finished(questionnaire: Questionnaire, items: Sequence[Item]) -> None:
    """Refuse a questionnaire without items, with an item twice, or with a text missing."""
    if not items:
        raise QuestionnaireUnfinishedError("It has no questions")
    twice = [code for code, count in Counter(item.code for item in items).items() if count > 1]
    if twice:
        raise QuestionnaireUnfinishedError(f"Asked twice: {', '.join(twice)}")
    for item in items:
        wordings = [item.texts, *(option["texts"] for option in item.options)]
        for language in questionnaire.languages:
            if not all(wording.get(language) for wording in wordings):
                raise QuestionnaireUnfinishedError(f"{item.code} is not worded in {language}")


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
