"""Who may open a page."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from survey.accounts.models import Role, User
from survey.accounts.permissions import require_roles


@require_roles(Role.HR, Role.CX_MANAGER)
def office(request: WSGIRequest) -> str:
    return "come in"


@pytest.mark.django_db
class TestRequireRoles:
    def open_as(self, user: User | AnonymousUser, rf: RequestFactory) -> Any:
        request = rf.get("/office/")
        request.user = user
        return office(request)

    def test_lets_in_who_holds_a_role(self, rf: RequestFactory, alice: User) -> None:
        assert self.open_as(alice, rf) == "come in"

    def test_refuses_others(self, rf: RequestFactory, charlie: User) -> None:
        with pytest.raises(PermissionDenied):
            self.open_as(charlie, rf)

    def test_sends_strangers_to_the_log_in(self, rf: RequestFactory) -> None:
        response = self.open_as(AnonymousUser(), rf)

        assert response.status_code == 302
        assert "next=/office/" in response.headers["Location"]
