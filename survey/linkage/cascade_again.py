"""What one cascade was computed from, read again, so that anybody can compute it anew."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.campaigns.models import GroupKind
from survey.linkage.cascade_material import (
    OWN,
    CascadeMaterial,
    choose_scales,
    read_cascade,
)
from survey.linkage.cascade_releases import list_releases
from survey.linkage.models import CascadeStudy
from survey.organization.models import Team

EDGE_COLUMNS = ["wave", "provider", "consumer", "chain", "rating"]
UNIT_COLUMNS = ["unit", "wave", "ex", "cx"]

Opens = Callable[[Iterable[int]], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """The figures behind the chains of a cascade.

    `edges` has a row per arrow and period with the codes of both teams and its rating; `units` a
    row per team, or small teams together, and period with its figures of staff and customers.
    Unless it `is_current`, figures have come since the cascade was computed; unless it
    `is_complete`, rows that it was computed from are held back from who asks.
    """

    edges: pd.DataFrame
    units: pd.DataFrame
    is_current: bool
    is_complete: bool = True


def read_again(*, study: CascadeStudy, opens: Opens) -> Again:
    """Read the figures behind a cascade, as far as they may be seen; none if they are gone."""
    releases = list_releases(study.pairing).until(study.period_start)
    scales = choose_scales(releases) if releases.periods else None
    is_current = releases.checksum() == study.release_checksum
    if scales is None:
        nothing = pd.DataFrame(columns=EDGE_COLUMNS), pd.DataFrame(columns=UNIT_COLUMNS)
        return Again(*nothing, is_current)
    material = read_cascade(releases, scales)
    is_whole = study.scope_id == study.pairing.ex.scope_id
    inside = None if is_whole else material.below.get(study.scope_id, frozenset())
    codes = dict(Team.objects.values_list("pk", "code"))

    def read(opens: Opens) -> tuple[pd.DataFrame, pd.DataFrame]:
        return _list_edges(material, inside, opens), _list_units(material, inside, opens, codes)

    edges, units = read(opens)
    every_edge, every_unit = read(lambda _teams: True)
    is_complete = len(edges) == len(every_edge) and len(units) == len(every_unit)
    return Again(edges, units, is_current, is_complete)


def _list_edges(
    material: CascadeMaterial, inside: frozenset[int] | None, opens: Opens
) -> pd.DataFrame:
    """List the arrows that have a figure of their own and end inside a part."""
    arrows = material.arrows
    is_own = (arrows["kind"] == GroupKind.EDGE) & arrows["mean"].notna()
    is_inside = inside is None or arrows["consumer_id"].isin(list(inside))
    kept = arrows[is_own & is_inside]
    ends = zip(kept["provider_id"], kept["consumer_id"], strict=True)
    is_open = [opens([provider]) or opens([consumer]) for provider, consumer in ends]
    kept = kept[np.array(is_open, dtype=bool)]
    listed = kept.rename(columns={"period": "wave", "mean": "rating"})
    return listed[EDGE_COLUMNS].reset_index(drop=True)


def _list_units(
    material: CascadeMaterial,
    inside: frozenset[int] | None,
    opens: Opens,
    codes: dict[int, str],
) -> pd.DataFrame:
    """Put both figures of each unit side by side, period by period."""
    sides = []
    for name, figures in (("ex", material.ex), ("cx", material.cx)):
        is_open = [
            (inside is None or inside.issuperset(ids)) and opens(ids) for ids in figures["team_ids"]
        ]
        kept = figures[np.array(is_open, dtype=bool)]
        unit = [
            " ".join(codes.get(one, str(one)) for one in ids) + ("" if kind in OWN else f" {kind}")
            for kind, ids in zip(kept["kind"], kept["team_ids"], strict=True)
        ]
        places = pd.MultiIndex.from_arrays([unit, kept["period"]], names=["unit", "wave"])
        sides.append(pd.Series(kept["mean"].to_numpy(dtype=float), places, name=name))
    return pd.concat(sides, axis=1).reset_index()
