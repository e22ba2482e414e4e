"""What a release says of everybody, beside what the one before it said: printed figures only.

Read are the figures of the whole organisation, or of the part that a campaign asks, as they were
released; a change is one where it is larger than its margin, as on every page.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from survey.aggregation.models import Figure, Release
from survey.aggregation.periods import closing_moment, find_period
from survey.aggregation.selectors import current_releases
from survey.aggregation.wordings import list_reworded
from survey.campaigns.selectors import content_of
from survey.core.periods import Period
from survey.questionnaires.content import ScaleContent
from survey.questionnaires.models import ScoringMethod
from survey.statistics.changes import difference

CLEAR = (1, -1)
FEWEST_PEOPLE = 10  # of fewer, who joined or left can make the whole difference
PRINTED = ("n", "mean", "se", "low", "high", "detail")
HEAVY = ("scales", "cuts", "wave__participation", "wave__families", "wave__public_key")

Figures = Mapping[str, Mapping[str, Any]]  # by metric, as printed


def read_facts(release: Release) -> dict[str, Any]:
    """Return what a playback tells of a release, as it is stored.

    {"period", "n_people", "before": the period compared with or null, "measures": [{"metric",
    "name", "n", "mean", "end", "before": a mean or null, "before_end", "direction": 1, 0, -1 or
    null where nothing can be compared, "is_reworded"}]}
    """
    figures = _read_whole(release)
    scales = [scale for scale in _list_scales(release) if scale.code in figures]
    before = _find_before(release, {scale.code for scale in scales})
    then = _read_whole(before) if before else {}
    asked = [one.wave.questionnaire_id for one in (before, release) if one is not None]
    reworded = list_reworded(asked)
    compared = [
        (scale, _compare(scale, figures[scale.code], then.get(scale.code), scale.code in reworded))
        for scale in scales
    ]
    return {
        "period": _month(release),
        "before": _month(before) if before else None,
        "n_people": max((said["n"] for said in figures.values()), default=0),
        "measures": [told for scale, told in compared if _stands_alone(scale, told)],
    }


def _stands_alone(scale: ScaleContent, told: Mapping[str, Any]) -> bool:
    """Say whether a scale is told of: a part of another only where it clearly changed.

    What other pages headline must not be missing here because the whole hides it.
    """
    return not scale.facet_of or told["direction"] in CLEAR


def _list_scales(release: Release) -> list[ScaleContent]:
    """Return the scales that can be compared and their parts, but no recommendation."""
    content = content_of(wave=release.wave)
    linked = {scale.code for scale in content.linked_scales}
    return [
        scale
        for scale in content.scales
        if linked & {scale.code, scale.facet_of} and scale.method != ScoringMethod.RECOMMEND
    ]


def _read_whole(release: Release) -> Figures:
    rows = Figure.objects.filter(release=release, group__parent=None)
    return {
        metric: dict(zip(PRINTED, said, strict=True))
        for metric, *said in rows.values_list("metric", *PRINTED)
    }


def _find_before(release: Release, metrics: Iterable[str]) -> Release | None:
    """Return the newest earlier release of the campaign that shows one of some metrics."""
    releases = current_releases(campaigns=[release.wave.campaign]).defer(*HEAVY)
    showing = releases.filter(figures__metric__in=metrics, figures__group__parent=None).distinct()
    earlier = [one for one in showing if _place(one) < _place(release)]
    return max(earlier, key=_place, default=None)


def _place(release: Release) -> tuple[date, datetime, int]:
    return find_period(release, Period.MONTH), closing_moment(release.wave), release.wave.number


def _month(release: Release) -> str:
    return find_period(release, Period.MONTH).isoformat()


def _compare(
    scale: ScaleContent, now: Mapping[str, Any], then: Mapping[str, Any] | None, is_reworded: bool
) -> dict[str, Any]:
    told = {
        "metric": scale.code,
        "name": scale.name,
        "n": now["n"],
        "mean": now["mean"],
        "end": _end(now),
        "before": None,
        "before_end": "",
        "direction": None,
        "is_reworded": is_reworded,
    }
    if then is None or is_reworded or min(now["n"], then["n"]) < FEWEST_PEOPLE:
        return told
    change = difference(then["mean"], now["mean"], first_se=then["se"], second_se=now["se"])
    if change.low is None:
        return told
    return told | {
        "before": then["mean"],
        "before_end": _end(then),
        "direction": change.direction,
    }


def _end(said: Mapping[str, Any]) -> str:
    return str((said["detail"] or {}).get("end", ""))
