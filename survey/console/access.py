"""Who works in the console, and who asks whom from there.

The people team asks everybody. Customer experience asks customers; of whatever asks people who work
here it sees that it is there and how many answered, and changes nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from survey.accounts.models import Role, User
from survey.accounts.permissions import require_roles
from survey.campaigns.models import Campaign, Wave
from survey.questionnaires.askers import audiences_asked_by

ROLES = (Role.HR, Role.CX_MANAGER)
SIGNED_AS = {Role.HR: _("People team"), Role.CX_MANAGER: _("Customer experience")}

ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponse])

staff_only = require_roles(*ROLES)


def may_ask(*, user: User, audience: str) -> bool:
    """Tell whether somebody may ask an audience, and change how it is asked."""
    return audience in audiences_asked_by(user=user)


def refuse_unless_asking(request: HttpRequest, audience: str) -> None:
    """Refuse whoever has been let in but does not ask this audience."""
    if not may_ask(user=who_asks(request), audience=audience):
        raise PermissionDenied


def wave_askers_only(view: ViewT) -> ViewT:
    """Let in who may ask those whom the wave of an address asks: others are refused."""

    @wraps(view)
    def guarded(request: HttpRequest, wave_id: int) -> HttpResponse:
        wave = get_object_or_404(Wave.objects.select_related("campaign"), pk=wave_id)
        refuse_unless_asking(request, wave.campaign.audience)
        return view(request, wave_id)

    return staff_only(cast("ViewT", guarded))


def campaign_askers_only(view: ViewT) -> ViewT:
    """Let in who may ask those whom the campaign of an address asks: others are refused."""

    @wraps(view)
    def guarded(request: HttpRequest, code: str) -> HttpResponse:
        refuse_unless_asking(request, get_object_or_404(Campaign, code=code).audience)
        return view(request, code)

    return staff_only(cast("ViewT", guarded))


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
    return next((str(SIGNED_AS[role]) for role in ROLES if role in held), "")
