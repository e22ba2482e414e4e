"""How well each scale of a release measured, in plain words."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from survey.aggregation.models import Figure, Release
from survey.campaigns.models import GroupTeam
from survey.campaigns.shares import Share
from survey.dashboards.access import Reader
from survey.dashboards.measures import Measure, read_measures
from survey.dashboards.retelling import retell

Gate = tuple[str | Promise, str, str | Promise]
# The chip's word, its class, and what it means, by the gate of the scale.
GATES: dict[str, Gate] = {
    "GREEN": (
        _("tells teams apart"),
        "in",
        _("People in a team agree and teams differ: a team's score says something of the team."),
    ),
    "AMBER": (
        _("with caution"),
        "gold",
        _("Teams differ by more than chance, but a team's score is uncertain: mind its margin."),
    ),
    "RED": (
        _("not by team"),
        "",
        _(
            "People inside a team answer this as differently as people in different teams: read "
            "it for the whole and for large parts only."
        ),
    ),
}
NOT_KNOWN = (_("not known"), "")


@dataclass(frozen=True, slots=True)
class ScaleHealth:
    """One scale: whether teams can be told apart by it, and how its questions hang together.

    shift is how far the score of the part could be off at worst, because not everybody answered.
    """

    measure: Measure
    gate: str
    chip: str
    chip_class: str
    reasons: tuple[str, ...]
    reliability: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    n_groups: int
    n_divided: int
    shift: float | None


def read_health(*, reader: Reader, release: Release, share: Share | None) -> list[ScaleHealth]:
    """Describe the scales of a release in the order asked; share is that of the part read about."""
    measures = read_measures([release.wave.questionnaire_id])
    divided = _count_divided(reader, release)
    ordered = [measure for code, measure in measures.items() if code in release.scales]
    return [
        _describe(measure, release.scales[measure.code], divided[measure.code], share)
        for measure in ordered
    ]


def _describe(
    measure: Measure, said: Mapping[str, Any], n_divided: int, share: Share | None
) -> ScaleHealth:
    gate = said["gate"] or ""
    chip, chip_class = GATES[gate][:2] if gate else NOT_KNOWN
    sd = said["pooled_sd"]
    return ScaleHealth(
        measure=measure,
        gate=gate,
        chip=str(chip),
        chip_class=chip_class,
        reasons=tuple(map(retell, said["gate_reasons"] if gate else [said["reason"]])),
        reliability=said["median_reliability"],
        alpha=said["alpha"],
        alpha_low=said["alpha_low"],
        alpha_high=said["alpha_high"],
        n_groups=said["n_groups"],
        n_divided=n_divided,
        shift=_round(share.worst_shift(sd)) if share is not None else None,
    )


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _count_divided(reader: Reader, release: Release) -> Counter[str]:
    """Count by metric the released groups of a reader whose people disagree."""
    rows = Figure.objects.filter(release=release, detail__divided=True)
    found = list(rows.values_list("metric", "group_id"))
    shown = _opened({group for _, group in found}, reader)
    return Counter(metric for metric, group in found if group in shown)


def _opened(groups: set[int], reader: Reader) -> set[int]:
    if reader.team_ids is None:
        return groups
    teams: dict[int, set[int]] = defaultdict(set)
    for group, team in GroupTeam.objects.filter(group__in=groups).values_list("group", "team"):
        teams[group].add(team)
    return {group for group, held in teams.items() if reader.opens(held)}
