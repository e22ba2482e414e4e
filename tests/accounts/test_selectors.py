"""What an account may see."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.accounts.selectors import get_scope, holds_role, scope_of_grant
from survey.organization.models import Team
from tests.cast import Organisation
from tests.factories.accounts import GrantFactory, UserFactory


@pytest.mark.django_db
class TestGetScope:
    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER, Role.ANALYST])
    def test_shows_everything_to_the_offices(self, role: Role) -> None:
        scope = get_scope(user=GrantFactory(role=role).user)

        assert scope.sees_everything

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
    def test_shows_nothing_to_those_who_look_after_the_system(self, role: Role) -> None:
        scope = get_scope(user=GrantFactory(role=role).user)

        assert scope.roles == {role}
        assert not scope.sees_everything
        assert not scope.led_team_ids

    def test_shows_a_leader_the_subtree(self, organisation: Organisation) -> None:
        leader = GrantFactory(role=Role.LEADER, team=organisation.food).user

        assert get_scope(user=leader).led_team_ids == {
            organisation.food.pk,
            organisation.bakery.pk,
            organisation.kitchen.pk,
        }

    def test_shows_a_team_lead_no_subtree(self, organisation: Organisation) -> None:
        scope = get_scope(user=GrantFactory(role=Role.TEAM_LEAD, team=organisation.food).user)

        assert scope.roles == {Role.TEAM_LEAD}
        assert not scope.led_team_ids
        assert not scope.sees_everything

    def test_joins_several_roles(self, organisation: Organisation) -> None:
        user = GrantFactory(role=Role.LEADER, team=organisation.bakery).user
        GrantFactory(user=user, role=Role.LEADER, team=organisation.garden)
        GrantFactory(user=user, role=Role.ADMIN)

        assert get_scope(user=user).led_team_ids == {organisation.bakery.pk, organisation.garden.pk}

    def test_does_not_show_bakery_to_charlie(
        self, charlie: User, organisation: Organisation
    ) -> None:
        assert get_scope(user=charlie).led_team_ids == {organisation.garden.pk}

    def test_shows_nothing_without_a_role_or_an_active_account(self) -> None:
        inactive = GrantFactory(user__is_active=False).user

        for user in (UserFactory(), inactive, AnonymousUser()):
            scope = get_scope(user=user)
            assert not scope.led_team_ids
            assert not scope.roles

    def test_opens_figures_of_teams_that_were_succeeded_by_theirs(
        self, bob: User, charlie: User, organisation: Organisation
    ) -> None:
        mill = Team.objects.create(
            code="mill", name="Mill", parent=organisation.food, succeeded_by=organisation.bakery
        )
        oven = Team.objects.create(
            code="oven", name="Oven", parent=organisation.goods, succeeded_by=mill
        )

        assert get_scope(user=bob).opens([organisation.bakery.pk, mill.pk, oven.pk])
        assert get_scope(user=bob).led_team_ids == {organisation.bakery.pk}
        assert not get_scope(user=charlie).opens([mill.pk])

    def test_opens_their_own_team_to_a_team_lead(self, organisation: Organisation) -> None:
        scope = get_scope(user=GrantFactory(role=Role.TEAM_LEAD, team=organisation.bakery).user)

        assert scope.own_team_ids == {organisation.bakery.pk}
        assert scope.opens([organisation.bakery.pk])
        assert not scope.opens([organisation.kitchen.pk])

    def test_asks_two_questions(
        self, bob: User, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(2):
            get_scope(user=bob)


@pytest.mark.django_db
class TestHoldsRole:
    def test_knows_the_roles_of_a_user(self, alice: User, bob: User) -> None:
        assert holds_role(user=alice, roles=[Role.HR, Role.CX_MANAGER])
        assert not holds_role(user=bob, roles=[Role.HR, Role.CX_MANAGER])

    def test_knows_nothing_of_strangers(self) -> None:
        assert not holds_role(user=AnonymousUser(), roles=Role.values)


@pytest.mark.django_db
class TestScopeOfGrant:
    def test_is_what_one_role_opens(self, bob: User, organisation: Organisation) -> None:
        GrantFactory(user=bob, role=Role.HR)

        scope = scope_of_grant(grant=bob.grants.get(role=Role.LEADER))

        assert not scope.sees_everything
        assert scope.led_team_ids == {organisation.bakery.pk}
