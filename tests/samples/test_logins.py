"""Accounts of the demo."""

from datetime import UTC, datetime

import pytest

from survey.accounts.models import TEAM_ROLES, Role, User
from survey.accounts.selectors import last_look
from survey.accounts.services import AccountError
from survey.samples.logins import create_logins, demo_logins
from survey.samples.organisation import DOMAIN
from tests.factories.organization import TeamFactory

LOOKED_AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def teams(db: None) -> None:
    for code in sorted({login.team_code for login in demo_logins() if login.team_code}):
        TeamFactory(code=code)


class TestDemoLogins:
    def test_hold_every_role(self) -> None:
        assert {login.grant for login in demo_logins()} == set(Role.values)

    def test_have_a_team_exactly_where_the_role_needs_one(self) -> None:
        for login in demo_logins():
            assert (login.team_code is not None) == (login.grant in TEAM_ROLES)

    def test_have_addresses_that_exist_nowhere(self) -> None:
        addresses = [login.email for login in demo_logins()]

        assert len(set(addresses)) == len(addresses)
        assert DOMAIN.endswith(".example")
        assert all(address.endswith(f"@{DOMAIN}") for address in addresses)


@pytest.mark.usefixtures("teams")
class TestCreateLogins:
    def test_let_everybody_in_as_promised(self) -> None:
        create_logins(looked_at=LOOKED_AT)

        for login in demo_logins():
            user = User.objects.get(email=login.email)
            grant = user.grants.get()
            assert user.check_password(login.password)
            assert grant.role == login.grant
            assert last_look(user=user) == LOOKED_AT
            assert (grant.team and grant.team.code) == login.team_code

    def test_make_nobody_twice(self) -> None:
        create_logins(looked_at=LOOKED_AT)

        with pytest.raises(AccountError, match="already exists"):
            create_logins(looked_at=LOOKED_AT)
