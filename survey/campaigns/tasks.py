"""The stages of the timetable that belong to campaigns.

Launching a wave of a whole group may take longer than other tasks are allowed, and must not be cut
into pieces: it is all or nothing. Other workers pass by a wave that is being launched.
"""

from celery import shared_task
from django.utils import timezone

from survey.campaigns import services

SOFT_LIMIT, HARD_LIMIT = 240, 270  # seconds
# A server may be slow at every step of a letter: the run is over before others take its letters
SENDING_SOFT_LIMIT, SENDING_HARD_LIMIT = 30, 34


@shared_task(name="campaigns.plan_rounds")
def plan_rounds() -> None:
    """Draft the rounds of recurring campaigns whose turn it is, and ask for their launch."""
    services.plan_due_rounds(now=timezone.now())


@shared_task(name="campaigns.launch_waves", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def launch_waves() -> None:
    """Launch the drafts for which it was asked."""
    services.launch_requested_waves(now=timezone.now())


@shared_task(name="campaigns.open_waves")
def open_waves() -> None:
    """Open the waves whose time has come and queue their letters."""
    services.open_due_waves(now=timezone.now())


@shared_task(name="campaigns.take_in_contacts", soft_time_limit=100, time_limit=110)
def take_in_contacts() -> None:
    """Check uploaded files of contacts, and take in the confirmed ones."""
    services.work_on_files(now=timezone.now())


@shared_task(name="campaigns.admit_customers")
def admit_customers() -> None:
    """Give invited customers their links."""
    services.admit_due_customers(now=timezone.now())


@shared_task(
    name="campaigns.send_letters", soft_time_limit=SENDING_SOFT_LIMIT, time_limit=SENDING_HARD_LIMIT
)
def send_letters() -> None:
    """Send the letters that are due."""
    services.send_due_letters(now=timezone.now())


@shared_task(
    name="campaigns.send_texts", soft_time_limit=SENDING_SOFT_LIMIT, time_limit=SENDING_HARD_LIMIT
)
def send_texts() -> None:
    """Send the text messages that are due."""
    services.send_due_texts(now=timezone.now())


@shared_task(name="campaigns.send_reminders")
def send_reminders() -> None:
    """Send the reminders that are due, to links that nobody has used."""
    services.send_due_reminders(now=timezone.now())


@shared_task(name="campaigns.close_waves")
def close_waves() -> None:
    """Close the waves whose last moment has passed."""
    services.close_due_waves(now=timezone.now())


@shared_task(name="campaigns.forget_nonces")
def forget_nonces() -> None:
    """Forget which pages of open links were sent, and which keys counted, two days ago."""
    now = timezone.now()
    services.forget_nonces(now=now)
    services.forget_counted_keys(now=now)


@shared_task(name="campaigns.refresh_participation")
def refresh_participation() -> None:
    """Renew the participation that was not counted today."""
    services.refresh_due_participation(now=timezone.now())


@shared_task(name="campaigns.destroy_keys")
def destroy_keys() -> None:
    """Destroy the keys of waves that are over, and note whether those of the others are there."""
    now = timezone.now()
    services.destroy_due_keys(now=now)
    services.watch_keys(now=now)
