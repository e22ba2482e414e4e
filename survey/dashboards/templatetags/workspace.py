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
SURVEYS, RECORDS = "Surveys", "Records"
PAGES = (  # label, route, who may open it, and the menu that holds it, if any
    ("Waves", "console:waves", PEOPLE_WHO_ASK, SURVEYS),
    ("Campaigns", "console:campaigns", PEOPLE_WHO_ASK, SURVEYS),
    ("Customers", "console:customers:home", PEOPLE_WHO_ASK, SURVEYS),
    ("Open links", "console:collectors:home", PEOPLE_WHO_ASK, SURVEYS),
    ("People", "console:people:home", frozenset({Role.HR}), SURVEYS),
    ("Organisation", "console:teams", PEOPLE_WHO_ASK, SURVEYS),
    ("How often", "console:fatigue:overview", PEOPLE_WHO_ASK, SURVEYS),
    ("Overview", "dashboards:overview", MAY_COMPARE, ""),
    ("Inside & outside", "dashboards:linkage", MAY_COMPARE, ""),
    ("What changed", "dashboards:changes", MAY_COMPARE, ""),
    ("Teams", "dashboards:teams", MAY_READ_TEAMS, ""),
    ("Participation", "dashboards:participation", MAY_READ_TEAMS, ""),
    ("All figures", "dashboards:figures", MAY_READ_TEAMS, RECORDS),
    ("Releases", "dashboards:releases", MAY_READ_LEDGER, RECORDS),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One page in the navigation."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the navigation: one page, or a menu of several."""

    label: str
    links: tuple[Link, ...]

    @property
    def is_menu(self) -> bool:
        """Say whether it opens a list: a menu of one page is that page."""
        return len(self.links) > 1


@register.inclusion_tag("components/navigation.html", takes_context=True)
def workspace_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """List the pages that the user's roles open, and say who is logged in."""
    user = context.get("user")
    if not isinstance(user, User):
        return {"entries": [], "user": None}
    request: HttpRequest = context["request"]
    reader = read_request(request)
    return {
        "entries": _list_entries(reader.scope.roles, request),
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


def _list_entries(roles: Collection[str], request: HttpRequest) -> list[Entry]:
    """Return what a user may open, the pages of a menu together where its first one stands."""
    found: dict[str, list[Link]] = {}
    for label, name, allowed, menu in PAGES:
        if not allowed.isdisjoint(roles):
            address = reverse(name)
            link = Link(label, address, request.path.startswith(address))
            found.setdefault(menu or label, []).append(link)
    return [Entry(label, tuple(links)) for label, links in found.items()]
