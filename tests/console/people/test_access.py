"""People by name are for the people team."""

from typing import cast

import pytest
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from survey.accounts.models import Role, User
from survey.console.people.access import hr_only
from tests.cast import Organisation, make_user


@hr_only
def show(request: WSGIRequest) -> str:
    return "names"


def asked_by(user: User) -> WSGIRequest:
    request = cast("WSGIRequest", RequestFactory().get("/"))
    request.user = user
    return request


class TestHrOnly:
    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.HR])
    def test_keeps_everybody_else_out(self, role: Role, organisation: Organisation) -> None:
        led = organisation.bakery if role in (Role.LEADER, Role.TEAM_LEAD) else None
        with pytest.raises(PermissionDenied):
            show(asked_by(make_user("eve", role, led)))

    def test_lets_the_people_team_in(self, alice: User) -> None:
        assert show(asked_by(alice)) == "names"
