"""One cascade computed: chains, arrows and teams as plain data, ready to be stored."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from survey.campaigns.models import GroupKind
from survey.linkage.cascade_material import ENDS, OWN, CascadeMaterial
from survey.linkage.printed import Margin
from survey.questionnaires.content import ScaleContent
from survey.statistics import cascade

SEED = 1
LINKS = ("staff_to_service", "service_to_staff", "staff_to_customers")
SAME_WAVE = (
    "No survey of staff has followed yet, so how the served feel is of the same time as their "
    "rating."
)
ALL = ""  # the chain of all arrows
ABOUT_ARROW = (*ENDS.values(), "chain")

Row = dict[str, Any]
Inside = frozenset[int] | None  # the teams of a part; None: all
Sides = tuple[pd.Series, pd.Series]  # ex and cx, by unit and period


@dataclass(frozen=True, slots=True)
class ComputedCascade:
    """What is stored of one part in one period."""

    n_arrows: int
    n_waves: int
    scales: Row
    chains: list[Row]
    arrows: list[Row]
    teams: list[Row]


def compute_cascade(
    material: CascadeMaterial, *, inside: Inside = None, seed: int = SEED
) -> ComputedCascade:
    """Follow the service to the teams of a part; None is the whole.

    Whoever leads the part reads it, so the figures of teams outside stay out: of those only the
    ratings by teams inside are used.
    """
    arrows = material.arrows
    if inside is not None:
        arrows = arrows[arrows["consumer_id"].isin(list(inside))]
    newest = arrows[arrows["period"] == material.period]
    chains = sorted(set(newest["chain"]) - {ALL})
    sides = _as_series(material.ex, inside), _as_series(material.cx, inside)
    return ComputedCascade(
        len(newest),
        int(arrows["period"].nunique()),
        {name: _tell(getattr(material.scales, name)) for name in ("ex", "cx", "rating")},
        [_follow(arrows, one, sides, seed) for one in (ALL, *chains)],
        [_list_arrow(row) for row in newest.to_dict("records")],
        list(_list_teams(material, newest, inside)),
    )


def _tell(scale: ScaleContent) -> Row:
    return {"code": scale.code, "name": scale.name, "phrase": scale.phrase}


def _follow(arrows: pd.DataFrame, name: str, sides: Sides, seed: int) -> Row:
    """Compute one chain over all waves; a pool's figure is nobody's own and stays out."""
    kept = arrows[(arrows["kind"] == GroupKind.EDGE) & arrows["mean"].notna()]
    if name != ALL:
        kept = kept[kept["chain"] == name]
    edges = pd.DataFrame(
        {
            "provider": kept["provider_id"].map(str),
            "consumer": kept["consumer_id"].map(str),
            "rating": kept["mean"],
            "wave": kept["period"],
        }
    )
    found = cascade.chain(edges, *sides, seed=seed)
    n_arrows = len(kept[["provider_id", "consumer_id"]].drop_duplicates())
    return {
        "code": name,
        "name": name,
        "n_arrows": n_arrows,
        "n_teams": found.n_teams,
        "n_waves": int(kept["period"].nunique()),
        "product": found.product,
        "low": found.low,
        "high": found.high,
        "p_value": found.p_value,
        "verdict": _judge(found),
        "reason": found.reason or (SAME_WAVE if found.is_same_wave else ""),
        "links": list(_list_links(found)),
    }


def _as_series(figures: pd.DataFrame, inside: Inside) -> pd.Series:
    """Index the means by unit and period; those of a pool or of a node's own people by themselves.

    No arrow ends at these, but they have customers.
    """
    kept = [inside is None or inside.issuperset(ids) for ids in figures["team_ids"]]
    own = figures[np.array(kept, dtype=bool)]
    names = [
        " ".join(map(str, ids)) + ("" if kind in OWN else f" {kind}")
        for kind, ids in zip(own["kind"], own["team_ids"], strict=True)
    ]
    index = pd.MultiIndex.from_arrays([pd.Index(names, dtype=object), own["period"]])
    return pd.Series(own["mean"].to_numpy(dtype=float), index)


def _judge(found: cascade.Chain) -> str:
    if found.reason == cascade.TOO_FEW:
        return "TOO_FEW"
    return "SUPPORTED" if found.supported else "CANNOT_TELL"


def _list_links(found: cascade.Chain) -> Iterator[Row]:
    for link in found.links:
        verdict = "SUPPORTED" if link.is_supported else "CANNOT_TELL"
        yield asdict(link) | {"verdict": verdict}
    for name in LINKS[len(found.links) :]:
        nothing = cascade.Link(name, None, None, None, 0, 0)
        yield asdict(nothing) | {"verdict": "NOT_SHOWN"}


def _list_arrow(row: Mapping[Any, Any]) -> Row:
    is_shown = bool(row["mean"] == row["mean"])
    return {
        **{name: row[name] for name in ABOUT_ARROW},
        **{name: _known(row[name]) for name in ("mean", "low", "high", "se")},
        "n": int(row["n"]) if is_shown else None,
        "is_pooled": row["kind"] == GroupKind.POOL,
        "is_shown": is_shown,
    }


def _list_teams(material: CascadeMaterial, arrows: pd.DataFrame, inside: Inside) -> Iterator[Row]:
    """Yield every team at an end of an arrow, by code."""
    ends = {
        row[f"{end}_id"]: (row[end], row[f"{end}_name"])
        for row in arrows.to_dict("records")
        for end in ("provider", "consumer")
    }
    served_by, serves = (arrows[end].value_counts() for end in ("consumer_id", "provider_id"))
    for team_id, (code, name) in sorted(ends.items(), key=lambda one: one[1]):
        is_inside = inside is None or team_id in inside
        yield {
            "team_id": team_id,
            "code": code,
            "name": name,
            **_figure("ex", material.ex_own.get(team_id) if is_inside else None),
            **_figure("cx", material.cx_own.get(team_id) if is_inside else None),
            **_figure("rating", material.rated.get(team_id) if is_inside else None),
            "n_served_by": int(served_by.get(team_id, 0)),
            "n_serves": int(serves.get(team_id, 0)),
        }


def _figure(name: str, margin: Margin | None) -> Row:
    known = (margin.mean, margin.low, margin.high) if margin else (None, None, None)
    return dict(zip((name, f"{name}_low", f"{name}_high"), known, strict=True))


def _known(number: float | None) -> float | None:
    return None if number is None or number != number else float(number)
