"""Reading the organisation."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.organization.selectors import list_team_tree
from tests.cast import Organisation
from tests.factories.organization import MembershipFactory, TeamFactory

TODAY = date(2026, 3, 2)


@pytest.mark.django_db
class TestListTeamTree:
    def test_counts_each_team_and_everything_below(self, organisation: Organisation) -> None:
        MembershipFactory(team=organisation.food)
        MembershipFactory(team=organisation.bakery, active_to=TODAY)

        rows = [
            (row.name, len(row.path), row.n_own, row.n_all) for row in list_team_tree(today=TODAY)
        ]

        assert rows == [
            ("The Company", 1, 0, 19),
            ("Food", 2, 1, 13),
            ("Bakery", 3, 6, 6),
            ("Kitchen", 3, 6, 6),
            ("Goods", 2, 0, 6),
            ("Garden", 3, 6, 6),
        ]

    def test_leaves_out_closed_teams(self, organisation: Organisation) -> None:
        TeamFactory(name="Old", closed_date=TODAY)

        assert "Old" not in [row.name for row in list_team_tree(today=TODAY)]

    def test_asks_two_questions_however_many_teams(
        self, organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        TeamFactory.create_batch(5, parent=organisation.food)
        with django_assert_num_queries(2):
            list_team_tree(today=TODAY)
