"""What waits for one account to close the loop: calls, answers, promises and playbacks.

What is late comes first, the longest late before all, whatever it is. Nobody who asked for a call
is named here: a list like this is read over shoulders and goes out in letters.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.accounts.models import User
from survey.core.local_time import local_moment
from survey.core.timestamps import local_date
from survey.followup.calling import OpenCall, open_calls
from survey.followup.commitments import NEAR, Promise, tell_promises
from survey.followup.conversations import waiting_answers
from survey.followup.due_words import Length, say_due
from survey.followup.models import Commitment, CommitmentState
from survey.followup.playbacks import OpenDraft, open_drafts
from survey.questionnaires.models import Audience

TONES = ("bad", "warn", "wait")  # in the order in which they are told
WAIT = "wait"
ONE_DAY = timedelta(days=1)
NEVER = datetime.max.replace(tzinfo=UTC)
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for somebody, and where it is done: bad, warn or wait.

    due_at is from when on it is late; None where it has no day.
    """

    tone: str
    title: str
    detail: str
    address: str
    link: str
    due_at: datetime | None = None


def list_needs(
    *,
    user: User,
    team_ids: Collection[int] | None,
    now: datetime,
    watched: Collection[str] = NOBODY,
) -> tuple[Need, ...]:
    """Return what waits for an account, the worst first.

    team_ids are those whose comments it may answer (None: all). watched are the audiences whose
    late promises and playbacks are its business too, whoever owns them.
    """
    today = local_date(now)
    found = (
        *_tell_calls(open_calls(user=user, now=now)),
        *_tell_promises(_read_promises(user, watched, today)),
        *_tell_drafts(_read_drafts(user, watched, today)),
        *_tell_answers(waiting_answers(team_ids=team_ids, today=today)),
    )
    return sort_needs(found)


def sort_needs(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Return what is wrong first, then what is late, the longest first, then what is due next.

    What has no day stands behind what has one, and otherwise in its order.
    """
    return tuple(sorted(needs, key=_place))


def _place(need: Need) -> tuple[bool, bool, datetime, int]:
    is_wrong = need.tone == TONES[0] and need.due_at is None
    return need.tone == WAIT, not is_wrong, need.due_at or NEVER, TONES.index(need.tone)


def _end_of(day: date | None) -> datetime | None:
    """Return when a day has passed where the organisation lives."""
    if day is None:
        return None
    return local_moment(day=day + ONE_DAY, at=time(), zone=settings.TIME_ZONE)


def _read_promises(user: User, watched: Collection[str], today: date) -> tuple[Promise, ...]:
    """Return the account's own promises that are due soon or late, and late ones it watches."""
    own = Q(who=user, due_date__lte=today + NEAR)
    late = Q(audience__in=watched, due_date__lt=today)
    rows = Commitment.objects.made().filter(own | late, state=CommitmentState.PROMISED)
    return tell_promises(rows.select_related("team").prefetch_related("changes"), today=today)


def _read_drafts(user: User, watched: Collection[str], today: date) -> tuple[OpenDraft, ...]:
    """Return the account's own drafts, or all of the audiences that it watches."""
    if not watched:
        return open_drafts(user=user, today=today)
    return tuple(one for one in open_drafts(user=None, today=today) if one.audience in watched)


def _tell_calls(calls: Collection[OpenCall]) -> Iterator[Need]:
    for call in calls:
        words = {
            "place": call.team_name or _("No team named"),
            "moment": say_due(call.due_at, Length.DAY),
        }
        when = (
            _("%(place)s, due by %(moment)s.") if call.is_late else _("%(place)s, by %(moment)s.")
        )
        yield Need(
            tone="bad" if call.is_late else "wait",
            title=_("A call is late") if call.is_late else _("Somebody waits for your call"),
            detail=when % words,
            address=f"/dashboards/calls/{call.key}/",
            link=_("See whom to call"),
            due_at=call.due_at,
        )


def _tell_promises(promises: Collection[Promise]) -> Iterator[Need]:
    for promise in promises:
        words = {"what": promise.what, "who": promise.signed, "day": _say_day(promise.due_date)}
        told = (
            _("“%(what)s” %(who)s, due on %(day)s.")
            if promise.is_late
            else _("“%(what)s” %(who)s.")
        )
        yield Need(
            tone="warn" if promise.is_late else "wait",
            title=_say_late(promise.days_late) if promise.is_late else _say_due(promise),
            detail=told % words,
            address=f"/dashboards/promises/{promise.key}/",
            link=_("Say how it stands"),
            due_at=_end_of(promise.due_date),
        )


def _say_late(days: int) -> str:
    words = ngettext("A promise is %(n)s day late", "A promise is %(n)s days late", days)
    return words % {"n": days}


def _say_due(promise: Promise) -> str:
    return _("A promise is due on %(day)s") % {"day": _say_day(promise.due_date)}


def _say_day(day: date | None) -> str:
    return date_format(day, "MONTH_DAY_FORMAT") if day else ""


def _tell_drafts(drafts: Collection[OpenDraft]) -> Iterator[Need]:
    for draft in drafts:
        day = {"day": date_format(draft.due_date, "MONTH_DAY_FORMAT")}
        is_outside = draft.audience == Audience.CUSTOMER
        waiting = (
            _("Customers wait to hear what came of it")
            if is_outside
            else _("Staff wait to hear what came of it")
        )
        when = _("It was due on %(day)s.") if draft.is_overdue else _("Due by %(day)s.")
        owner = _("%(name)s signs.") % {"name": draft.owner_name} if draft.owner_name else ""
        yield Need(
            tone="warn" if draft.is_overdue else "wait",
            title=waiting,
            detail=" ".join(filter(None, (f"{draft.wave_title}.", when % day, owner))),
            address=f"/dashboards/playbacks/{draft.id}/",
            link=_("Read the draft"),
            due_at=_end_of(draft.due_date),
        )


def _tell_answers(n: int) -> Iterator[Need]:
    if n:
        title = ngettext(
            "%(n)s writer wrote back and waits for a reply",
            "%(n)s writers wrote back and wait for a reply",
            n,
        )
        detail = _("They have no name here; a reply reaches them by their own link.")
        address = "/dashboards/words/?show=waiting"
        yield Need("wait", title % {"n": n}, detail, address, _("Read what they wrote"))
