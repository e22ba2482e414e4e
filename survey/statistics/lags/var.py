"""Which of two team figures comes first, over waves: staff before customers, or the reverse."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.statistics.inputs import SMALLEST, FloatArray
from survey.statistics.lags.correction import Sums, add_up, corrected, is_regular
from survey.statistics.lags.panel import Pair, Panel, pairs_of, read_panels
from survey.statistics.resampling import draw_counts

FEWEST_TEAMS, FEWEST_WAVES = 20, 6
EARLY_BELOW = 12
FEWEST_CHANGING = 5
SMALLEST_ERROR = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class PanelVar:
    """How x and y of a wave go with x and y one wave before, inside teams.

    `phi` is (2, 2) in standard deviations inside teams: phi[1, 0] is x before y, phi[0, 1] y
    before x; `low` and `high` bound each entry, `p_values` test each against 0 (below .05 just
    where the interval leaves 0 out), `naive` is phi without the correction. `asymmetry` is
    phi[1, 0] - phi[0, 1]. `is_early` marks fewer than twelve waves. Teams that miss a wave are
    left out and counted.
    """

    phi: FloatArray | None
    low: FloatArray | None
    high: FloatArray | None
    p_values: FloatArray | None
    naive: FloatArray | None
    asymmetry: float | None
    asymmetry_low: float | None
    asymmetry_high: float | None
    asymmetry_p: float | None
    n_teams: int
    n_waves: int
    n_left_out: int
    is_early: bool
    reason: str = ""


def panel_var(
    frame: pd.DataFrame,
    *,
    team: str,
    wave: str,
    x: str,
    y: str,
    replicates: int = 2000,
    seed: int = 1,
) -> PanelVar:
    """Fit z(t) = team + wave + phi z(t - 1) + error, z = (x, y), one row per team and wave.

    Least squares, freed from the bias of short panels in closed form (Hahn & Kuersteiner 2002,
    iterated), with standard errors from teams drawn again. Waves follow each other in the order of
    the column. Needs 20 teams and 6 waves, and change that does not hang on a few teams. Raises
    ValueError for a team and wave given twice.
    """
    found = panel_vars(
        frame, team=team, wave=wave, xs=[x], ys=[y], replicates=replicates, seed=seed
    )
    return found[x, y]


def panel_vars(
    frame: pd.DataFrame,
    *,
    team: str,
    wave: str,
    xs: Sequence[str],
    ys: Sequence[str],
    replicates: int = 2000,
    seed: int = 1,
) -> dict[Pair, PanelVar]:
    """Fit `panel_var` to every x with every y, by (x, y), with one draw of teams for all of them.

    The draw is over all teams of the frame, and a pair passes over the teams that miss one of its
    waves. So what a pair shows does not depend on which other pairs are asked for.
    """
    panels = read_panels(frame, team=team, wave=wave, xs=xs, ys=ys)
    n_all = panels[0].n_all if any(_is_long(panel) for panel in panels) else 0
    counts = draw_counts(n_all, replicates=replicates, seed=seed)
    found: dict[Pair, PanelVar] = {}
    for panel in panels:
        found |= _fitted(panel, counts) if _is_long(panel) else _too_short(panel)
    return {pair: found[pair] for pair in pairs_of(xs, ys)}


def _is_long(panel: Panel) -> bool:
    return panel.n_teams >= FEWEST_TEAMS and panel.n_waves >= FEWEST_WAVES


def _too_short(panel: Panel) -> dict[Pair, PanelVar]:
    return {pair: _nothing(panel, pair, "needs 20 teams and 6 waves") for pair in panel.left_out}


def _fitted(panel: Panel, counts: FloatArray) -> dict[Pair, PanelVar]:
    """Fit all pairs of a panel; counts is (replicates, all teams)."""
    sums = add_up(panel.figures, panel.members, counts)
    n_changing = _count_changing(panel)
    found = {}
    for x, y in panel.left_out:
        rows = [panel.column[x], panel.column[y]]
        if 0 < n_changing[rows].min() < FEWEST_CHANGING:
            found[x, y] = _nothing(panel, (x, y), "the change inside teams hangs on a few teams")
        else:
            found[x, y] = _fit(Sums(*sums[np.ix_(range(3), rows, rows)]), panel, (x, y))
    return found


def _count_changing(panel: Panel) -> FloatArray:
    """Return as how many teams, each changing as much, the changes of a column weigh, (columns,).

    The square of the sum over the sum of squares (Kish 1965): 1 where a single team changes.
    """
    change = panel.figures.var(axis=2)
    weight: FloatArray = change.sum(axis=1) ** 2 / np.maximum((change**2).sum(axis=1), SMALLEST)
    return weight


def _fit(sums: Sums, panel: Panel, pair: Pair) -> PanelVar:
    """Fit one pair from its sums: of the sample first, then of the draws."""
    regular = is_regular(sums.before)
    if not regular[0]:
        return _nothing(panel, pair, "x and y do not change independently inside teams")
    naive, phi = corrected(Sums(*np.compress(regular, sums, axis=-1)), panel.n_waves - 1)
    entries = np.vstack([phi.reshape(4, -1), phi[1, 0] - phi[0, 1]])
    estimate, drawn = entries[:, 0], entries[:, 1:]
    if drawn.shape[1] < 2:
        return _nothing(panel, pair, "too few draws of teams")
    # A draw of J teams spreads (J - 1) / J as much as J new ones would.
    error = drawn.std(axis=1, ddof=1) * np.sqrt(panel.n_teams / (panel.n_teams - 1))
    if error.min() < SMALLEST_ERROR:
        return _nothing(panel, pair, "all teams change alike, so chance cannot be judged")
    return _bounded(estimate, error, naive[:, :, 0], panel, pair)


def _bounded(
    estimate: FloatArray, error: FloatArray, naive: FloatArray, panel: Panel, pair: Pair
) -> PanelVar:
    """Bound phi and the asymmetry, (5,), by their standard errors; t allows for few teams."""
    from scipy.special import stdtr, stdtrit

    half = stdtrit(panel.n_teams - 1, 0.975) * error
    p_values = 2 * stdtr(panel.n_teams - 1, -np.abs(estimate) / error)
    four = [one[:4].reshape(2, 2) for one in (estimate, estimate - half, estimate + half, p_values)]
    last = [float(one[4]) for one in (estimate, estimate - half, estimate + half, p_values)]
    return PanelVar(
        phi=four[0],
        low=four[1],
        high=four[2],
        p_values=four[3],
        naive=naive,
        asymmetry=last[0],
        asymmetry_low=last[1],
        asymmetry_high=last[2],
        asymmetry_p=last[3],
        n_teams=panel.n_teams,
        n_waves=panel.n_waves,
        n_left_out=panel.left_out[pair],
        is_early=panel.n_waves < EARLY_BELOW,
    )


def _nothing(panel: Panel, pair: Pair, reason: str) -> PanelVar:
    return PanelVar(
        None, None, None, None, None, None, None, None, None,
        panel.n_teams, panel.n_waves, panel.left_out[pair], panel.n_waves < EARLY_BELOW, reason,
    )  # fmt: skip
