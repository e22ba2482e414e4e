"""Which of two team figures comes first, over waves: staff before customers, or the reverse."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.statistics.inputs import SMALLEST, FloatArray, IntArray, table

FEWEST_TEAMS, FEWEST_WAVES = 20, 6
EARLY_BELOW = 12
FEWEST_TEAMS_FOR_PROFILE, FEWEST_PAIRS_OF_WAVES = 8, 3
LARGEST_RADIUS = 0.98
SINGULAR = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class PanelVar:
    """How x and y of a wave go with x and y one wave before, inside teams.

    `phi` is (2, 2) in standard deviations inside teams: phi[1, 0] is x before y, phi[0, 1] y
    before x; `low` and `high` bound each entry, `naive` is phi without the correction. `asymmetry`
    is phi[1, 0] - phi[0, 1]. `is_early` marks fewer than twelve waves. Teams that miss a wave are
    left out and counted.
    """

    phi: FloatArray | None
    low: FloatArray | None
    high: FloatArray | None
    naive: FloatArray | None
    asymmetry: float | None
    asymmetry_low: float | None
    asymmetry_high: float | None
    n_teams: int
    n_waves: int
    n_left_out: int
    is_early: bool
    reason: str = ""


class _Sums(NamedTuple):
    """Products of deviations of a wave (after) and the one before it, (..., 2, 2), over n steps."""

    before: FloatArray
    across: FloatArray
    after: FloatArray
    n_steps: int


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
    the column. Needs 20 teams and 6 waves. Raises ValueError for a team and wave given twice.
    """
    panel, n_all = _panel(frame, team=team, wave=wave, x=x, y=y)
    n_teams, n_waves = panel.shape[:2]
    if n_teams < FEWEST_TEAMS or n_waves < FEWEST_WAVES:
        return _nothing(n_teams, n_waves, n_all - n_teams, "needs 20 teams and 6 waves")
    sums = _sums(panel)
    total = _Sums(sums.before.sum(0), sums.across.sum(0), sums.after.sum(0), sums.n_steps)
    if not _is_regular(total.before):
        reason = "x and y do not change independently inside teams"
        return _nothing(n_teams, n_waves, n_all - n_teams, reason)
    naive, phi = _corrected(total)
    drawn = _redrawn(sums, np.random.default_rng(seed), replicates)
    asymmetry = float(phi[1, 0] - phi[0, 1])
    half = _half_width(drawn, n_teams)
    half_of_asymmetry = float(_half_width(drawn[:, 1, 0] - drawn[:, 0, 1], n_teams))
    return PanelVar(
        phi,
        phi - half,
        phi + half,
        naive,
        asymmetry,
        asymmetry - half_of_asymmetry,
        asymmetry + half_of_asymmetry,
        n_teams,
        n_waves,
        n_all - n_teams,
        n_waves < EARLY_BELOW,
    )


def profile(
    frame: pd.DataFrame,
    *,
    team: str,
    wave: str,
    x: str,
    y: str,
    max_lag: int,
    replicates: int = 2000,
    seed: int = 1,
) -> pd.DataFrame:
    """Correlate x with y some waves later, inside teams, for every lag from 0 to max_lag.

    Columns: lag, r, low, high, n_teams. low and high hold for all lags together (95 %): their
    width comes from pairing each team's x with another team's y. Descriptive: it cannot say which
    comes first. Lags with fewer than three pairs of waves are left out; without eight teams that
    change it is empty and `attrs["reason"]` says why.
    """
    panel, _ = _panel(frame, team=team, wave=wave, x=x, y=y)
    n_teams, n_waves = panel.shape[:2]
    inside = panel - panel.mean(axis=1, keepdims=True) if panel.size else panel
    lags = range(min(max_lag, n_waves - FEWEST_PAIRS_OF_WAVES) + 1)
    scales = [_scale(inside, lag) for lag in lags]
    if n_teams < FEWEST_TEAMS_FOR_PROFILE or not scales or min(scales) <= SINGULAR:
        found = pd.DataFrame(columns=["lag", "r", "low", "high", "n_teams"], dtype=float)
        found.attrs["reason"] = "needs eight teams and three waves, with x and y that change"
        return found
    orders = _orders(n_teams, replicates, np.random.default_rng(seed))
    z = np.column_stack(
        [_paired(inside, lag, orders) / scale for lag, scale in zip(lags, scales, strict=True)]
    )
    z = np.arctanh(np.clip(z, -1 + SINGULAR, 1 - SINGULAR))
    se = np.maximum(z[1:].std(axis=0, ddof=1), SINGULAR)
    half = np.quantile(np.abs(z[1:] / se).max(axis=1), 0.95) * se
    columns = {"lag": list(lags), "r": np.tanh(z[0])}
    columns |= {"low": np.tanh(z[0] - half), "high": np.tanh(z[0] + half)}
    return pd.DataFrame({**columns, "n_teams": n_teams})


def _orders(n_teams: int, replicates: int, rng: np.random.Generator) -> IntArray:
    """Return the teams in their own order, then in one by chance per replicate, a row each."""
    orders = rng.permuted(np.tile(np.arange(n_teams), (replicates + 1, 1)), axis=1)
    orders[0] = np.arange(n_teams)
    return orders


def _panel(frame: pd.DataFrame, *, team: str, wave: str, x: str, y: str) -> tuple[FloatArray, int]:
    """Return x and y of the teams with every wave, (teams, waves, 2), and the number of all teams.

    The mean of a wave is taken out, so that a shock common to all teams links nothing; both are in
    standard deviations inside teams.
    """
    keys = pd.DataFrame({"team": frame[team].to_list(), "wave": frame[wave].to_list()})
    values = table(frame[[x, y]])
    kept = ~np.isnan(values).any(axis=1) & keys.notna().all(axis=1).to_numpy()
    keys, values = keys[kept], values[kept]
    if keys.duplicated().any():
        raise ValueError("a team and wave is given twice")
    teams, _ = pd.factorize(keys.team)
    waves, order = pd.factorize(keys.wave, sort=True)
    n_all = len(np.unique(teams))
    panel = np.full((n_all, len(order), 2), np.nan)
    panel[teams, waves] = values
    panel = panel[~np.isnan(panel).any(axis=(1, 2))]
    return _standardised(panel) if panel.size else panel, n_all


def _standardised(panel: FloatArray) -> FloatArray:
    panel = panel - panel.mean(axis=0)
    panel = panel / np.maximum(np.abs(panel).max(axis=(0, 1)), SMALLEST)
    inside = np.sqrt(((panel - panel.mean(axis=1, keepdims=True)) ** 2).mean(axis=(0, 1)))
    return panel / np.where(inside > SINGULAR, inside, 1.0)


def _scale(inside: FloatArray, lag: int) -> float:
    before, after = inside[:, : inside.shape[1] - lag, 0], inside[:, lag:, 1]
    return float(np.sqrt((before**2).sum() * (after**2).sum()))


def _paired(inside: FloatArray, lag: int, orders: IntArray) -> FloatArray:
    """Sum the products of each team's x with the later y of the team that the order names."""
    products = inside[:, : inside.shape[1] - lag, 0] @ inside[:, lag:, 1].T
    found: FloatArray = products[np.arange(len(products)), orders].sum(axis=1)
    return found


def _sums(panel: FloatArray) -> _Sums:
    """Return each team's products, (teams, 2, 2), of deviations from its own means."""
    before, after = panel[:, :-1], panel[:, 1:]
    before = before - before.mean(axis=1, keepdims=True)
    after = after - after.mean(axis=1, keepdims=True)
    pairs = ((before, before), (after, before), (after, after))
    one, two, three = (np.einsum("jta,jtb->jab", a, b) for a, b in pairs)
    return _Sums(one, two, three, before.shape[1])


def _redrawn(sums: _Sums, rng: np.random.Generator, replicates: int) -> FloatArray:
    """Return phi of teams drawn again, (about replicates, 2, 2)."""
    n_teams = len(sums.before)
    counts = rng.multinomial(n_teams, np.full(n_teams, 1 / n_teams), size=replicates) * 1.0
    before, across, after = (
        (counts @ one.reshape(n_teams, 4)).reshape(-1, 2, 2)
        for one in (sums.before, sums.across, sums.after)
    )
    regular = _is_regular(before)
    return _corrected(_Sums(before[regular], across[regular], after[regular], sums.n_steps))[1]


def _half_width(drawn: FloatArray, n_teams: int) -> FloatArray:
    """Return half a 95 % interval from redrawn values; t and J / (J - 1) allow for few teams."""
    from scipy.stats import t

    wider = float(t.ppf(0.975, n_teams - 1)) * np.sqrt(n_teams / (n_teams - 1))
    half: FloatArray = wider * drawn.std(axis=0, ddof=1)
    return half


def _is_regular(products: FloatArray) -> NDArray[np.bool_]:
    size = np.trace(products, axis1=-2, axis2=-1)
    regular: NDArray[np.bool_] = np.linalg.det(products) > SINGULAR * size**2
    return regular


def _corrected(sums: _Sums) -> tuple[FloatArray, FloatArray]:
    """Return phi by least squares and freed from its bias, each (..., 2, 2).

    The bias is -(1 / steps) omega [sum over j of (steps - 1 - j) phi'^j] teams / before, with omega
    the variance of the errors; it is evaluated at the last estimate until that settles.
    """
    before, across, after, n_steps = sums
    inverse = np.linalg.inv(before)
    naive = across @ inverse
    phi = _stationary(naive)
    for _ in range(50):
        turned = phi.swapaxes(-1, -2)
        left = after - phi @ across.swapaxes(-1, -2) - across @ turned + phi @ before @ turned
        bias = left @ _memory(turned, n_steps - 1) @ inverse / (n_steps * (n_steps - 1))
        found = _stationary(naive + bias)
        settled = np.abs(found - phi).max() < 1e-7
        phi = found
        if settled:
            break
    return naive, phi


def _memory(m: FloatArray, n: int) -> FloatArray:
    """Return the sum of (n - j) m^j for j from 0 to n - 1, in closed form for stationary m."""
    identity = np.eye(2)
    inverse = np.linalg.inv(identity - m)
    rest = m @ inverse @ (identity - np.linalg.matrix_power(m, n))
    memory: FloatArray = inverse @ (n * identity - rest)
    return memory


def _stationary(phi: FloatArray) -> FloatArray:
    """Shrink phi so that its largest eigenvalue stays inside the unit circle."""
    half = np.trace(phi, axis1=-2, axis2=-1) / 2
    inner = half**2 - np.linalg.det(phi)
    real = np.abs(half) + np.sqrt(np.maximum(inner, 0.0))
    radius = np.where(inner >= 0, real, np.sqrt(np.maximum(half**2 - inner, 0.0)))
    shrunken: FloatArray = (
        phi * (LARGEST_RADIUS / np.maximum(radius, LARGEST_RADIUS))[..., None, None]
    )
    return shrunken


def _nothing(n_teams: int, n_waves: int, n_left_out: int, reason: str) -> PanelVar:
    return PanelVar(
        None, None, None, None, None, None, None,
        n_teams, n_waves, n_left_out, n_waves < EARLY_BELOW, reason,
    )  # fmt: skip
