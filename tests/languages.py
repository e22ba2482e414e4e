"""Lets the interface speak all its languages in the suite."""

import pytest

from config.catalogues import compile_catalogues


@pytest.fixture(scope="session", autouse=True)
def compiled_catalogues() -> None:
    """Compile the catalogues where they have changed."""
    compile_catalogues()
