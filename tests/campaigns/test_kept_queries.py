"""Tests of queries whose SQL is written once."""

from typing import Any

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.kept_queries import KeptQuery
from survey.campaigns.models import Credential, Group
from tests.answering.asking import Asked

COLUMNS = ("wave__opens_at", "wave__closed_at", "is_spent", "group__attributes", "group__name")


def credentials_of(digest: str) -> QuerySet[Credential, tuple[Any, ...]]:
    return Credential.objects.filter(digest=digest).values_list(*COLUMNS)


class TestKeptQuery:
    def test_finds_what_the_query_itself_finds(self, asked: Asked) -> None:
        Group.objects.update(attributes={"region": "north"})
        digest = asked.credential.digest

        found = KeptQuery(credentials_of).find(digest)

        assert found == credentials_of(digest).get()
        assert found is not None
        assert found[0] == asked.wave.opens_at
        assert found[2] is False
        assert found[3] == {"region": "north"}

    def test_finds_the_row_of_each_value_as_it_is_now(
        self, asked: Asked, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        query = KeptQuery(credentials_of)
        with django_assert_num_queries(2):
            assert query.find("another") is None
            assert query.find(asked.credential.digest)

        Credential.objects.update(is_spent=True)
        changed = query.find(asked.credential.digest)
        assert changed is not None
        assert changed[2] is True

    def test_puts_its_statement_together_once(self, asked: Asked) -> None:
        written = []

        def write(digest: str) -> QuerySet[Credential, tuple[Any, ...]]:
            written.append(digest)
            return credentials_of(digest)

        query = KeptQuery(write)
        for _ in range(3):
            query.find(asked.credential.digest)
        assert len(written) == 1

    @pytest.mark.django_db
    def test_takes_no_value_but_its_own(self) -> None:
        query = KeptQuery(lambda digest: credentials_of(digest).filter(group__name="Bakery"))

        with pytest.raises(ValueError, match="its own values alone"):
            query.find("x")
