"""The frame of the workspace: who is here and which pages are open to them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from survey.accounts.models import Role, User
from survey.accounts.selectors import SEE_EVERYTHING
from survey.dashboards.access import MAY_COMPARE, MAY_READ_LEDGER, MAY_READ_TEAMS, Reader
from survey.dashboards.requests import read_request

register = template.Library()

PEOPLE_WHO_ASK = frozenset({Role.HR, Role.CX_MANAGER})
PAGES = (
    ("Waves", "console:waves", PEOPLE_WHO_ASK),
    ("Campaigns", "console:campaigns", PEOPLE_WHO_ASK),
    ("Organisation", "console:teams", PEOPLE_WHO_ASK),
    ("Overview", "dashboards:overview", MAY_COMPARE),
    ("Inside & outside", "dashboards:linkage", MAY_COMPARE),
    ("What changed", "dashboards:changes", MAY_COMPARE),
    ("Teams", "dashboards:teams", MAY_READ_TEAMS),
    ("Participation", "dashboards:participation", MAY_READ_TEAMS),
    ("All figures", "dashboards:figures", MAY_READ_TEAMS),
    ("Releases", "dashboards:releases", MAY_READ_LEDGER),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One page in the navigation."""

    label: str
    address: str
    is_current: bool


@register.inclusion_tag("components/navigation.html", takes_context=True)
def workspace_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """List the pages that the user's roles open, and say who is logged in."""
    user = context.get("user")
    if not isinstance(user, User):
        return {"links": [], "user": None}
    request: HttpRequest = context["request"]
    reader = read_request(request)
    return {
        "links": _open_pages(reader.scope.roles, request),
        "user": user,
        "duty": "" if reader.seen_as else _name_duty(user),
        "seen_as": reader.seen_as,
        "may_try_out": _may_try_out(reader),
        "csrf_token": context.get("csrf_token"),
    }


def _name_duty(user: User) -> str:
    grants = list(user.grants.select_related("team"))
    duties = [f"leads {g.team}" if g.team else g.get_role_display() for g in grants]
    return duties[0] if len(duties) == 1 else ""


def _may_try_out(reader: Reader) -> bool:
    return reader.seen_as is None and not reader.scope.roles.isdisjoint(SEE_EVERYTHING)


def _open_pages(roles: Collection[str], request: HttpRequest) -> list[Link]:
    pages = [
        (label, reverse(name)) for label, name, allowed in PAGES if not allowed.isdisjoint(roles)
    ]
    return [Link(label, address, request.path.startswith(address)) for label, address in pages]
