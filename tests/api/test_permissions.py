"""Which roles open which door."""

from typing import Any

import pytest
from django.test import RequestFactory
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from survey.accounts.models import TEAM_ROLES, Role, User
from survey.api.permissions import MaySendInteractions, SeesEverything
from tests.cast import Organisation, make_user


def opens(door: type[BasePermission], user: Any) -> bool:
    request = Request(RequestFactory().get("/"))
    request.user = user
    return door().has_permission(request, APIView())


def roles_that_open(door: type[BasePermission], organisation: Organisation) -> set[str]:
    users = {
        role: make_user(role.lower(), role, organisation.company if role in TEAM_ROLES else None)
        for role in Role
    }
    return {role for role, user in users.items() if opens(door, user)}


class TestMaySendInteractions:
    def test_is_open_to_the_people_team_and_customer_experience(
        self, organisation: Organisation
    ) -> None:
        assert roles_that_open(MaySendInteractions, organisation) == {"HR", "CX_MANAGER"}


class TestSeesEverything:
    def test_is_closed_to_those_who_see_a_part_or_no_figures(
        self, organisation: Organisation
    ) -> None:
        found = roles_that_open(SeesEverything, organisation)

        assert found == {"HR", "CX_MANAGER", "ANALYST"}


@pytest.mark.parametrize("door", [MaySendInteractions, SeesEverything])
class TestEveryDoor:
    def test_is_closed_to_an_account_without_a_role(
        self, db: None, door: type[BasePermission]
    ) -> None:
        user = User.objects.create_user(email="dana@example.org", name="Dana")

        assert not opens(door, user)

    def test_is_closed_once_the_account_is(self, alice: User, door: type[BasePermission]) -> None:
        assert opens(door, alice)
        alice.is_active = False

        assert not opens(door, alice)

    def test_says_what_is_missing(self, door: type[BasePermission]) -> None:
        assert "token's user" in door.message
