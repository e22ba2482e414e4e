"""Scales that come in with a draft: nobody else's until it is published, gone when it is not."""

from collections.abc import Collection

from django.db.models import Q

from survey.questionnaires.models import Item, Questionnaire, Scale, ScaleItem


def claim_scales(
    *,
    draft: Questionnaire,
    codes: Collection[str],
    new: Collection[str],
    items: Collection[Item],
) -> None:
    """Let a draft count the scales it brings, and what other drafts brought of it or its items."""
    of_others = Q(code__in=codes) | Q(scale_items__item__in=items)
    known = Scale.objects.filter(of_others, drafted_in__isnull=False)
    for scale in {*Scale.objects.filter(code__in=new), *known}:
        scale.drafted_in.add(draft)


def share_scales(*, source: Questionnaire, copy: Questionnaire) -> None:
    """Let a copy of a draft count the scales that came in with that."""
    for scale in Scale.objects.filter(drafted_in=source):
        scale.drafted_in.add(copy)


def settle_scales(*, draft: Questionnaire) -> None:
    """Let everybody count the scales of a draft that is published, as far as it asks them whole."""
    asked = set(draft.questionnaire_items.values_list("item__code", flat=True))
    for scale in Scale.objects.filter(drafted_in=draft):
        if asked.issuperset(scale.scale_items.values_list("item__code", flat=True)):
            scale.drafted_in.clear()
    drop_scales(draft=draft)


def drop_scales(*, draft: Questionnaire) -> None:
    """Delete the scales that came in with a draft alone."""
    scales = list(Scale.objects.filter(drafted_in=draft).prefetch_related("drafted_in"))
    gone = [scale.pk for scale in scales if len(scale.drafted_in.all()) == 1]
    ScaleItem.objects.filter(scale__in=gone).delete()  # refused of a scale that is no draft's
    Scale.objects.filter(pk__in=gone).update(facet_of=None, mirrors=None)
    for scale in scales:
        scale.drafted_in.remove(draft)
    Scale.objects.filter(pk__in=gone).delete()
