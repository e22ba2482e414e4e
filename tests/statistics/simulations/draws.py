"""Teams drawn from known truths, and how many times: short in the suite, long under `make soak`."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import pytest

from survey.statistics.inputs import FloatArray

WAVES_TO_SETTLE = 30
NAMES = {"team": "team", "wave": "wave", "x": "x", "y": "y"}


def repeated(short: int, long: int) -> pytest.MarkDecorator:
    """Run a test with few repetitions, and under `make soak` with many."""
    return pytest.mark.parametrize(
        "count",
        [pytest.param(short, id="short"), pytest.param(long, id="long", marks=pytest.mark.soak)],
    )


def pairs(rng: np.random.Generator, *, count: int, n_teams: int, rho: float) -> FloatArray:
    """Draw two normal scores of each team that go together by rho, (count, 2, n_teams)."""
    drawn = rng.normal(size=(count, 2, n_teams))
    drawn[:, 1] = rho * drawn[:, 0] + np.sqrt(1 - rho**2) * drawn[:, 1]
    return drawn


def panels(
    rng: np.random.Generator,
    *,
    count: int,
    n_teams: int,
    n_waves: int,
    phi: Sequence[Sequence[float]],
) -> Iterator[pd.DataFrame]:
    """Yield panels of teams with levels of their own and errors correlated .3."""
    level = rng.normal(size=(count, n_teams, 2))
    z = np.zeros_like(level)
    waves = []
    for _ in range(WAVES_TO_SETTLE + n_waves):
        error = rng.normal(size=level.shape)
        error[..., 1] = 0.3 * error[..., 0] + np.sqrt(0.91) * error[..., 1]
        z = level + z @ np.array(phi).T + error
        waves.append(z)
    for values in np.stack(waves[WAVES_TO_SETTLE:], axis=2):
        yield pd.DataFrame(
            {
                "team": np.repeat(range(n_teams), n_waves),
                "wave": np.tile(range(n_waves), n_teams),
                "x": values[..., 0].ravel(),
                "y": values[..., 1].ravel(),
            }
        )
