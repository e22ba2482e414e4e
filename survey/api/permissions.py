"""Which roles of a token's user open which door."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from survey.accounts.models import Role
from survey.accounts.selectors import get_scope, holds_role
from survey.questionnaires.askers import audiences_asked_by


class MaySendInteractions(BasePermission):
    """The people team and customer experience may say that customers were served."""

    message = "This token's user may not send interactions."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Look at the roles of the token's user."""
        return holds_role(user=request.user, roles=(Role.HR, Role.CX_MANAGER))


class SeesEverything(BasePermission):
    """Only those who see the figures of every team."""

    message = "This token's user does not see the figures of every team."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Look at the scope of the token's user."""
        return get_scope(user=request.user).sees_everything


class AsksSomebody(BasePermission):
    """Whoever asks people who work here, or customers, may read what is asked."""

    message = "This token's user asks nobody."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Look whom the token's user may ask."""
        return bool(audiences_asked_by(user=request.user))
