"""Customers of random organisations over months: cells, joined by family, all in memory.

Cells, joined cells, counts and figures are made by the product's own functions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from survey.aggregation.cells import CountedCell, join_cells, month_of
from survey.aggregation.composing import Tree
from survey.aggregation.metrics import Metric
from survey.aggregation.scores import score_items, score_metrics
from survey.campaigns.cuts import DeclaredCut
from tests.attacks.collusion import read_figures
from tests.attacks.organisations import CONTENT, ITEMS, METRICS, K, Played, draw_answers, release
from tests.attacks.unknowns import Marks, Told

CHANNEL = DeclaredCut("channel", "Channel of the contact", ("till", "phone", "web"))
FIRST = date(2026, 1, 1)
LOOK_EVERY = 5  # days between two looks at what waits
CHANNEL_SHARES = (0.5, 0.35, 0.15)


@dataclass(frozen=True, eq=False)
class Months:
    """Everybody who answered and was opened, with the cell ("cell", its "day") and channel."""

    tree: Tree
    said: pd.DataFrame


def play_months(seed: int, *, n_months: int = 3) -> Months:
    """Draw teams in a tree and let their customers answer; open a team's boxes when k wait."""
    draw = np.random.default_rng(seed)
    n_inner, n_teams = int(draw.integers(1, 4)), int(draw.integers(4, 13))
    parents: dict[str, str | None] = {"top": None}
    parents |= {f"n{at}": "top" for at in range(n_inner)}
    teams = [f"t{at}" for at in range(n_teams)]
    parents |= {team: f"n{int(draw.integers(n_inner))}" for team in teams}
    frames = [_open(team, draw, 30 * n_months) for team in teams]
    said = pd.concat(frames, ignore_index=True)
    said["cell"] = said.groupby(["at", "number"]).ngroup() + 1
    return Months(Tree(parents, frozenset(teams)), said)


def _open(team: str, draw: np.random.Generator, n_days: int) -> pd.DataFrame:
    """Return the opened boxes of one team; what is left over at the end stays shut."""
    rate = draw.uniform(0.4, 2.5)
    waiting: list[list[object]] = []
    opened: list[list[object]] = []
    number = 0
    for day in range(0, n_days, LOOK_EVERY):
        n = int(draw.poisson(rate))
        channels = draw.choice(CHANNEL.levels, n, p=CHANNEL_SHARES)
        answers = draw_answers(n, draw)
        waiting += [[str(one), *said] for one, said in zip(channels, answers, strict=True)]
        if len(waiting) >= K:
            number += 1
            opened += [[team, number, day, *row] for row in waiting]
            waiting = []
    return pd.DataFrame(opened, columns=["at", "number", "day", CHANNEL.code, *ITEMS])


def tell_months(
    played: Months, families: Mapping[str, tuple[Metric, ...]], *, cuts_of_all_opened: bool = False
) -> list[Told]:
    """Return everything that the releases of all months show.

    For a control, cuts may count all who were opened in a month, whatever figures count.
    """
    told: list[Told] = []
    for family, metrics in families.items():
        for month, inside in _list_months(played, metrics):
            shown = _release(played, {family: metrics}, inside)
            told += [one for one in shown if not (one.is_of_cut and cuts_of_all_opened)]
            if cuts_of_all_opened:
                opened = np.array([month_of(_day(day)) == month for day in played.said["day"]])
                of_all = _release(played, {family: metrics}, opened)
                told += [one for one in of_all if one.is_of_cut]
    return told


def _list_months(played: Months, metrics: Sequence[Metric]) -> Iterator[tuple[date, Marks]]:
    """Yield each month with the people whom a family counts in it."""
    said = played.said
    scores = score_metrics(score_items(said[list(ITEMS)], CONTENT), metrics)
    valid = scores.notna().all(axis=1)
    cells = [
        CountedCell(int(cell), at, int(rows["number"].iloc[0]), _day(rows["day"].iloc[0]),
                    int(valid[rows.index].sum()))
        for (cell, at), rows in said.assign(at=said["at"].astype("category").cat.codes)
        .groupby(["cell", "at"])
    ]  # fmt: skip
    for month, joined in sorted(join_cells(cells, k=K).items()):
        ids = [cell.cell_id for cell in joined]
        yield month, said["cell"].isin(ids).to_numpy()


def _release(
    played: Months, families: Mapping[str, tuple[Metric, ...]], inside: Marks
) -> list[Told]:
    part = Played(played.tree, played.said[inside].reset_index(drop=True))
    shown = release(part, families=families, cuts=(CHANNEL,))
    at = part.said["at"].tolist()
    told = [
        Told(one.metric, _spread(one.where, inside), one.figure)
        for one in read_figures(played.tree, at, shown.figures, METRICS)
    ]
    for one in shown.cuts:
        where = part.said[one.cut].isin(one.levels).to_numpy()
        told.append(Told(METRICS[one.metric], _spread(where, inside), one.figure, is_of_cut=True))
    return told


def _spread(where: Marks, inside: Marks) -> Marks:
    found = np.zeros(len(inside), dtype=bool)
    found[inside] = where
    return found


def _day(number: int) -> date:
    return FIRST + timedelta(days=int(number))
