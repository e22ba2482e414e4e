"""The organisation's tree as pages need it."""

from pytest_django import DjangoAssertNumQueries

from survey.dashboards.trees import read_tree
from tests.cast import Organisation


class TestTeamTree:
    def test_leads_from_the_root_to_a_team(
        self, organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            tree = read_tree()

        bakery = organisation.bakery.pk
        assert tree.path(bakery) == [organisation.company.pk, organisation.food.pk, bakery]
        assert tree.named_path(bakery) == ["The Company", "Food", "Bakery"]

    def test_tells_the_branches_of_a_part_apart(self, organisation: Organisation) -> None:
        branches = read_tree().branches(organisation.company.pk)

        assert branches[organisation.bakery.pk] == organisation.food.pk
        assert branches[organisation.garden.pk] == organisation.goods.pk
        assert organisation.company.pk not in branches
        assert read_tree().branches(organisation.bakery.pk).get(organisation.garden.pk) is None
