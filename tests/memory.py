"""What a process keeps in mind between pages, forgotten between tests."""

import pickle
from collections.abc import Iterator
from unittest import mock

import pytest
from django.core.cache import cache

from survey.answering.pacing import forget_counts
from survey.campaigns.known_waves import forget_waves
from survey.organization.brands import KEPT_AS, Appearance
from survey.questionnaires.bank import Bank, read_bank


@pytest.fixture(scope="session", autouse=True)
def bank_read_once() -> Iterator[None]:
    """Read the shipped bank's files once per process; a thousand tests store what they say."""
    kept = pickle.dumps(read_bank())

    def read_copy() -> Bank:
        """Give each caller a bank of its own, to be spoilt as it likes."""
        copy: Bank = pickle.loads(kept)  # noqa: S301 - from three lines above
        return copy

    with mock.patch("survey.questionnaires.services.loading.read_bank", read_copy):
        yield


@pytest.fixture(autouse=True)
def nothing_in_mind() -> Iterator[None]:
    """Let no test see, or pay for reading, what another has left."""
    cache.set(KEPT_AS, Appearance(""), None)
    forget_waves()
    forget_counts()
    contents = mock.patch.dict("survey.questionnaires.selectors._published")
    pairs = mock.patch.dict("survey.linkage.printed._kept", clear=True)
    with contents, pairs:
        yield
