"""What somebody may open from their first page, and what is there."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from survey.dashboards.access import (
    MAY_COMPARE,
    MAY_READ_LEDGER,
    MAY_READ_LOG,
    MAY_READ_SHEETS,
    MAY_READ_TEAMS,
)

PLACES = (  # route, what it is called, what is there, who may open it
    (
        "dashboards:overview",
        _("Overview"),
        _("How people are doing: the figures of a whole part on one page."),
        MAY_COMPARE,
    ),
    (
        "dashboards:linkage",
        _("Inside & outside"),
        _("Whether how people are treated inside goes with how customers feel treated."),
        MAY_COMPARE,
    ),
    (
        "dashboards:changes",
        _("What changed"),
        _("What moved by more than its margin since you last looked."),
        MAY_COMPARE,
    ),
    (
        "dashboards:teams",
        _("Teams"),
        _("One team at a time: its figures, and what people wrote."),
        MAY_READ_TEAMS,
    ),
    (
        "dashboards:participation",
        _("Participation"),
        _("How many have answered, in coarse steps."),
        MAY_READ_TEAMS,
    ),
    (
        "dashboards:figures",
        _("All figures"),
        _("Every released figure in one table, to take along."),
        MAY_READ_TEAMS,
    ),
    (
        "dashboards:words",
        _("What people wrote"),
        _("The words of every survey, as written, where enough people wrote."),
        MAY_READ_TEAMS,
    ),
    (
        "dashboards:releases",
        _("Releases"),
        _("Which figures were released when, and what was replaced."),
        MAY_READ_LEDGER,
    ),
    (
        "dashboards:sheet",
        _("What is kept"),
        _("Every column that is stored, who sees it, and for how long."),
        MAY_READ_SHEETS,
    ),
    (
        "dashboards:access-log",
        _("Access log"),
        _("Who opened what, and when."),
        MAY_READ_LOG,
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A page that may be opened, and what is there."""

    name: str
    what: str
    address: str


def list_places(roles: Collection[str]) -> tuple[Place, ...]:
    """Return the pages that some roles open, in the order of the navigation."""
    return tuple(_open(roles))


def _open(roles: Collection[str]) -> Iterator[Place]:
    for route, name, what, allowed in PLACES:
        if not allowed.isdisjoint(roles):
            yield Place(str(name), str(what), reverse(route))
