"""What figures a wave has: its scales, their profiles and, in families that show them, items."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.questionnaires.content import (
    ItemContent,
    ProfileContent,
    QuestionnaireContent,
    ScaleContent,
)
from survey.questionnaires.families import Family
from survey.questionnaires.models import ScoringMethod

ITEM_PREFIX = "item:"
PROFILE_PREFIX = "profile:"


@dataclass(frozen=True, slots=True)
class Metric:
    """A scale, a shown item, or the profiles of a scale's respondents, with the range of scores.

    An item's score is that of the option chosen, never reversed; who fits the first profile scores
    1, others 0. options maps option values, as rollups name them, to scores, for metrics whose
    options are counted; those of profiles are their codes.

    parts are the items of each facet, then the rest: a whole is the mean of its parts, weighted by
    their number of items. So a whole less its facets tells of nobody who left an item out.
    """

    code: str
    family: str
    minimum: float
    maximum: float
    favourable_from: float | None
    item_codes: tuple[str, ...]
    reversed_codes: frozenset[str]
    options: tuple[tuple[str, float], ...] = ()
    is_recommend: bool = False
    n_options: int = 2
    profiles: tuple[ProfileContent, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()

    @property
    def is_scale(self) -> bool:
        """It is a score over items, not an item, nor a profile."""
        return not self.code.startswith((ITEM_PREFIX, PROFILE_PREFIX))

    @property
    def has_one_item(self) -> bool:
        """Each score is one answer, so published counts say everything about it."""
        return len(self.item_codes) == 1


def list_metrics(
    content: QuestionnaireContent, families: Iterable[Family]
) -> dict[str, tuple[Metric, ...]]:
    """Return the metrics of each family that has any: scales, their profiles, items it shows."""
    scales = {scale.code: scale for scale in content.scales}
    found = {}
    for family in families:
        inside = [scales[code] for code in family.scales]
        metrics = [_scale_metric(content, family, scale, inside) for scale in inside]
        metrics += [_profile_metric(family, scales[code]) for code in family.profiles]
        if family.shows_items:
            metrics += _item_metrics(content, family, inside)
        if metrics:
            found[family.code] = tuple(metrics)
    return found


def list_item_codes(families: Mapping[str, Iterable[Metric]]) -> list[str]:
    """Return the items that the metrics of some families are made of, each once."""
    metrics = (metric for family in families.values() for metric in family)
    return list(dict.fromkeys(code for metric in metrics for code in metric.item_codes))


def item_scores(item: ItemContent) -> dict[int, float]:
    """Return the score of each option that counts, by its value."""
    return {option.value: option.score for option in item.options if option.score is not None}


def _scale_metric(
    content: QuestionnaireContent,
    family: Family,
    scale: ScaleContent,
    inside: Iterable[ScaleContent],
) -> Metric:
    is_recommend = scale.method == ScoringMethod.RECOMMEND
    items = [content.item(code) for code in scale.item_codes]
    return Metric(
        code=scale.code,
        family=family.code,
        minimum=scale.minimum,
        maximum=scale.maximum,
        favourable_from=scale.favourable_from,
        item_codes=scale.item_codes,
        reversed_codes=scale.reversed_codes,
        options=_options(items[0]) if is_recommend else (),
        is_recommend=is_recommend,
        n_options=max(2, *(len(set(item_scores(item).values())) for item in items)),
        parts=_parts(scale, inside),
    )


def _parts(scale: ScaleContent, inside: Iterable[ScaleContent]) -> tuple[tuple[str, ...], ...]:
    facets = [facet.item_codes for facet in inside if facet.facet_of == scale.code]
    covered = {code for facet in facets for code in facet}
    rest = tuple(code for code in scale.item_codes if code not in covered)
    return tuple(part for part in (*facets, rest) if part)


def _profile_metric(family: Family, scale: ScaleContent) -> Metric:
    first, *others = (profile.code for profile in scale.profiles)
    return Metric(
        code=f"{PROFILE_PREFIX}{scale.code}",
        family=family.code,
        minimum=0,
        maximum=1,
        favourable_from=None,
        item_codes=scale.item_codes,
        reversed_codes=scale.reversed_codes,
        options=((first, 1.0), *((code, 0.0) for code in others)),
        profiles=scale.profiles,
    )


def _item_metrics(
    content: QuestionnaireContent, family: Family, scales: list[ScaleContent]
) -> list[Metric]:
    """Return a metric per item; that of a recommend scale would only repeat the scale."""
    repeated = {s.item_codes[0] for s in scales if s.method == ScoringMethod.RECOMMEND}
    homes = {code: scale for scale in reversed(scales) for code in scale.item_codes}
    items = [content.item(code) for code in family.items if code not in repeated]
    return [
        _item_metric(item, family, homes.get(item.code))
        for item in items
        if len(set(item_scores(item).values())) > 1
    ]


def _item_metric(item: ItemContent, family: Family, home: ScaleContent | None) -> Metric:
    scores = item_scores(item).values()
    return Metric(
        code=f"{ITEM_PREFIX}{item.code}",
        family=family.code,
        minimum=home.minimum if home else min(scores),
        maximum=home.maximum if home else max(scores),
        favourable_from=home.favourable_from if home else None,
        item_codes=(item.code,),
        reversed_codes=frozenset(),
        options=_options(item),
        n_options=len(set(scores)),
    )


def _options(item: ItemContent) -> tuple[tuple[str, float], ...]:
    return tuple((str(value), score) for value, score in item_scores(item).items())
