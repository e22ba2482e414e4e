"""Questions are counted without those of the access log, and one too many is told."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from survey.accounts.models import AccessEntry, User
from tests.counting import Counting, OwnQueries


class TestCounting:
    def test_leaves_out_the_roles_and_the_line_of_the_log_and_nothing_else(
        self, client: Client, alice: User
    ) -> None:
        client.force_login(alice)

        with CaptureQueriesContext(connection) as everything, OwnQueries(connection) as own:
            client.get("/dashboards/sheet/")

        assert AccessEntry.objects.count() == 1
        assert len(everything) == len(own) + 2
        left_out = [one["sql"] for one in everything if one not in list(own)]
        assert left_out[-1].startswith('INSERT INTO "accounts_accessentry"')

    @pytest.mark.parametrize("n", [0, 2])
    def test_tells_a_wrong_number(
        self, db: None, django_assert_num_queries: Counting, n: int
    ) -> None:
        told = f"1 questions instead of {n}"

        with pytest.raises(pytest.fail.Exception, match=told), django_assert_num_queries(n):
            User.objects.count()

    def test_lets_fewer_pass_where_only_the_most_is_told(
        self, db: None, django_assert_max_num_queries: Counting
    ) -> None:
        with django_assert_max_num_queries(3):
            User.objects.count()
