"""What lists are and what they change, in the language of whoever reads it."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from survey.organization.selectors import HeadCounts

KINDS = {
    "moved": gettext_lazy("moved"),
    "left": gettext_lazy("left"),
    "joined": gettext_lazy("joined"),
    "changed": gettext_lazy("changed"),
}
SOURCES = {
    "upload": gettext_lazy("upload"),
    "api": gettext_lazy("api"),
    "pick-up": gettext_lazy("pick-up"),
    "command": gettext_lazy("command"),
}
DETAILS = {
    "name": gettext_lazy("name"),
    "email": gettext_lazy("e-mail address"),
    "language": gettext_lazy("language"),
    "phone": gettext_lazy("phone number"),
    "time zone": gettext_lazy("time zone"),
    "manager": gettext_lazy("manager"),
    "leader": gettext_lazy("leader"),
    "from": gettext_lazy("from"),
}
ANSWERS = {"none": gettext_lazy("none"), "yes": gettext_lazy("yes"), "no": gettext_lazy("no")}


def say_heads(heads: HeadCounts) -> str:
    """Return how many people are here, in how many teams, and how many nobody can write to."""
    people = ngettext("%(n)s person", "%(n)s people", heads.n_people)
    teams = ngettext("%(n)s team", "%(n)s teams", heads.n_teams)
    values = {
        "people": people % {"n": intcomma(heads.n_people)},
        "teams": teams % {"n": intcomma(heads.n_teams)},
        "unreachable": intcomma(heads.n_unreachable),
    }
    if not heads.n_unreachable:
        return _("%(people)s in %(teams)s today.") % values
    return (
        _("%(people)s in %(teams)s today; %(unreachable)s without an e-mail address or phone.")
        % values
    )


def say_source(source: str) -> str:
    """Return by which way a list came."""
    return str(SOURCES.get(source, source))


def say_detail(detail: str) -> str:
    """Return a change as the reader's language has it; it is kept in English."""
    what, _colon, rest = detail.partition(": ")
    before, arrow, now = rest.partition(" -> ")
    if not arrow:
        return detail
    return _("%(what)s: %(before)s -> %(now)s") % {
        "what": DETAILS.get(what, what),
        "before": ANSWERS.get(before, before),
        "now": ANSWERS.get(now, now),
    }
