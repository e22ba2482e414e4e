from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "data"


@pytest.fixture(scope="session")
def reference() -> Callable[[str], pd.DataFrame]:
    """Read a published data set of the shared folder; skip where the folder is not there."""

    def read(name: str) -> pd.DataFrame:
        if not REFERENCE.is_dir():
            pytest.skip(f"the reference data are not here: {REFERENCE}")
        return pd.read_csv(REFERENCE / f"{name}.csv")

    return read


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20260701)
