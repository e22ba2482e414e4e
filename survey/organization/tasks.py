"""The stages of the timetable that belong to the organisation.

Reading and taking in a roster of a whole group may take longer than other tasks are allowed, and
must not be cut into pieces: it is all or nothing. A broker that hands such a task out a second
time does no harm, since the roster is leased for longer than the task may take.
"""

from celery import shared_task
from django.utils import timezone

from survey.organization import services

SOFT_LIMIT, HARD_LIMIT = 240, 270  # seconds, below services.working.LEASE_SECONDS


@shared_task(name="organization.pick_up_rosters")
def pick_up_rosters() -> None:
    """Pick rosters up from folders and addresses."""
    services.pick_up_due_rosters(now=timezone.now())


@shared_task(name="organization.read_rosters", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def read_rosters() -> None:
    """Read the rosters that came in, and put aside what nobody wants."""
    now = timezone.now()
    services.read_waiting_rosters(now=now)
    services.put_aside_old_rosters(now=now)


@shared_task(name="organization.apply_rosters", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def apply_rosters() -> None:
    """Take in the next confirmed roster."""
    services.apply_confirmed_rosters(now=timezone.now())
