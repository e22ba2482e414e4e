"""Pick rosters up by themselves, once a day, from folders and addresses."""

import hashlib
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from survey.core.leases import held
from survey.core.local_time import local_moment
from survey.core.stages import run_each
from survey.core.timestamps import local_date
from survey.organization.fetching import FetchError, check_url, fetch_file
from survey.organization.folders import FolderError, find_folder, read_newest
from survey.organization.models import RosterFeed
from survey.organization.services.arriving import take_roster
from survey.organization.sheets import LARGEST

TRIED_AGAIN_AFTER = timedelta(hours=1)
LEASE_SECONDS = 65  # longer than the task may take: nobody else fetches the same file meanwhile


class WrongLocationError(Exception):
    """Nothing may be picked up from there; the message says why."""


def save_feed(
    *, name: str, location: str, at: time, applies_by_itself: bool, feed: RosterFeed | None = None
) -> RosterFeed:
    """Set up a feed, or change one; raise WrongLocationError where nothing may be picked up."""
    check_location(location)
    feed = feed or RosterFeed()
    if feed.location != location:
        feed.last_digest, feed.looked_at, feed.problem = "", None, ""
    feed.name, feed.location, feed.at = name, location, at
    feed.applies_by_itself = applies_by_itself
    feed.save()
    return feed


def switch_feed(*, feed: RosterFeed) -> RosterFeed:
    """Stop looking at a feed, or begin again."""
    feed.is_active = not feed.is_active
    feed.save(update_fields=["is_active"])
    return feed


def check_location(location: str) -> None:
    """Raise WrongLocationError unless it is an https address or a folder below ROSTER_DIR."""
    try:
        if is_address(location):
            check_url(location)
        else:
            find_folder(root=Path(settings.ROSTER_DIR), name=location)
    except (FetchError, FolderError) as error:
        raise WrongLocationError(str(error)) from error


def is_address(location: str) -> bool:
    """Tell an address of the internet from the name of a folder."""
    return "://" in location


def pick_up_due_rosters(*, now: datetime) -> int:
    """Look at every feed whose time of the day has come; return how many files came in."""
    due = [
        feed
        for feed in RosterFeed.objects.filter(is_active=True).order_by("pk")
        if is_due(feed, now)
    ]
    return run_each(due, partial(pick_up, now=now), name="pick_up_rosters")


def is_due(feed: RosterFeed, now: datetime) -> bool:
    """Tell whether a feed is to be looked at: once a day, and hourly after it failed."""
    if feed.looked_at is not None and feed.problem:
        return feed.looked_at <= now - TRIED_AGAIN_AFTER
    moment = local_moment(day=local_date(now), at=feed.at, zone=settings.TIME_ZONE)
    return moment <= now and (feed.looked_at is None or feed.looked_at < moment)


def pick_up(feed: RosterFeed, *, now: datetime) -> int:
    """Look at one feed; a file that came before is not taken again."""
    with held(feed, now=now, seconds=LEASE_SECONDS) as is_ours:
        if not is_ours:
            return 0
        try:
            name, content = _get(feed, now)
        except (FetchError, FolderError) as error:
            _note(feed, now, problem=str(error))
            return 0
        digest = hashlib.sha256(content).hexdigest()
        if digest == feed.last_digest:
            _note(feed, now)
            return 0
        with transaction.atomic():
            take_roster(
                name=name,
                source="pick-up",
                content=content,
                by=feed.name,
                now=now,
                applies=feed.applies_by_itself,
            )
            _note(feed, now, last_digest=digest)
    return 1


def _get(feed: RosterFeed, now: datetime) -> tuple[str, bytes]:
    if is_address(feed.location):
        path = urlsplit(feed.location).path
        return path.rpartition("/")[2], fetch_file(url=feed.location, largest=LARGEST)
    root = Path(settings.ROSTER_DIR)
    return read_newest(root=root, name=feed.location, largest=LARGEST, now=now)


def _note(feed: RosterFeed, now: datetime, **found: str) -> None:
    RosterFeed.objects.filter(pk=feed.pk).update(**{"problem": "", "looked_at": now} | found)
