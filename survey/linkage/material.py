"""What one study was computed from, read again, so that anybody can compute it anew."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from survey.linkage.alignment import align
from survey.linkage.history import CX, EX, gather
from survey.linkage.models import Study
from survey.linkage.parts import Part, cut_part
from survey.linkage.tables import lay_out
from survey.linkage.units import read_units
from survey.linkage.wordings import look_back_alike

NUMBER = " n"  # after a column's name: how many people are behind it


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """The figures of the period, all scales, and those of two scales over the periods up to it.

    `units` has a row per unit: code, name, branch, a column per channel with its share of the
    customers, then each scale under EX or CX and its number of people. `history` has a row per
    unit (known by its teams, numbered from 0) and period with both scales.
    """

    units: pd.DataFrame
    history: pd.DataFrame


def read_material(
    *, study: Study, ex_scale: str, cx_scale: str, opens: Callable[[Iterable[int]], bool]
) -> Material:
    """Read the figures behind a study and one of its pairs, as far as they may be seen."""
    periods = [one for one in align(study.pairing) if one.period_start <= study.period_start]
    (now,) = read_units(periods[-1:])
    past = read_units(periods, scales=[ex_scale, cx_scale])
    by_start = {one.period_start: units for one, units in zip(periods, past, strict=True)}
    history = gather(by_start, {start: lay_out(units) for start, units in by_start.items()})
    is_whole = study.scope_id == study.pairing.ex.scope_id
    groups = frozenset(now.groups.index) if is_whole else now.scopes[study.scope_id]
    part = cut_part(
        now,
        lay_out(now),
        look_back_alike(history, periods, study.period_start),
        team_id=study.scope_id,
        group_ids=groups,
    )
    return Material(_list_units(part, opens), _list_history(part, ex_scale, cx_scale, opens))


def _list_units(part: Part, opens: Callable[[Iterable[int]], bool]) -> pd.DataFrame:
    table = part.table
    about = part.groups.loc[table.index, ["code", "name"]].assign(
        branch=part.branches.loc[table.index]
    )
    listed = pd.concat(
        [
            about,
            table.shares,
            table.ex.add_prefix(EX),
            table.ex_n.add_prefix(EX).add_suffix(NUMBER),
            table.cx.add_prefix(CX),
            table.cx_n.add_prefix(CX).add_suffix(NUMBER),
        ],
        axis=1,
    )
    return listed[[opens(teams) for teams in part.groups.loc[table.index, "team_ids"]]]


def _list_history(
    part: Part, ex_scale: str, cx_scale: str, opens: Callable[[Iterable[int]], bool]
) -> pd.DataFrame:
    rows = part.history.rows
    listed = pd.DataFrame(
        {
            "unit": pd.factorize(rows["unit"])[0],
            "period": [start.isoformat() for start in rows["period"]],
            EX + ex_scale: part.history.ex[ex_scale],
            CX + cx_scale: part.history.cx[cx_scale],
        }
    )
    return listed[[opens(teams) for teams in rows["team_ids"]]]
