"""Who asks whom."""

import pytest
from django.contrib.auth.models import AnonymousUser

from survey.accounts.models import TEAM_ROLES, Role, User
from survey.questionnaires.askers import audiences_asked_by
from survey.questionnaires.models import Audience
from tests.cast import make_user

OTHERS = [role for role in Role if role not in (Role.HR, Role.CX_MANAGER, *TEAM_ROLES)]


class TestAudiencesAskedBy:
    def test_lets_the_people_team_ask_everybody(self, alice: User) -> None:
        assert audiences_asked_by(user=alice) == tuple(Audience)

    def test_lets_customer_experience_ask_customers(self, db: None) -> None:
        carmen = make_user("carmen", Role.CX_MANAGER)

        assert audiences_asked_by(user=carmen) == (Audience.CUSTOMER,)

    def test_lets_no_leader_ask(self, charlie: User) -> None:
        assert audiences_asked_by(user=charlie) == ()

    @pytest.mark.parametrize("role", OTHERS)
    def test_lets_nobody_else_ask(self, db: None, role: Role) -> None:
        assert audiences_asked_by(user=make_user("dana", role)) == ()

    def test_lets_neither_strangers_ask_nor_closed_accounts(self, alice: User) -> None:
        alice.is_active = False

        assert audiences_asked_by(user=AnonymousUser()) == audiences_asked_by(user=alice) == ()
