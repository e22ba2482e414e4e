"""What stands in the access log, in words: which page it was, and as whom somebody came."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.accounts.models import AccessEntry, Role
from survey.organization.models import Team

PLACES = {  # by view, or by the folder of views that it is in
    "": gettext_lazy("First page"),
    "home": gettext_lazy("First page"),
    "login": gettext_lazy("Logging in"),
    "logout": gettext_lazy("Logging out"),
    "api": gettext_lazy("A program that calls in"),
    "console": gettext_lazy("Surveys"),
    "console:brand": gettext_lazy("Name, logo and colours"),
    "console:calls": gettext_lazy("Who calls customers back"),
    "console:collectors": gettext_lazy("Open links"),
    "console:customers": gettext_lazy("Customers"),
    "console:customers:erase": gettext_lazy("Erasing one customer"),
    "console:customers:export": gettext_lazy("What we hold of one customer"),
    "console:customers:find": gettext_lazy("What we hold of one customer"),
    "console:fatigue": gettext_lazy("How often people are asked"),
    "console:launch": gettext_lazy("Launching a survey"),
    "console:people": gettext_lazy("People"),
    "console:questionnaires": gettext_lazy("Questionnaires"),
    "console:services": gettext_lazy("Who serves whom"),
    "console:teams": gettext_lazy("Teams"),
    "console:withdraw": gettext_lazy("Withdrawing a survey"),
    "dashboards": gettext_lazy("Figures"),
    "dashboards:access-log": gettext_lazy("Access log"),
    "dashboards:call": gettext_lazy("Customers who want a call"),
    "dashboards:calls": gettext_lazy("Customers who want a call"),
    "dashboards:cascade": gettext_lazy("From team to team"),
    "dashboards:cascade-bundle": gettext_lazy("From team to team"),
    "dashboards:changes": gettext_lazy("What has changed"),
    "dashboards:digest": gettext_lazy("News by e-mail"),
    "dashboards:dpia": gettext_lazy("Data protection impact assessment (template)"),
    "dashboards:hidden-words": gettext_lazy("Hidden words"),
    "dashboards:linkage": gettext_lazy("Inside and outside"),
    "dashboards:overview": gettext_lazy("Overview"),
    "dashboards:participation": gettext_lazy("Participation"),
    "dashboards:playback": gettext_lazy("Telling people what came of it"),
    "dashboards:playback-preview": gettext_lazy("Telling people what came of it"),
    "dashboards:playback-publish": gettext_lazy("Telling people what came of it"),
    "dashboards:playbacks": gettext_lazy("Telling people what came of it"),
    "dashboards:new-promise": gettext_lazy("Promises"),
    "dashboards:promise": gettext_lazy("Promises"),
    "dashboards:promises": gettext_lazy("Promises"),
    "dashboards:releases": gettext_lazy("Release ledger"),
    "dashboards:see-as": gettext_lazy("Trying out a role"),
    "dashboards:sheet": gettext_lazy("What is kept, and who sees what"),
    "dashboards:stories": gettext_lazy("Words"),
    "dashboards:talk": gettext_lazy("Answering somebody’s words"),
    "dashboards:team": gettext_lazy("A team"),
    "dashboards:team-words": gettext_lazy("Words"),
    "dashboards:teams": gettext_lazy("Teams"),
    "dashboards:waves": gettext_lazy("Surveys"),
    "dashboards:words": gettext_lazy("Words"),
    "followup": gettext_lazy("Hiding words, or telling them again"),
}
HELD = re.compile(rf"({'|'.join(Role.values)})(?: (\S+))?")


def say_place(entry: AccessEntry) -> str:
    """Return which page an address led to, by the nearest name there is, or which command ran."""
    if not entry.user_key:
        return _("the command %(name)s") % {"name": entry.route}
    parts = entry.route.split(":")
    nearest = (":".join(parts[:n]) for n in range(len(parts), 0, -1))
    return str(next((PLACES[name] for name in nearest if name in PLACES), entry.route))


def name_teams(entries: Iterable[AccessEntry]) -> dict[str, str]:
    """Return the names of the teams in whose roles entries were made, by code, in one query."""
    found = (HELD.fullmatch(one) for entry in entries for one in entry.held.split(", "))
    codes = {one[2] for one in found if one and one[2]}
    return dict(Team.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}


def say_roles(held: str, teams: dict[str, str]) -> str:
    """Return the roles of an entry in words; what is no role stays as it is."""
    return ", ".join(_say_role(one, teams) for one in held.split(", "))


def _say_role(one: str, teams: dict[str, str]) -> str:
    found = HELD.fullmatch(one)
    if found is None:
        return one
    role, code = Role(found[1]).label, found[2]
    if not code:
        return str(role)
    return _("%(role)s: %(team)s") % {"role": role, "team": teams.get(code, code)}
