"""Note that the timetable goes round: this shows that timetable, broker and worker are all well."""

from datetime import datetime, timedelta

from survey.followup.models import Tick

EVERY = timedelta(minutes=1)
ONE = 1


def note_tick(*, now: datetime) -> None:
    """Note the moment, at most once a minute: an idle round right after another changes nothing."""
    Tick.objects.filter(pk=ONE, noted_at__lte=now - EVERY).update(noted_at=now)
    if not Tick.objects.filter(pk=ONE).exists():
        Tick.objects.bulk_create([Tick(pk=ONE, noted_at=now)], ignore_conflicts=True)


def last_tick() -> datetime | None:
    """Return when the timetable last went round; None before it ever did."""
    return Tick.objects.filter(pk=ONE).values_list("noted_at", flat=True).first()
