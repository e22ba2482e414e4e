"""The frame of the workspace: who is here and which pages are open to them."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from survey.accounts.models import Role, User
from survey.dashboards.access import MAY_COMPARE

register = template.Library()

PEOPLE_WHO_ASK = frozenset({Role.HR, Role.CX_MANAGER})
PAGES = (
    ("Waves", "console:waves", PEOPLE_WHO_ASK),
    ("Campaigns", "console:campaigns", PEOPLE_WHO_ASK),
    ("Teams", "console:teams", PEOPLE_WHO_ASK),
    ("Inside & outside", "dashboards:linkage", MAY_COMPARE),
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
    grants = list(user.grants.select_related("team"))
    roles = {grant.role for grant in grants}
    duties = [f"leads {g.team}" if g.team else g.get_role_display() for g in grants]
    return {
        "links": _open_pages(roles, context["request"]),
        "user": user,
        "duty": duties[0] if len(duties) == 1 else "",
        "csrf_token": context.get("csrf_token"),
    }


def _open_pages(roles: set[str], request: HttpRequest) -> list[Link]:
    pages = [(label, reverse(name)) for label, name, allowed in PAGES if roles & allowed]
    return [Link(label, address, request.path.startswith(address)) for label, address in pages]
