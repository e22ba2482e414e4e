"""Lets the interface speak all its languages in the suite."""

from collections.abc import Iterator

import pytest
from django.utils.translation import deactivate

from config.catalogues import compile_catalogues


@pytest.fixture(scope="session", autouse=True)
def compiled_catalogues() -> None:
    """Compile the catalogues where they have changed."""
    compile_catalogues()


@pytest.fixture(autouse=True)
def language_of_one_test() -> Iterator[None]:
    """Forget the language that a test's last request has spoken."""
    yield
    deactivate()
