"""What the database refuses to keep of accounts and roles."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from survey.accounts.models import AccessEntry, Grant, Role, User
from survey.organization.models import Team
from tests.cast import Organisation
from tests.constraints import Write, assert_refused, constraints_of, twice
from tests.factories.accounts import UserFactory


def grants(user: User, team: Team) -> dict[str, Write]:
    def grant(role: str, over: Team | None = None) -> Write:
        return lambda: Grant.objects.create(user=user, role=role, team=over)

    return {
        "access_action_is_known": lambda: AccessEntry.objects.create(
            at=datetime(2026, 3, 2, tzinfo=UTC), user_name="x", action="EATEN", route="x", status=0
        ),
        "grant_role_is_known": grant("KING"),
        "grant_has_a_team_exactly_for_team_roles": grant(Role.LEADER),
        "grant_over_a_team_given_once": twice(grant(Role.LEADER, team)),
        "grant_over_all_given_once": twice(grant(Role.HR)),
    }


class TestGrant:
    @pytest.mark.parametrize("name", sorted(constraints_of("accounts")))
    def test_is_refused_where_it_breaks_a_rule(self, organisation: Organisation, name: str) -> None:
        assert_refused(name, grants(UserFactory(), organisation.bakery)[name])

    def test_over_everything_names_no_team(self, organisation: Organisation) -> None:
        with pytest.raises(IntegrityError, match="grant_has_a_team_exactly_for_team_roles"):
            Grant.objects.create(user=UserFactory(), role=Role.HR, team=organisation.bakery)

    def test_may_be_held_over_two_teams(self, organisation: Organisation) -> None:
        user = UserFactory()
        for team in (organisation.bakery, organisation.garden):
            Grant.objects.create(user=user, role=Role.LEADER, team=team)

        assert user.grants.count() == 2


@pytest.mark.django_db
class TestCreateUser:
    def test_knows_an_address_however_it_is_written(self) -> None:
        User.objects.create_user(email="Ana@Example.ORG", name="Ana")

        with pytest.raises(ValidationError, match="already exists"):
            User.objects.create_user(email="ana@example.org", name="Ana")

    def test_lets_nobody_in_without_a_password(self) -> None:
        user = User.objects.create_user(email="ana@example.org", name="Ana")

        assert not user.has_usable_password()
        assert not user.check_password("")

    def test_keeps_no_password_in_the_clear(self) -> None:
        user = User.objects.create_user(
            email="ana@example.org", name="Ana", password="rye and wheat"
        )

        assert "rye" not in user.password
        assert user.check_password("rye and wheat")

    def test_refuses_what_is_no_address(self) -> None:
        with pytest.raises(ValidationError, match="valid email"):
            User.objects.create_user(email="ana", name="Ana")


@pytest.mark.django_db
class TestGetByNaturalKey:
    def test_knows_an_address_however_its_letters_were_typed(self, alice: User) -> None:
        assert User.objects.get_by_natural_key(" Alice@Example.ORG ") == alice

    def test_knows_nobody_by_no_address(self) -> None:
        with pytest.raises(User.DoesNotExist):
            User.objects.get_by_natural_key(None)
