"""Add released figures of separate people up: months to a quarter, teams to a pool."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

from survey.statistics.inputs import NORMAL_95

NUMBERS = ["mean", "se", "low", "high"]


def add_figures(figures: pd.DataFrame, *, by: Sequence[str]) -> pd.DataFrame:
    """Add figures up: one row per `by`, with mean, se, low, high and n, weighted by people.

    A figure that stands alone keeps its printed interval; a sum has a normal one, or none where
    a part has no standard error.
    """
    parts = figures.assign(
        total=figures["n"] * figures["mean"], v=(figures["n"] * figures["se"]) ** 2
    )
    grouped = parts.groupby(list(by), sort=True)
    sums = grouped[["n", "total"]].sum()
    sums["mean"] = sums["total"] / sums["n"]
    sums["se"] = np.sqrt(grouped["v"].sum(skipna=False)) / sums["n"]
    alone = grouped.size() == 1
    for name, sign in (("low", -1), ("high", 1)):
        bound = (sums["mean"] + sign * NORMAL_95 * sums["se"]).clip(0, 100)
        sums[name] = bound.where(~alone, grouped[name].first())
    return sums[[*NUMBERS, "n"]]


def add_shares(parts: Sequence[tuple[int, float | None]]) -> int | None:
    """Return the share of all, in whole per cent, from (people, printed share) of each part."""
    if any(share is None or share != share for _, share in parts):
        return None
    return round(sum(n * float(share or 0) for n, share in parts) / sum(n for n, _ in parts))


def add_details(parts: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[str, Any]:
    """Return the detail of all from (people, detail) of each part: what every part says."""
    if len(parts) == 1:
        return dict(parts[0][1])
    found: dict[str, Any] = {}
    if all("shares" in detail for _, detail in parts):
        options = {option for _, detail in parts for option in detail["shares"]}
        found["shares"] = {
            option: add_shares([(n, detail["shares"].get(option, 0)) for n, detail in parts])
            for option in sorted(options)
        }
    if all(detail.get("recommend") for _, detail in parts):
        found["recommend"] = _add_scores([(n, detail["recommend"]) for n, detail in parts])
    ends = {detail.get("end", "") for _, detail in parts}
    return found | ({"end": ends.pop()} if len(ends) == 1 and "" not in ends else {})


def _add_scores(parts: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[str, int | None]:
    """Add recommend scores up; the margin is that of a sum of independent scores.

    Without the margin of a part the sum has none either; without its score there is no sum.
    """
    n_all = sum(n for n, _ in parts)
    if any(said["score"] is None for _, said in parts):
        return {"score": None, "low": None, "high": None}
    score = sum(n * said["score"] for n, said in parts) / n_all
    if any(said[name] is None for _, said in parts for name in ("low", "high")):
        return {"score": round(score), "low": None, "high": None}
    half = sqrt(sum((n * (said["high"] - said["low"]) / 2) ** 2 for n, said in parts)) / n_all
    return {
        "score": round(score),
        "low": round(max(score - half, -100)),
        "high": round(min(score + half, 100)),
    }
