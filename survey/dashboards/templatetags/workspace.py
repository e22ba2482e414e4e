"""The frame of the workspace: who is here and which pages are open to them."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from survey.accounts.models import Role, User
from survey.accounts.selectors import SEE_EVERYTHING
from survey.dashboards.access import (
    MAY_COMPARE,
    MAY_READ_LEDGER,
    MAY_READ_LOG,
    MAY_READ_SHEETS,
    MAY_READ_TEAMS,
    MAY_TAKE_CALLS,
    Reader,
)
from survey.dashboards.playbacks.access import MAY_WRITE_BACK
from survey.dashboards.promises.access import MAY_PROMISE
from survey.dashboards.requests import read_request

register = template.Library()

LOOK = pgettext_lazy("how pages look", "Look")
PEOPLE_WHO_ASK = frozenset({Role.HR, Role.CX_MANAGER})
SURVEYS, RECORDS = gettext_lazy("Surveys"), gettext_lazy("Records")
FOLLOW_UP = gettext_lazy("Closing the loop")  # the menu of what came of it
FIGURES = gettext_lazy("Figures")  # the menu of what is read beside the first pages
PAGES = (  # label, route, who may open it, and the menu that holds it, if any
    (gettext_lazy("Waves"), "console:waves", PEOPLE_WHO_ASK, SURVEYS),
    (gettext_lazy("Campaigns"), "console:campaigns", PEOPLE_WHO_ASK, SURVEYS),
    (gettext_lazy("Questionnaires"), "console:questionnaires:home", PEOPLE_WHO_ASK, SURVEYS),
    (gettext_lazy("Customers"), "console:customers:home", PEOPLE_WHO_ASK, SURVEYS),
    (gettext_lazy("Open links"), "console:collectors:home", PEOPLE_WHO_ASK, SURVEYS),
    (gettext_lazy("People"), "console:people:home", frozenset({Role.HR}), SURVEYS),
    (gettext_lazy("Organisation"), "console:teams", PEOPLE_WHO_ASK, SURVEYS),
    (gettext_lazy("Who serves whom"), "console:services:home", frozenset({Role.HR}), SURVEYS),
    (gettext_lazy("How often"), "console:fatigue:overview", PEOPLE_WHO_ASK, SURVEYS),
    (LOOK, "console:brand:change", frozenset({Role.HR}), SURVEYS),
    (gettext_lazy("Overview"), "dashboards:overview", MAY_COMPARE, ""),
    (gettext_lazy("Inside & outside"), "dashboards:linkage", MAY_COMPARE, ""),
    (gettext_lazy("Teams"), "dashboards:teams", MAY_READ_TEAMS, ""),
    (gettext_lazy("What changed"), "dashboards:changes", MAY_COMPARE, FIGURES),
    (gettext_lazy("From team to team"), "dashboards:cascade", MAY_COMPARE, FIGURES),
    (gettext_lazy("Participation"), "dashboards:participation", MAY_READ_TEAMS, FIGURES),
    (gettext_lazy("All figures"), "dashboards:figures", MAY_READ_TEAMS, FIGURES),
    (gettext_lazy("What people wrote"), "dashboards:words", MAY_READ_TEAMS, FOLLOW_UP),
    (gettext_lazy("Calls"), "dashboards:calls", MAY_TAKE_CALLS, FOLLOW_UP),
    (gettext_lazy("How calls go"), "console:calls:home", PEOPLE_WHO_ASK, FOLLOW_UP),
    (gettext_lazy("What we promised"), "dashboards:promises", MAY_PROMISE, FOLLOW_UP),
    (gettext_lazy("Stories"), "dashboards:stories", MAY_PROMISE, FOLLOW_UP),
    (gettext_lazy("Writing back"), "dashboards:playbacks", MAY_WRITE_BACK, FOLLOW_UP),
    (gettext_lazy("Releases"), "dashboards:releases", MAY_READ_LEDGER, RECORDS),
    (gettext_lazy("What is kept"), "dashboards:sheet", MAY_READ_SHEETS, RECORDS),
    (gettext_lazy("Access log"), "dashboards:access-log", MAY_READ_LOG, RECORDS),
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


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface, called by its own name."""

    code: str
    name: str
    direction: str
    is_current: bool


@register.inclusion_tag("components/languages.html", takes_context=True)
def language_choice(context: dict[str, Any]) -> dict[str, Any]:
    """List the languages of the interface; whoever chooses one stays on the page."""
    request: HttpRequest | None = context.get("request")
    return {
        "languages": [_language(code, name) for code, name in settings.LANGUAGES],
        "next": _address_to_return_to(request) if request else "/",
        "csrf_token": context.get("csrf_token"),
    }


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


def _address_to_return_to(request: HttpRequest) -> str:
    """Return where the page can be read again: what only takes forms was sent from another one."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("Referer", ""))
    if sent_from.path and sent_from.netloc == request.get_host():
        return sent_from._replace(scheme="", netloc="").geturl()
    return request.get_full_path()


def _language(code: str, name: str) -> Language:
    direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
    return Language(code, name, direction, is_current=code == get_language())


def _name_duty(user: User) -> str:
    grants = list(user.grants.select_related("team"))
    duties = [
        _("leads %(team)s") % {"team": g.team} if g.team else g.get_role_display() for g in grants
    ]
    return duties[0] if len(duties) == 1 else ""


def _may_try_out(reader: Reader) -> bool:
    return reader.seen_as is None and not reader.scope.roles.isdisjoint(SEE_EVERYTHING)


def _list_entries(roles: Collection[str], request: HttpRequest) -> list[Entry]:
    """Return what a user may open, the pages of a menu together where its first one stands."""
    found: dict[str, list[Link]] = {}
    for label, name, allowed, menu in PAGES:
        if not allowed.isdisjoint(roles):
            address = _address_of(name)
            link = Link(str(label), address, request.path.startswith(address))
            found.setdefault(str(menu or label), []).append(link)
    return [Entry(label, tuple(links)) for label, links in found.items()]


@cache
def _address_of(name: str) -> str:
    """Return where a page stands; every page names them all, and none of them ever moves."""
    return reverse(name)
