"""Who may open a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest

from survey.accounts.selectors import holds_role

ViewT = TypeVar("ViewT", bound=Callable[..., Any])


def require_roles(*roles: str) -> Callable[[ViewT], ViewT]:
    """Let in who holds one of some roles: others are refused, strangers are sent to log in."""

    def decorate(view: ViewT) -> ViewT:
        @wraps(view)
        def guarded(request: WSGIRequest, *args: Any, **kwargs: Any) -> Any:
            if not holds_role(user=request.user, roles=roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast("ViewT", login_required(guarded))

    return decorate
