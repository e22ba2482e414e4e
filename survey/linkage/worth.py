"""How reliable the team scores of one side are, in one period."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from survey.aggregation.models import Release
from survey.aggregation.quality import NOT_FROM_COUNTS
from survey.statistics.agreement import (
    GOOD,
    Level,
    gate_from_moments,
    team_reliability,
)
from survey.statistics.inputs import FloatArray
from survey.statistics.rollups import Moments


@dataclass(frozen=True, slots=True)
class Worth:
    """The intraclass correlation of a scale and its gate; None with a reason if not known."""

    icc1: float | None
    gate: str | None
    reason: str = ""

    def mean_reliability(self, sizes: FloatArray) -> float | None:
        """Average the reliability of the team scores over teams of these sizes."""
        found = [team_reliability(self.icc1, int(n)) for n in sizes.tolist()]
        known = [one for one in found if one is not None]
        return sum(known) / len(known) if known else None


def read_worth(releases: Sequence[Release], scale: str, figures: pd.DataFrame) -> Worth:
    """Return what the releases say of a scale.

    Several months are judged together: their printed team means (`figures`: group_code, metric,
    n, mean) added up, around the spread within teams that the releases print.
    """
    said = [release.scales[scale] for release in releases if scale in release.scales]
    known = [one for one in said if one["pooled_sd"] is not None and one["pooled_df"]]
    if len(said) > 1 and known and all(one["reason"] != NOT_FROM_COUNTS for one in said):
        return _judge_together(known, figures[figures["metric"] == scale])
    if not said:
        return Worth(None, None, "no figures")
    first = next((one for one in said if one["icc1"] is None), said[0])
    return Worth(first["icc1"], first["gate"], first["reason"])


def _judge_together(said: list[dict[str, Any]], figures: pd.DataFrame) -> Worth:
    freedom = sum(one["pooled_df"] for one in said)
    variance = sum(one["pooled_df"] * one["pooled_sd"] ** 2 for one in said) / freedom
    scores: dict[Hashable, Moments] = {}
    columns = (figures[name].tolist() for name in ("group_code", "n", "mean"))
    for code, n, mean in zip(*columns, strict=True):
        part = Moments(n, n * mean, n * mean**2 + (n - 1) * variance)
        scores[code] = scores.get(code, Moments()) + part
    found = gate_from_moments(scores, {}, n_options=2)
    level = found.level
    agreed = min(map(_agreement, said))
    if level is Level.AMBER and (found.median_reliability or 0.0) >= GOOD and agreed >= GOOD:
        level = Level.GREEN
    return Worth(found.intraclass.icc1, None if level is None else str(level), found.reason)


def _agreement(said: dict[str, Any]) -> float:
    """Return how far people agree at least; where a release withholds it, what its gate implies."""
    if said["median_rwg"] is not None:
        return float(said["median_rwg"])
    return GOOD if said["gate"] == Level.GREEN else 0.0
