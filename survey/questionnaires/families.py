"""Metrics that share items hang together: whoever answers one must count in all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from survey.questionnaires.content import QuestionnaireContent


@dataclass(frozen=True, slots=True)
class Family:
    """Scales that share items, directly or through others, with all their items."""

    code: str
    scales: tuple[str, ...]
    items: tuple[str, ...]
    shows_items: bool


def build_families(
    *, content: QuestionnaireContent, shown_items_up_to: int = 3
) -> tuple[Family, ...]:
    """Part the closed items into families, in the order asked; small ones show their items.

    An item outside every scale is a family of its own, named "item:<code>".
    """
    members = {item.code: {item.code} for item in content.items if item.is_closed}
    for scale in content.scales:
        merged = set().union(*(members[code] for code in scale.item_codes))
        members.update(dict.fromkeys(merged, merged))
    families = []
    for code, items in members.items():
        if code == next(other for other in members if other in items):
            families.append(_family(content, frozenset(items), shown_items_up_to))
    return tuple(families)


def as_json(families: Iterable[Family]) -> list[dict[str, Any]]:
    """Return families as they are stored on a wave."""
    return [
        asdict(family) | {"scales": list(family.scales), "items": list(family.items)}
        for family in families
    ]


def from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Family, ...]:
    """Return the families that a wave has stored."""
    return tuple(
        Family(
            code=family["code"],
            scales=tuple(family["scales"]),
            items=tuple(family["items"]),
            shows_items=family["shows_items"],
        )
        for family in stored
    )


def _family(content: QuestionnaireContent, codes: frozenset[str], shown: int) -> Family:
    items = tuple(item.code for item in content.items if item.code in codes)
    scales = tuple(scale.code for scale in content.scales if codes.issuperset(scale.item_codes))
    return Family(
        code=scales[0] if scales else f"item:{items[0]}",
        scales=scales,
        items=items,
        shows_items=len(items) <= shown,
    )
