"""Released figures of five teams on both sides, for the tests of the page of one team."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from survey.aggregation.models import Figure, Release, ReleasedComment
from survey.aggregation.standings import update_standings
from survey.campaigns.models import Campaign, Group, GroupKind, GroupTeam, Pairing
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Scale
from survey.responses.models import Comment
from tests.factories.aggregation import (
    CLOSED,
    make_campaign,
    make_five,
    make_items,
    make_wave,
    plant,
)
from tests.factories.questionnaires import StoryFactory, publish

TREE: Mapping[str, str | None] = {
    "company": None, "food": "company", "goods": "company", "bakery": "food", "kitchen": "food",
    "garden": "goods", "shop": "goods", "depot": "goods",
}  # fmt: skip
TEAMS = ("bakery", "kitchen", "garden", "shop", "depot")
QUARTER = timedelta(days=91)
Means = Mapping[str, float | Mapping[str, Any]]


def make_both_sides(scope: Team) -> Pairing:
    """Publish what staff (fair, with a facet; guess) and customers (treat) are asked."""
    items = make_items("fair_1", "fair_2", "guess_1", "treat_1")
    make_five("fair", items[:2])
    make_five("fair_word", items[:1])
    make_five("treat", items[3:])
    make_five("guess", items[2:3])
    _relate("fair_word", facet_of="fair")
    _relate("guess", mirrors="treat", is_linked=False)
    words = [StoryFactory(code="staff_words"), StoryFactory(code="customer_words")]
    staff = publish([*items[:3], words[0]], code="staff")
    customers = publish([items[3], words[1]], code="customers", audience=Audience.CUSTOMER)
    return Pairing.objects.create(
        code="both", name="Both sides", ex=make_campaign(staff, scope, "inside"),
        cx=make_campaign(customers, scope, "outside"),
    )  # fmt: skip


def _relate(code: str, *, is_linked: bool = True, **others: str) -> None:
    scale = Scale.objects.get(code=code)
    for name, other in others.items():
        setattr(scale, name, Scale.objects.get(code=other))
    scale.is_linked = is_linked
    scale.save()


def release(
    campaign: Campaign,
    means: Mapping[str, Means],
    *,
    closed_at: datetime = CLOSED,
    month: date | None = None,
    pool: tuple[str, ...] = (),
) -> dict[str, Group]:
    """Release figures of groups by code, of a wave of its own; some teams may be pooled."""
    wave = make_wave(campaign, closed_at=closed_at)
    groups = plant(wave, {code: TREE[code] for code in TREE if code not in pool})
    if pool:
        groups["goods:smaller"] = _pool(groups["goods"], pool)
    made = Release.objects.create(
        wave=wave, made_at=closed_at, month_start=month, checksum=f"{wave.pk:064}"
    )
    Figure.objects.bulk_create(
        Figure(release=made, group=groups[code], metric=metric, **_figure(given))
        for code, metrics in means.items()
        for metric, given in metrics.items()
    )
    update_standings(campaign=campaign, now=closed_at)
    return groups


def _pool(parent: Group, codes: tuple[str, ...]) -> Group:
    group = Group.objects.create(
        wave=parent.wave, parent=parent, kind=GroupKind.POOL, code="goods:smaller",
        name="Smaller teams of Goods",
    )  # fmt: skip
    for code in codes:
        above = Team.objects.get(code=TREE[code])
        team, _ = Team.objects.get_or_create(code=code, defaults={"name": code, "parent": above})
        GroupTeam.objects.create(group=group, team=team)
    return group


def _figure(given: float | Mapping[str, Any]) -> dict[str, Any]:
    more = dict(given) if isinstance(given, Mapping) else {"mean": given}
    mean = more["mean"]
    half = {"se": 2.0, "low": round(mean - 4.1, 1), "high": round(mean + 4.1, 1)}
    return {"n": 20, "favourable": 50, "detail": {}} | half | more


def everywhere(metric: str, mean: float, **teams: float) -> dict[str, dict[str, Any]]:
    """Return the same mean of a metric for the company and every team, but for those named."""
    return {code: {metric: teams.get(code, mean)} for code in ("company", *TEAMS)}


def write(group: Group, text: str, leave: str = "AS_TOLD", **more: Any) -> Comment:
    """Release somebody's words at a group."""
    comment = Comment.objects.create(group=group, item_code="words", text=text, leave=leave, **more)
    made = Release.objects.filter(wave=group.wave).latest("pk")
    ReleasedComment.objects.create(release=made, group=group, comment=comment)
    return comment
