"""Scales that a questionnaire touches without asking them whole, so that they are never scored."""

from collections import defaultdict
from dataclasses import dataclass

from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.models import QuestionnaireItem, ScaleItem
from survey.questionnaires.selectors import counted_in


@dataclass(frozen=True, slots=True)
class PartialScale:
    """A scale of which only some items are asked."""

    name: str
    n_missing: int
    n_items: int


def list_partial_scales(*, content: QuestionnaireContent) -> tuple[PartialScale, ...]:
    """Return the scales that lack items, those first that lack the fewest."""
    asked = {item.code for item in content.items}
    placed = QuestionnaireItem.objects.filter(questionnaire=content.id, item__code__in=asked)
    touched = ScaleItem.objects.filter(item__in=placed.values("item")).values("scale")
    codes: dict[str, set[str]] = defaultdict(set)
    places = ScaleItem.objects.filter(counted_in(content.id), scale__in=touched)
    for place in places.select_related("scale", "item"):
        codes[place.scale.name].add(place.item.code)
    partial = (
        PartialScale(name, len(items - asked), len(items))
        for name, items in codes.items()
        if items - asked
    )
    return tuple(sorted(partial, key=lambda scale: (scale.n_missing, scale.name)))
