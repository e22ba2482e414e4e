"""Counts the questions of a page without those of the access log, which are the same for all."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

LOG = 'INSERT INTO "accounts_accessentry"'

Counting = Callable[..., AbstractContextManager[CaptureQueriesContext]]


class OwnQueries(CaptureQueriesContext):
    """The questions asked, without each line of the log and the roles read for it before."""

    @property
    def captured_queries(self) -> list[dict[str, str]]:
        asked = super().captured_queries
        lines = {place for place, one in enumerate(asked) if one["sql"].startswith(LOG)}
        left_out = lines | {place - 1 for place in lines}
        return [one for place, one in enumerate(asked) if place not in left_out]


@pytest.fixture
def django_assert_num_queries() -> Counting:
    """Take the place of pytest-django's: exactly so many questions, or at most."""
    return _count


@pytest.fixture
def django_assert_max_num_queries() -> Counting:
    """Take the place of pytest-django's: at most so many questions."""
    return lambda n: _count(n, exact=False)


@contextmanager
def _count(n: int, *, exact: bool = True) -> Iterator[CaptureQueriesContext]:
    with OwnQueries(connection) as queries:
        yield queries
    if len(queries) > n or (exact and len(queries) < n):
        asked = "\n".join(one["sql"] for one in queries.captured_queries)
        pytest.fail(f"{len(queries)} questions instead of {n}:\n{asked}")
