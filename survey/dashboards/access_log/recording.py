"""Every page, file and call by somebody who is logged in is written down, whichever view it is."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from django.utils import timezone

from survey.accounts.access_log import record_access
from survey.accounts.models import Action, User

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
UNRECORDED = frozenset({"answering", "set_language"})  # whoever answers, or reads in their language


class AccessLogMiddleware:
    """Writes the access log, before the answer leaves: what cannot be recorded is not shown.

    Respondents' pages are left out, also where somebody who is logged in opens them: whether
    they answered is nobody's business.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and record who was answered."""
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or match.view_name.partition(":")[0] in UNRECORDED:
            return response
        if isinstance(request.user, User):
            record_access(
                user=request.user,
                action=_action(request, response, match),
                route=match.view_name,
                what=", ".join(f"{name}={value}" for name, value in match.kwargs.items()),
                status=response.status_code,
                now=timezone.now(),
            )
        return response


def _action(request: HttpRequest, response: HttpResponseBase, match: ResolverMatch) -> str:
    """Tell reading from taking along: a file, or anything that a machine reads."""
    is_machine = match.namespace.partition(":")[0] == "api"
    if request.method not in SAFE:
        return Action.EXPORTED if response.has_header("Content-Disposition") else Action.CHANGED
    if response.has_header("Content-Disposition") or is_machine:
        return Action.EXPORTED
    return Action.SEEN
