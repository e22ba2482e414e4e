"""Store scales: how they are scored never changes, nor what they are to each other."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.questionnaires.bank import ScaleEntry
from survey.questionnaires.models import Construct, Item, Scale, ScaleItem


class ScaleChangedError(Exception):
    """A stored scale would be scored differently; it needs a new code instead."""


class NotAFacetError(Exception):
    """A facet has to be a part of its whole, loaded with it and counted alike, and of no other."""


def store_scales(entries: Sequence[ScaleEntry], items: Mapping[str, Item]) -> int:
    """Add new scales, and new versions of their items to those that exist; return how many.

    Raises ScaleChangedError and NotAFacetError.
    """
    _check_facets(entries)
    constructs = dict(Construct.objects.values_list("code", "pk"))
    stored = {
        scale.code: scale
        for scale in Scale.objects.filter(
            code__in=[entry.code for entry in entries]
        ).prefetch_related("scale_items__item")
    }
    new = [
        Scale(construct_id=constructs[entry.construct], code=entry.code, **_scoring(entry))
        for entry in entries
        if entry.code not in stored
    ]
    scales = {scale.code: scale for scale in Scale.objects.bulk_create(new)}
    for entry in entries:
        if entry.code in stored:
            _check_unchanged(stored[entry.code], entry)
    _declare(entries)
    places = [
        ScaleItem(
            scale=scales.get(entry.code) or stored[entry.code],
            item=items[code],
            is_reversed=code in entry.reversed,
        )
        for entry in entries
        for code in entry.items
    ]
    ScaleItem.objects.bulk_create(places, ignore_conflicts=True)
    return len(new)


def _scoring(entry: ScaleEntry) -> dict[str, str | float | None]:
    return {
        "name": entry.name,
        "phrase": entry.phrase,
        "method": entry.method,
        "minimum": entry.minimum,
        "maximum": entry.maximum,
        "favourable_from": entry.favourable_from,
        "is_short_form": entry.is_short_form,
    }


def _check_facets(entries: Sequence[ScaleEntry]) -> None:
    scales = {entry.code: entry for entry in entries}
    stored = ScaleItem.objects.filter(scale__facet_of__isnull=False).exclude(scale__code__in=scales)
    taken = set(stored.values_list("item__code", flat=True))
    for facet in entries:
        if facet.facet_of is not None:
            whole = scales.get(facet.facet_of)
            if whole is None or not _is_part(facet, whole) or taken.intersection(facet.items):
                raise NotAFacetError(f"{facet.code} is no facet of {facet.facet_of}")
            taken.update(facet.items)


def _is_part(facet: ScaleEntry, whole: ScaleEntry) -> bool:
    return (
        whole.facet_of is None
        and set(facet.items) < set(whole.items)
        and facet.reversed == whole.reversed.intersection(facet.items)
        and (facet.minimum, facet.maximum) == (whole.minimum, whole.maximum)
    )


def _declare(entries: Sequence[ScaleEntry]) -> None:
    """Say what scales are to each other and how they are shown; this changes no score."""
    scales = {scale.code: scale for scale in Scale.objects.select_related("facet_of", "mirrors")}
    for entry in entries:
        scale = scales[entry.code]
        lasting: dict[str, Any] = {
            "facet_of": scales[entry.facet_of] if entry.facet_of else None,
            "mirrors": scales[entry.mirrors] if entry.mirrors else None,
            "profiles": entry.profiles,
        }
        shown = {"shows_items": entry.shows_items, "is_linked": entry.is_linked}
        for name, value in lasting.items():
            if getattr(scale, name) not in (None, [], value):
                raise ScaleChangedError(f"{entry.code} has another {name}: use a new code")
        for name, value in (lasting | shown).items():
            setattr(scale, name, value)
    Scale.objects.bulk_update(
        [scales[entry.code] for entry in entries],
        ["facet_of", "mirrors", "profiles", "shows_items", "is_linked"],
    )


def _check_unchanged(scale: Scale, entry: ScaleEntry) -> None:
    codes = {place.item.code for place in scale.scale_items.all()}
    reversed_codes = {place.item.code for place in scale.scale_items.all() if place.is_reversed}
    is_same = (
        codes == set(entry.items)
        and reversed_codes == entry.reversed
        and all(getattr(scale, name) == value for name, value in _scoring(entry).items())
    )
    if not is_same:
        raise ScaleChangedError(f"{entry.code} is stored with another scoring: use a new code")
