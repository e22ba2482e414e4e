"""What came of what was said last time: the newest promise to whoever answers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from survey.answering.phrases import say_day
from survey.campaigns.collectors import OpenLink
from survey.campaigns.models import Group, GroupKind, GroupTeam
from survey.campaigns.selectors import Link
from survey.followup.commitments import Promise, tell_promise
from survey.followup.models import Commitment, CommitmentState
from survey.followup.promise_changes import Moved

TOLD = (CommitmentState.KEPT, CommitmentState.PROMISED)
LEVELS = 6  # above the group that somebody answered in


@dataclass(frozen=True, slots=True)
class LastTime:
    """What somebody heard, what they promised, and how that stands."""

    heard: str
    what: str
    who_name: str
    chip: str
    standing: str
    moved: Moved | None = None


def find_last_time(*, link: Link | OpenLink, today: date) -> LastTime | None:
    """Return the newest promise that is kept or open, made to everybody or the team, or above."""
    audience = link.campaign.audience
    told = Commitment.objects.made().filter(
        audience=audience, is_shown_outside=True, state__in=TOLD
    )
    of_team = told.filter(Q(team=None) | Q(team__in=_teams_above(link.group)))
    newest = of_team.select_related("team").order_by(
        Coalesce("settled_date", "made_date").desc(), F("pk").desc()
    )
    found = newest.first()
    return _tell(tell_promise(found, today=today)) if found else None


def _teams_above(group: Group) -> QuerySet[GroupTeam, Any]:
    """Return the teams of a group and of those above it, as they were frozen.

    Of a pool those above it only: what one of its teams was promised is not for the others.
    """
    below = Q() if group.kind == GroupKind.POOL else Q(group=group.pk)
    path = "group"
    for _level in range(LEVELS):
        path += "__children"
        below |= Q(**{path: group.pk})
    return GroupTeam.objects.filter(below).values("team")


def _tell(promise: Promise) -> LastTime:
    chip, standing = _stand(promise)
    return LastTime(promise.heard, promise.what, promise.signed, chip, standing, promise.moved)


def _stand(promise: Promise) -> tuple[str, str]:
    day = promise.settled_date or promise.due_date
    assert day is not None  # noqa: S101 - constraints of the table
    if promise.is_kept_late:
        return "ok", _("Done late, on %(day)s") % {"day": say_day(day)}
    if promise.state == CommitmentState.KEPT:
        return "ok", _("Done on %(day)s") % {"day": say_day(day)}
    if promise.is_late:
        return "bad", _("Late since %(day)s") % {"day": say_day(day)}
    return "gold", _("By %(day)s") % {"day": say_day(day)}
