"""Metrics that share items hang together: whoever answers one must count in all of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from survey.questionnaires.content import QuestionnaireContent, ScaleContent


@dataclass(frozen=True, slots=True)
class Family:
    """Scales that share items, directly or through others, with all their items.

    `profiles` are the scales whose respondents are counted by profile.
    """

    code: str
    scales: tuple[str, ...]
    items: tuple[str, ...]
    shows_items: bool
    profiles: tuple[str, ...] = ()


def build_families(
    *, content: QuestionnaireContent, shown_items_up_to: int = 3
) -> tuple[Family, ...]:
    """Part the closed items into families, in the order asked.

    Small families show their items, and so do those with a scale that is declared to. An item
    outside every scale is a family of its own, named "item:<code>".
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
    lists = ("scales", "items", "profiles")
    return [
        asdict(family) | {name: list(getattr(family, name)) for name in lists}
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
            profiles=tuple(family.get("profiles", ())),
        )
        for family in stored
    )


def _family(content: QuestionnaireContent, codes: frozenset[str], shown: int) -> Family:
    items = tuple(item.code for item in content.items if item.code in codes)
    inside = [scale for scale in content.scales if codes.issuperset(scale.item_codes)]
    scales = tuple(scale.code for scale in inside)
    return Family(
        code=scales[0] if scales else f"item:{items[0]}",
        scales=scales,
        items=items,
        shows_items=len(items) <= shown or any(scale.shows_items for scale in inside),
        profiles=tuple(scale.code for scale in inside if _tells_profiles(scale, scales)),
    )


def _tells_profiles(scale: ScaleContent, asked: Collection[str]) -> bool:
    """Say whether a scale has profiles and everything is asked that tells them."""
    told_by = {code for profile in scale.profiles for code in profile.scale_codes}
    return bool(told_by) and told_by.issubset(asked)
