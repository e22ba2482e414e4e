"""What a process keeps in mind between pages, forgotten between tests."""

import pytest
from django.core.cache import cache

from survey.answering.pacing import forget_counts
from survey.campaigns.known_waves import forget_waves
from survey.organization.brands import KEPT_AS, Appearance


@pytest.fixture(autouse=True)
def nothing_in_mind() -> None:
    """Let no test see, or pay for reading, what another has left."""
    cache.set(KEPT_AS, Appearance(""), None)
    forget_waves()
    forget_counts()
