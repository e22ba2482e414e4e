"""Teams over waves whose order is known."""

import numpy as np
import pandas as pd

NAMES = {"team": "team", "wave": "wave", "x": "x", "y": "y"}
ALONE = [[0.4, 0.0], [0.0, 0.4]]
STAFF_FIRST = [[0.4, 0.0], [0.2, 0.4]]


def panel(
    rng: np.random.Generator, n_teams: int, n_waves: int, phi: list[list[float]]
) -> pd.DataFrame:
    """Simulate teams with levels of their own, errors correlated .3, and 30 waves to settle."""
    level = rng.normal(size=(n_teams, 2))
    z = np.zeros((n_teams, 2))
    waves = []
    for _ in range(30 + n_waves):
        error = rng.normal(size=(n_teams, 2))
        error[:, 1] = 0.3 * error[:, 0] + np.sqrt(0.91) * error[:, 1]
        z = level + z @ np.array(phi).T + error
        waves.append(z)
    values = np.stack(waves[30:], axis=1)
    return pd.DataFrame(
        {
            "team": np.repeat(range(n_teams), n_waves),
            "wave": np.tile(range(n_waves), n_teams),
            "x": values[:, :, 0].ravel(),
            "y": values[:, :, 1].ravel(),
        }
    )


def wide(rng: np.random.Generator, n_teams: int, n_waves: int) -> pd.DataFrame:
    """Simulate two staff scores, x and v, and two customer scores, y and w."""
    others = panel(rng, n_teams, n_waves, ALONE).rename(columns={"x": "v", "y": "w"})
    return panel(rng, n_teams, n_waves, STAFF_FIRST).assign(v=others.v, w=others.w)
