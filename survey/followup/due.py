"""What waits for each stage, and since when: the age of the oldest due row tells how well it goes.

An age is never made up: what has no moment of its own is counted only, or counts from the end of
its day. Nothing here is about a group or a person.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Min, QuerySet
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone

from survey.aggregation.cells import month_of
from survey.aggregation.due import (
    SETTLING,
    uncounted_cells,
    uncounted_waves,
    unreleased_months,
    unreleased_waves,
)
from survey.campaigns.models import (
    Channel,
    ContactFile,
    ContactFileState,
    CountedKey,
    Invitation,
    Reminder,
    ReminderRow,
    UsedNonce,
    Wave,
)
from survey.campaigns.services.doors import KEPT
from survey.core.timestamps import local_date
from survey.followup.callback_rounds import calls_to_check, calls_to_remind
from survey.followup.drafting import outdated_playbacks, undrafted_releases
from survey.followup.lettering import unlettered_playbacks
from survey.followup.settling import due_promises
from survey.letters.models import ASKING, Delivery, DeliveryChannel, DeliveryKind
from survey.organization.models import RosterFeed, RosterImport, RosterState
from survey.organization.services.feeds import is_due
from survey.questionnaires.models import Audience

DAY = timedelta(days=1)

Waiting = tuple[int, datetime | None]


@dataclass(frozen=True, slots=True)
class Due:
    """How many rows wait for a stage, and since when the oldest does, where that is known."""

    stage: str
    n: int
    since: datetime | None

    def age_at(self, now: datetime) -> float:
        """Return how many seconds the oldest row has waited."""
        return max(0.0, (now - self.since).total_seconds()) if self.since else 0.0


def list_due(*, now: datetime) -> tuple[Due, ...]:
    """Return what is due in each stage that can be asked cheaply, in the order of the timetable."""
    return tuple(Due(stage, *look(now)) for stage, look in LOOKS.items())


def find_oldest(due: Iterable[Due]) -> Due | None:
    """Return what has waited longest, if anything waits."""
    timed = [(one.since, one.stage, one) for one in due if one.since is not None]
    return min(timed)[2] if timed else None


def _rows(rows: QuerySet[Any], moment: Any) -> Waiting:
    found = rows.order_by().aggregate(n=Count("pk"), since=Min(moment))
    return found["n"], found["since"]


def _feeds(now: datetime) -> Waiting:
    feeds = RosterFeed.objects.filter(is_active=True)
    return sum(is_due(feed, now) for feed in feeds), None


def _unread_rosters(now: datetime) -> Waiting:
    return _rows(RosterImport.objects.filter(state=RosterState.WAITING), "created_at")


def _confirmed_rosters(now: datetime) -> Waiting:
    return RosterImport.objects.filter(state=RosterState.CONFIRMED).count(), None


def _launches(now: datetime) -> Waiting:
    return _rows(Wave.objects.due_to_launch(), "launch_requested_at")


def _openings(now: datetime) -> Waiting:
    return _rows(Wave.objects.due_to_open(now), Greatest("opens_at", "launched_at"))


def _contact_files(now: datetime) -> Waiting:
    n_confirmed = ContactFile.objects.filter(state=ContactFileState.CONFIRMED).count()
    n, since = _rows(ContactFile.objects.filter(state=ContactFileState.WAITING), "created_at")
    return n + n_confirmed, since


def _admissions(now: datetime) -> Waiting:
    waves = Wave.objects.open_at(now).filter(
        channel=Channel.PERSONAL, campaign__audience=Audience.CUSTOMER
    )
    waiting = Invitation.objects.filter(is_admitted=False, wave__in=waves)
    return _rows(waiting, Greatest("interaction__occurred_at", "wave__opens_at"))


def _letters(now: datetime) -> Waiting:
    return _deliveries(now, channel=DeliveryChannel.EMAIL, kind__in=ASKING)


def _texts(now: datetime) -> Waiting:
    return _deliveries(now, channel=DeliveryChannel.SMS)


def _notices(now: datetime) -> Waiting:
    return _deliveries(now, kind__in=(DeliveryKind.NOTICE, DeliveryKind.NEWS))


def _promises(now: datetime) -> Waiting:
    """Count promises only: they have days, and no moments."""
    return due_promises(today=local_date(now)).count(), None


def _deliveries(now: datetime, **which: Any) -> Waiting:
    rows = Delivery.objects.filter(**which)
    queued = _rows(rows.due_at(now), "due_at")
    abandoned = _rows(rows.abandoned_at(now), "lease_until")
    return _both(queued, abandoned)


def _reminders(now: datetime) -> Waiting:
    reminders = Reminder.objects.filter(wave__in=Wave.objects.open_at(now), stopped_at=None)
    rows = ReminderRow.objects.filter(reminder__in=reminders, is_done=False, due_at__lte=now)
    return _rows(rows, "due_at")


def _closings(now: datetime) -> Waiting:
    return _rows(Wave.objects.due_to_close(now), "closes_at")


def _seals(now: datetime) -> Waiting:
    return _rows(Wave.objects.closed_and_unsealed(), "closed_at")


def _rollups(now: datetime) -> Waiting:
    n, since = _rows(uncounted_waves(), "sealed_at")
    first = uncounted_cells().aggregate(first=Min("sealed_date"))["first"]
    return _both((n, since), (0, _past(first and _midnight(first + DAY), now)))


def _releases(now: datetime) -> Waiting:
    months = unreleased_months(now)
    since = [
        moment + SETTLING
        for _, start in months
        if (moment := _past(_midnight(month_of(start + 31 * DAY)), now))
    ]
    return _both(
        _rows(unreleased_waves(), "sealed_at"), (len(months), min(since) if since else None)
    )


def _drafts(now: datetime) -> Waiting:
    outdated = outdated_playbacks().count()
    return _both(_rows(undrafted_releases(now), "made_at"), (outdated, None))


def _calls(now: datetime) -> Waiting:
    reminders = _rows(calls_to_remind(now=now), Least(Coalesce("remind_at", "due_at"), "due_at"))
    return _both(reminders, _rows(calls_to_check(now=now), "ended_at"))


def _playback_letters(now: datetime) -> Waiting:
    return _rows(unlettered_playbacks(), "published_at")


def _participation(now: datetime) -> Waiting:
    today = local_date(now)
    waves = Wave.objects.open_at(now).filter(channel=Channel.PERSONAL)
    opened = [
        wave.opens_at
        for wave in waves.only("opens_at", "participation")
        if wave.participation.get("date") != today.isoformat()
    ]
    return len(opened), max(min(opened), _midnight(today)) if opened else None


def _nonces(now: datetime) -> Waiting:
    """Count neither nonces nor keys: each is an answer, or a contact, of two days ago."""
    last = now.astimezone(UTC).date() - KEPT
    days = [
        model.objects.filter(used_date__lte=last).aggregate(first=Min("used_date"))["first"]
        for model in (UsedNonce, CountedKey)
    ]
    due = [day + KEPT for day in days if day is not None]
    since = [datetime.combine(day, time.min, UTC) for day in due]
    return len(due), min(since) if since else None


def _keys(now: datetime) -> Waiting:
    """Look at the rows only: where pages are served there are no keys."""
    over = Wave.objects.filter(launched_at__isnull=False, keys_destroyed_at__isnull=True)
    ended = over.annotate(ended_at=Coalesce("sealed_at", "withdrawn_at"))
    return _rows(ended.filter(ended_at__isnull=False), F("ended_at"))


def _both(one: Waiting, other: Waiting) -> Waiting:
    since = [moment for _, moment in (one, other) if moment is not None]
    return one[0] + other[0], min(since) if since else None


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _past(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment is not None and moment <= now else None


LOOKS: dict[str, Callable[[datetime], Waiting]] = {
    "organization.pick_up_rosters": _feeds,
    "organization.read_rosters": _unread_rosters,
    "organization.apply_rosters": _confirmed_rosters,
    "campaigns.launch_waves": _launches,
    "campaigns.open_waves": _openings,
    "campaigns.take_in_contacts": _contact_files,
    "campaigns.admit_customers": _admissions,
    "campaigns.send_letters": _letters,
    "campaigns.send_texts": _texts,
    "campaigns.send_reminders": _reminders,
    "campaigns.close_waves": _closings,
    "responses.seal_waves": _seals,
    "aggregation.refresh_rollups": _rollups,
    "aggregation.make_releases": _releases,
    "followup.draft_playbacks": _drafts,
    "campaigns.refresh_participation": _participation,
    "followup.remind_owners": _calls,
    "followup.settle_commitments": _promises,
    "followup.letter_playbacks": _playback_letters,
    "followup.send_notices": _notices,
    "campaigns.forget_nonces": _nonces,
    "campaigns.destroy_keys": _keys,
}
