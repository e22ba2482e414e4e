"""Lets the interface speak all its languages in the suite, and look as it is shipped."""

import pytest
from django.core.cache import cache

from config.catalogues import compile_catalogues
from survey.organization.brands import KEPT_AS, Appearance


@pytest.fixture(scope="session", autouse=True)
def compiled_catalogues() -> None:
    """Compile the catalogues where they have changed."""
    compile_catalogues()


@pytest.fixture(autouse=True)
def product_looks_as_shipped() -> None:
    """Let no test see, or pay for reading, how another's organisation shows itself."""
    cache.set(KEPT_AS, Appearance(""), None)
