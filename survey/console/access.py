"""Who works in the console."""

from django.http import HttpRequest, QueryDict

from survey.accounts.models import Role, User
from survey.accounts.permissions import require_roles

ROLES = (Role.HR, Role.CX_MANAGER)
SIGNED_AS = {Role.HR: "People team", Role.CX_MANAGER: "Customer experience"}

staff_only = require_roles(*ROLES)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent in, if something was."""
    return request.POST if request.method == "POST" else None


def who_asks(request: HttpRequest) -> User:
    """Return the account behind a request that has been let in."""
    assert isinstance(request.user, User)  # noqa: S101 - staff_only lets nobody else in
    return request.user


def signs_as(user: User) -> str:
    """Return what stands below the user's name in a letter."""
    held = set(user.grants.values_list("role", flat=True))
    return next((SIGNED_AS[role] for role in ROLES if role in held), "")
